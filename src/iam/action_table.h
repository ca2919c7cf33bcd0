#pragma once

#include <array>
#include <cstdint>
#include <string_view>

/// The tables behind `iam/actions.h`, written by tools/iam_actions/iam_actions.py.
namespace portolan::iam {

struct ResourceType {
  std::string_view name;     // `ec2:security-group`
  std::string_view service;  // of its ARNs
  std::string_view stem;     // how the resource part of its ARNs begins: `security-group/`
};

/// A type of resource that an action takes.
struct ResourceUse {
  std::uint16_t type = 0;  // in kResourceTypes
  bool is_required = false;
  std::uint16_t keys = 0;  // in kKeySets
};

struct ActionRow {
  std::string_view name;  // as AWS writes it, `ec2:DeleteSecurityGroup`
  bool is_write = false;
  std::uint16_t first_use = 0;  // in kResourceUses
  std::uint16_t uses = 0;
  std::uint16_t keys = 0;  // of the action, whatever the resource
};

/// Actions that take no resource: of each service its name and theirs, folded, with space between
/// and `;` at the end. A name that ends in `*` is a beginning that no action which takes a resource
/// has.
extern const std::string_view kBareActions;
extern const std::array<std::string_view, 218> kKeySets;  // folded, space between; tags end in `/`
extern const std::array<std::string_view, 62> kResourceControlServices;
extern const std::array<ResourceType, 189> kResourceTypes;
extern const std::array<ResourceUse, 795> kResourceUses;
extern const std::array<ActionRow, 357> kActions;  // sorted by folded name

}  // namespace portolan::iam
