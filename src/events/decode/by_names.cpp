#include <array>
#include <optional>

#include "events/decode/call.h"
#include "events/json/members.h"

/// Calls without a decoder of their own, by the names of their members: every service spells them
/// alike, but for the case of letters.
namespace portolan::events {

namespace {

/// Members that hold the groups of a resource: ids, or objects with one.
constexpr std::array<std::string_view, 6> kGroupLists = {
    "vpcSecurityGroupIds", "securityGroupIds", "securityGroups",
    "securityGroupId",     "securityGroup",    "cacheSecurityGroupIds"};

/// Members one deeper that may hold such a list.
constexpr std::array<std::string_view, 6> kNests = {
    "vpcConfig",           "resourcesVpcConfig",  "networkConfiguration",
    "awsvpcConfiguration", "vpcConnectionConfig", "vpcOptions"};

/// Switches between the internet and none.
struct Switch {
  std::string_view member;
  std::string_view open;  // the value that opens, as text
};
constexpr std::array kSwitches = {
    Switch{"publiclyAccessible", "true"},   Switch{"endpointPublicAccess", "true"},
    Switch{"scheme", "internet-facing"},    Switch{"authType", "NONE"},
    Switch{"assignPublicIp", "ENABLED"},    Switch{"associatePublicIpAddress", "true"},
    Switch{"isPubliclyAccessible", "true"}, Switch{"publicAccess", "true"},
};

/// Of all three, to be looked for in one pass.
constexpr auto kMembers = [] {
  std::array<std::string_view, kGroupLists.size() + kNests.size() + kSwitches.size()> all;
  std::size_t next = 0;
  for (const std::string_view each : kGroupLists) {
    all[next++] = each;
  }
  for (const std::string_view each : kNests) {
    all[next++] = each;
  }
  for (const Switch& each : kSwitches) {
    all[next++] = each.member;
  }
  return MemberNames(all);
}();

bool is_id_member(std::string_view key) {
  for (const std::string_view ending : {"Identifier", "Arn", "Id", "Name", "ARN"}) {
    if (key.ends_with(ending)) {
      return true;
    }
  }
  return same_word(key, "name") || same_word(key, "arn") || same_word(key, "id");
}

bool is_blank(const Value& value) {
  return value.is_string() ? value.view().empty() : value.text().empty();
}

/// The member that most likely names what the call is about: the first, unless a later one has the
/// name of what the call makes or changes (`DeleteSubnet`: `subnetId`).
std::string resource_of(const Value& value, std::string_view call) {
  Value first;
  Value best;
  std::size_t longest = 0;
  value.members([&](std::string_view key, const Value& member) {
    if (!is_id_member(key) || member.is_object() || is_blank(member)) {
      return;
    }
    std::string_view stem = key;
    for (const std::string_view ending : {"Identifier", "Arn", "ARN", "Id", "Name"}) {
      if (stem.ends_with(ending)) {
        stem.remove_suffix(ending.size());
        break;
      }
    }
    const bool fits = call.size() >= stem.size() && stem.size() > longest &&
                      same_word(call.substr(call.size() - stem.size()), stem);
    if (fits) {
      best = member;
      longest = stem.size();
    }
    if (!first.exists()) {
      first = member;
    }
  });
  return best.exists() ? best.text() : first.text();
}

/// The id that the response tells of what was made, in the object that holds it or at its top.
std::string made_of(const Value& response, std::string_view call) {
  std::string id = resource_of(response, call);
  response.members([&](std::string_view key, const Value& member) {
    if (member.is_object() && call.size() > key.size() &&
        same_word(call.substr(call.size() - key.size()), key)) {
      const std::string inner = resource_of(member, call);
      id = inner.empty() ? id : inner;
    }
  });
  return same_word(id, response["requestId"].text()) ? std::string{} : id;
}

void decode_members(Call& call, const Value& value, const std::string& resource, int depth) {
  const auto found = kMembers.of(value);
  std::size_t next = 0;
  for (; next < kGroupLists.size(); ++next) {
    if (std::vector<SecurityGroupId> groups = Call::groups(found[next]); !groups.empty()) {
      call.add(GroupsSet{resource, std::move(groups)});
    }
  }
  const std::size_t nests = next;
  next += kNests.size();
  for (const Switch& each : kSwitches) {
    const Value& member = found[next++];
    if (const std::string text = member.text(); !text.empty()) {
      call.add(ExposureSet{.resource = resource,
                           .setting = std::string(each.member),
                           .is_public = same_word(text, each.open)});
    }
  }
  for (std::size_t nest = nests; nest < nests + kNests.size(); ++nest) {
    if (found[nest].is_object() && depth < 3) {
      decode_members(call, found[nest], resource, depth + 1);
    }
  }
}

}  // namespace

void decode_by_names(Call& call) {
  const std::string_view name = call.event.name;
  const bool creates = name.starts_with("Create") || name.starts_with("Restore");
  const bool deletes = name.starts_with("Delete");
  std::string resource = creates ? made_of(call.response, name) : std::string{};
  if (resource.empty()) {
    resource = resource_of(call.request, name);
  }
  decode_members(call, call.request, resource, 0);
  if (!resource.empty() && (creates || deletes)) {
    call.add(ResourceLife{.resource = resource, .is_created = creates});
  } else if (call.event.edits.empty()) {
    call.add(Noted{resource});
  }
}

}  // namespace portolan::events
