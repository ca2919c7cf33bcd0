#include "iam/resource.h"

#include <array>
#include <utility>

#include <fmt/format.h>

namespace portolan::iam {
namespace {

constexpr std::array<std::string_view, 2> kTagKeys = {"aws:ResourceTag/", "ec2:ResourceTag/"};
constexpr std::array<std::string_view, 5> kPlaceKeys = {"aws:requestedregion", "ec2:region",
                                                        "aws:resourceaccount", "aws:resourceorgid",
                                                        "aws:resourceorgpaths"};
/// Where calls of services without regions are signed for.
/// SOURCE: IAM User Guide, aws:RequestedRegion: global services are in us-east-1.
constexpr std::string_view kGlobalRegion = "us-east-1";

bool supports(const ActionRow* action, const ResourceUse* use, std::string_view key) {
  return action == nullptr || supports_key(*action, use, key);
}

void set_tag(Context& context, const std::string& key, const std::string& value) {
  const Context::Entry* entry = context.find(folded(key));
  if (entry != nullptr && (entry->is_ambiguous || entry->values.front() != value)) {
    context.set_ambiguous(key);
  } else {
    context.set(key, value);
  }
}

}  // namespace

Resource security_group(const Arn& arn, std::string_view vpc_id, Tags tags) {
  const std::string& text = arn.text();
  const std::string_view id = arn.resource().substr(arn.resource().find('/') + 1);
  Resource resource{.arn = arn, .tags = std::move(tags)};
  resource.keys.emplace_back("ec2:SecurityGroupID", id);
  if (!vpc_id.empty()) {
    const std::string place = text.substr(0, text.size() - arn.resource().size());
    resource.keys.emplace_back("ec2:Vpc", fmt::format("{}vpc/{}", place, vpc_id));
  }
  return resource;
}

bool takes(const ActionRow& action, const Resource& resource) {
  return resource.is_nameless ? uses_of(action).empty()
                              : find_use(action, resource.arn.text()) != nullptr;
}

Context context_of(const Resource& resource, const ActionRow* action) {
  const ResourceUse* use = action == nullptr ? nullptr : find_use(*action, resource.arn.text());
  Context context;
  const auto set = [&](const std::string& key, std::string_view value) {
    if (!value.empty() && supports(action, use, folded(key))) {
      context.set(key, std::string(value));
    }
  };
  for (const auto& [tag, value] : resource.tags) {
    for (const std::string_view prefix : kTagKeys) {
      const std::string key = std::string(prefix) + tag;
      if (supports(action, use, folded(key))) {
        set_tag(context, key, value);
      }
    }
  }
  for (const auto& [key, value] : resource.keys) {
    set(key, value);
  }
  const std::string_view region = resource.arn.region();
  set("aws:RequestedRegion", region.empty() ? kGlobalRegion : region);
  set("ec2:Region", region);
  set("aws:ResourceAccount", resource.arn.account());
  return context;
}

bool is_resource_key(const Resource& resource, std::string_view key) {
  for (const std::string_view prefix : kTagKeys) {
    if (key.starts_with(folded(prefix))) {
      return true;
    }
  }
  for (const std::string_view place : kPlaceKeys) {
    if (key == place) {
      return true;
    }
  }
  for (const auto& [own, value] : resource.keys) {
    if (folded(own) == key) {
      return true;
    }
  }
  return false;
}

Request request_of(const Directory& directory, const Principal& principal, std::string_view action,
                   const Resource& resource, const Context& open) {
  const ActionRow* row = find_action(action);
  const ResourceUse* use = row == nullptr ? nullptr : find_use(*row, resource.arn.text());
  Request request{.caller = principal.caller,
                  .action = std::string(action),
                  .resource = resource.arn.text(),
                  .account = std::string(resource.arn.account()),
                  .context = context_of(resource, row),
                  .is_wildcard_only = row != nullptr && uses_of(*row).empty()};
  const auto add = [&](const Context& more) {
    for (const auto& [key, entry] : more.entries()) {
      if (supports(row, use, key) && !is_resource_key(resource, key) &&
          !principal.session.absent.contains(key)) {
        request.context.set(key, entry);
      }
    }
  };
  add(open);
  add(context_of(directory, principal));
  return request;
}

}  // namespace portolan::iam
