#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "model/change.h"
#include "model/network.h"
#include "model/security_group.h"
#include "model/snapshot.h"

/// Private to the module: what the writers of patches share.
namespace portolan::report {

/// `ingress tcp/22 0.0.0.0/0`, and the id of the rule where it has one.
std::string rule_words(const SecurityGroupRule& rule);

/// `deny egress tcp/22 0.0.0.0/0`.
std::string entry_words(const NetworkAclEntry& entry);

/// Protocol and ports by which a NACL entry is made. Nothing where one entry cannot hold the
/// services.
struct EntrySpan {
  std::string protocol;  // a number, or `-1`
  std::optional<int> from_port;
  std::optional<int> to_port;
};
std::optional<EntrySpan> span_of(const ServiceSet& services);

/// How the deleting call of EC2 names a resource: `security-group`, with `--group-id`. Empty for
/// kinds that other services delete.
struct Deletion {
  std::string_view noun;
  std::string_view option;
};
Deletion deletion_of(std::string_view id);

/// The instance whose metadata options a change sets; null if it is no such change.
const Instance* set_metadata(const Snapshot& snapshot, const Change& change);

/// A patch for all findings of a check about resources that have `mark` in their id or ARN, with
/// `cause` in the message.
///
/// `{resource}` and `{region}` are the finding's, `{tail}` is what follows the last slash or colon
/// of the resource, `{holder}` is who has the first of its rules. A line with `{eni-}` comes once
/// for each other resource whose id begins so; one that begins with `{none}` only where there is no
/// other. One that begins with `{rules}` comes once for each rule, entry or route: `{rule}` is its
/// id, `{holder}` who has it, `{way}` ingress or egress, `{number}` that of an entry, `{peer}` the
/// block; `{block}` and `{destination}` are the options that take such a block.
struct Recipe {
  std::string_view check;
  std::string_view mark;
  std::string_view commands;
  std::string_view terraform;
  std::string_view cloudformation;
  std::string_view cause = {};
};
// By what the checks are about.
std::span<const Recipe> host_recipes();
std::span<const Recipe> edge_recipes();
std::span<const Recipe> network_recipes();
std::span<const Recipe> alarm_recipes();

/// What a change does, in words, for those that a writer has nothing else for.
std::string change_words(const Change& change);

}  // namespace portolan::report
