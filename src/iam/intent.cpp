#include "iam/intent.h"

#include <algorithm>
#include <map>
#include <tuple>

#include <fmt/format.h>

#include "core/text.h"

namespace portolan::iam {
namespace {

template <class Fits>
bool is_meant(const std::vector<std::string>& patterns, Fits fits) {
  return patterns.empty() || std::ranges::any_of(patterns, fits);
}

bool fits_resource(const Allowance& allowance, const Resource& resource) {
  const std::string_view last = resource.arn.resource();
  const std::string_view id = last.substr(last.find('/') + 1);
  const auto key_of = [&](std::string_view wanted) {
    for (const auto& [key, value] : resource.keys) {
      if (key == wanted) {
        return value.substr(value.rfind('/') + 1);
      }
    }
    return std::string();
  };
  return is_meant(allowance.resources,
                  [&](const std::string& pattern) {
                    return matches_glob(id, pattern) ||
                           matches_glob(resource.arn.text(), pattern) ||
                           (!resource.name.empty() && matches_glob(resource.name, pattern));
                  }) &&
         is_meant(allowance.tags,
                  [&](const std::string& pattern) {
                    return std::ranges::any_of(resource.tags, [&](const auto& tag) {
                      return matches_glob(tag.first + '=' + tag.second, pattern);
                    });
                  }) &&
         is_meant(allowance.vpcs,
                  [&](const std::string& pattern) {
                    return matches_glob(key_of("ec2:Vpc"), pattern);
                  }) &&
         is_meant(allowance.regions, [&](const std::string& pattern) {
           return matches_glob(resource.arn.region(), pattern);
         });
}

bool fits_action(const Allowance& allowance, const ChangeAction& action) {
  return is_meant(allowance.actions, [&](const std::string& pattern) {
    return folded(pattern) == text(action.change) ||
           matches_glob(folded(action.action), folded(pattern));
  });
}

std::string arn_pattern(const std::string& pattern) {
  return pattern.starts_with("arn:") || pattern == "*" ? pattern : "arn:*:iam::*:" + pattern;
}

}  // namespace

std::vector<std::string> Intent::allowed(const Resource& resource,
                                         const ChangeAction& action) const {
  std::vector<std::string> patterns;
  for (const Allowance& each : allowances) {
    if (fits_resource(each, resource) && fits_action(each, action)) {
      std::ranges::transform(each.principals, std::back_inserter(patterns), arn_pattern);
    }
  }
  std::ranges::sort(patterns);
  patterns.erase(std::unique(patterns.begin(), patterns.end()), patterns.end());
  return patterns;
}

bool Intent::allows(const Principal& principal, const Resource& resource,
                    const ChangeAction& action) const {
  if (principal.caller.kind == Caller::Kind::Root) {
    return true;
  }
  const std::vector<std::string> patterns = allowed(resource, action);
  return std::ranges::any_of(patterns, [&](const std::string& pattern) {
    return matches_glob(principal.caller.name(), pattern);
  });
}

std::vector<Excess> excess_of(const Directory& directory, const Intent& intent, const Who& who,
                              const std::vector<ChangeAction>& actions) {
  std::map<std::tuple<std::size_t, std::size_t, Verdict>, std::vector<std::size_t>> found;
  for (std::size_t row = 0; row < who.resources().size(); ++row) {
    const Resource& resource = who.resources()[row];
    for (const Grant& grant : who.of_resource(row)) {
      const auto action = std::ranges::find_if(actions, [&](const ChangeAction& each) {
        return each.action == who.actions()[grant.action] &&
               resource.arn.resource().starts_with(each.type);
      });
      if (action != actions.end() &&
          !intent.allows(directory.principals[grant.principal], resource, *action)) {
        const auto number = static_cast<std::size_t>(action - actions.begin());
        found[{grant.principal, number, grant.verdict}].push_back(row);
      }
    }
  }
  std::vector<Excess> excess;
  for (auto& [key, rows] : found) {
    const auto& [principal, action, verdict] = key;
    excess.push_back({principal, actions[action], verdict, std::move(rows)});
  }
  return excess;
}

}  // namespace portolan::iam
