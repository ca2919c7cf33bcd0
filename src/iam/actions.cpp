#include "iam/actions.h"

#include <algorithm>
#include <array>
#include <vector>

#include "core/name.h"
#include "iam/context.h"

namespace portolan::iam {
namespace {

/// True if a set of keys holds the key; a tag key of the set ends in `/` and stands for any tag.
bool has_key(std::string_view keys, std::string_view key) {
  while (!keys.empty()) {
    const std::size_t space = std::min(keys.find(' '), keys.size());
    const std::string_view each = keys.substr(0, space);
    if (each == key || (each.ends_with('/') && key.starts_with(each))) {
      return true;
    }
    keys.remove_prefix(std::min(space + 1, keys.size()));
  }
  return false;
}

/// Keys of one service that are in the requests to all of them.
/// SOURCE: IAM User Guide, "AWS global condition context keys", cross-service condition keys.
bool is_cross_service(std::string_view key) {
  static constexpr std::array<std::string_view, 7> kKeys = {
      "ec2:roledelivery",     "ec2:sourceinstancearn", "glue:credentialissuingservice",
      "glue:roleassumedby",   "identitystore:userid",  "lambda:sourcefunctionarn",
      "ssm:sourceinstancearn"};
  return std::ranges::find(kKeys, key) != kKeys.end();
}

bool is_about_tags(std::string_view key) {
  return key.starts_with("aws:resourcetag/") || key.starts_with("aws:requesttag/") ||
         key == "aws:tagkeys";
}

}  // namespace

std::string service_of(std::string_view action) {
  return folded(action.substr(0, action.find(':')));
}

bool has_resource_control_policies(std::string_view service) {
  return std::ranges::binary_search(kResourceControlServices, service);
}

const ActionRow* find_action(std::string_view action) {
  // Built once: the names of the table, folded, in its order.
  static const std::vector<std::string> kNames = [] {
    std::vector<std::string> names;
    for (const ActionRow& row : kActions) {
      names.push_back(folded(row.name));
    }
    return names;
  }();
  const std::string name = folded(action);
  const auto found = std::ranges::lower_bound(kNames, name);
  return found != kNames.end() && *found == name
             ? &kActions[static_cast<std::size_t>(found - kNames.begin())]
             : nullptr;
}

bool takes_no_resource(std::string_view action) {
  if (const ActionRow* row = find_action(action)) {
    return uses_of(*row).empty();
  }
  const std::string service = service_of(action);
  const std::string name = folded(action).substr(std::min(service.size() + 1, action.size()));
  const std::size_t before = kBareActions.find("; " + service + ' ');
  const std::size_t begin = kBareActions.starts_with(service + ' ') ? service.size() + 1
                            : before == std::string_view::npos      ? kBareActions.size()
                                                                    : before + service.size() + 3;
  const std::size_t end = std::min(kBareActions.find(';', begin), kBareActions.size());
  for (std::string_view rest = kBareActions.substr(begin, end - begin); !rest.empty();) {
    const std::size_t space = std::min(rest.find(' '), rest.size());
    const std::string_view each = rest.substr(0, space);
    if (each == name || (each.ends_with('*') && name.starts_with(each.substr(0, space - 1)))) {
      return true;
    }
    rest.remove_prefix(std::min(space + 1, rest.size()));
  }
  return false;
}

std::span<const ResourceUse> uses_of(const ActionRow& action) {
  return std::span(kResourceUses).subspan(action.first_use, action.uses);
}

const ResourceType& type_of(const ResourceUse& use) { return kResourceTypes[use.type]; }

const ResourceUse* find_use(const ActionRow& action, std::string_view arn) {
  const auto parsed = Arn::parse(arn);
  if (!parsed) {
    return nullptr;
  }
  const ResourceUse* best =
      nullptr;  // the longest stem: `loadbalancer/app/` before `loadbalancer/`
  for (const ResourceUse& use : uses_of(action)) {
    const ResourceType& type = type_of(use);
    if (type.service == parsed->service() && parsed->resource().starts_with(type.stem) &&
        (best == nullptr || type_of(*best).stem.size() < type.stem.size())) {
      best = &use;
    }
  }
  return best;
}

bool supports_key(const ActionRow& action, const ResourceUse* use, std::string_view key) {
  if ((key.starts_with("aws:") && !is_about_tags(key)) || is_cross_service(key)) {
    return true;
  }
  return has_key(kKeySets[action.keys], key) ||
         (use != nullptr && has_key(kKeySets[use->keys], key));
}

}  // namespace portolan::iam
