#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "events/event.h"
#include "events/json/value.h"

/// Private to the module: what all decoders of calls share.
namespace portolan::events {

/// One recorded call, being understood.
struct Call {
  Value request;   // requestParameters, without the wrapper of the XML dialect
  Value response;  // responseElements, likewise; nothing if the call failed
  Event& event;
  std::vector<std::string>& faults;  // what could not be understood, each a sentence

  template <class EditType>
  void add(EditType edit) {
    event.edits.emplace_back(std::move(edit));
  }
  /// Reports a member of the call that is not as it should be.
  void fault(std::string_view member, const Value& value);
  /// An address block; reported and nothing if it is none.
  std::optional<IpPrefix> prefix(std::string_view member, const Value& value);
  /// An address; nothing if it is none.
  static std::optional<IpAddress> address(const Value& value);
  /// The security groups of a list, which holds ids or objects with a `groupId`.
  static std::vector<SecurityGroupId> groups(const Value& list);
  /// The group that the call is about: `groupId`, or `name:` and the `groupName`.
  [[nodiscard]] SecurityGroupId group() const;
};

/// Decodes calls of one name.
struct Decoder {
  std::string_view name;
  void (*decode)(Call& call);
};

/// The first of the members that exists.
Value any_of(const Value& value, std::initializer_list<std::string_view> keys);

std::vector<Decoder> rule_decoders();
std::vector<Decoder> group_decoders();
std::vector<Decoder> compute_decoders();
std::vector<Decoder> acl_and_route_decoders();
std::vector<Decoder> prefix_list_decoders();
std::vector<Decoder> address_decoders();
/// Of calls that have no decoder of their own: groups, switches, ids, as far as names tell.
void decode_by_names(Call& call);

}  // namespace portolan::events
