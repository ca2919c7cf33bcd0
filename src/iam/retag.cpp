#include "iam/retag.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "core/text.h"
#include "iam/ability.h"
#include "iam/actions.h"

namespace portolan::iam {
namespace {

constexpr std::size_t kMostTags = 64;
constexpr std::string_view kPrincipalTag = "aws:principaltag/";

/// A tag that may open something, on the resource or on the principal: set, or taken off.
struct Candidate {
  bool is_own = false;
  std::string key;
  std::optional<std::string> value;

  friend auto operator<=>(const Candidate&, const Candidate&) = default;
};

bool is_resource_tag(std::string_view key) {
  return key.starts_with("aws:resourcetag/") || key.starts_with("ec2:resourcetag/");
}

/// The name of a tag as the policy spells it.
std::string tag_of(std::string_view key) { return std::string(key.substr(key.find('/') + 1)); }

/// A text that the pattern matches.
std::string sample_of(const Glob& glob) {
  std::string text = glob.text();
  std::ranges::replace(text, '?', 'x');
  std::erase(text, '*');
  return text;
}

/// Whatever the policies of one principal compare tags with.
class Candidates {
 public:
  Candidates(const Directory& directory, const Principal& principal, const Resource& resource)
      : own_(context_of(directory, principal)), principal_(principal), resource_(resource) {
    const Authority authority = authority_of(directory, principal);
    add(authority.identity);
    add(authority.boundary);
    std::ranges::for_each(authority.service_control, [&](const Policies& level) { add(level); });
  }

  [[nodiscard]] const std::set<Candidate>& all() const { return all_; }

 private:
  void add(const Policies& policies) {
    for (const Policy* policy : policies) {
      for (const Statement& statement : policy->statements) {
        for (const Test& test : statement.tests) {
          add(test);
        }
      }
    }
  }

  void add(const Test& test) {
    const bool is_own = test.key.starts_with(kPrincipalTag);
    if (!is_own && !is_resource_tag(test.key)) {
      return;
    }
    for (const auto& [key, value] : is_own ? principal_.tags : resource_.tags) {
      if (folded(key) == tag_of(test.key)) {
        insert({.is_own = is_own, .key = key, .value = std::nullopt});
      }
    }
    for (const Pattern& value : test.values) {
      if (const auto glob = value.resolved(own_)) {
        insert({.is_own = is_own, .key = tag_of(test.spelling), .value = sample_of(*glob)});
      }
      for (const std::string& variable : value.variables()) {
        const auto tag = std::ranges::find_if(resource_.tags, [&](const auto& each) {
          return folded(each.first) == tag_of(test.key);
        });
        if (!is_own && variable.starts_with(kPrincipalTag) && tag != resource_.tags.end()) {
          insert({.is_own = true, .key = tag_of(variable), .value = tag->second});
        }
      }
    }
  }
  void insert(Candidate candidate) {
    if (all_.size() < kMostTags) {
      all_.insert(std::move(candidate));
    }
  }

  const Context own_;
  const Principal& principal_;
  const Resource& resource_;
  std::set<Candidate> all_;
};

Tags with(Tags tags, const Candidate& candidate) {
  std::erase_if(tags, [&](const auto& tag) { return folded(tag.first) == folded(candidate.key); });
  if (candidate.value) {
    tags.emplace_back(candidate.key, *candidate.value);
  }
  return tags;
}

/// What one principal may do with one resource, when either has other tags.
class Alone {
 public:
  Alone(const Directory& directory, const Principal& principal, Resource resource,
        const std::vector<std::string>& actions)
      : who_(own_directory(directory, principal), {std::move(resource)}, actions) {}

  [[nodiscard]] Answer explain(std::size_t action) const { return who_.explain(0, action, 0); }
  [[nodiscard]] Verdict verdict(std::size_t action) const { return who_.verdict(0, action, 0); }

 private:
  const Directory& own_directory(const Directory& directory, const Principal& principal) {
    directory_.organization = directory.organization;
    directory_.has_no_organization = directory.has_no_organization;
    directory_.endpoints = directory.endpoints;
    directory_.principals = {principal};
    return directory_;
  }

  Directory directory_;
  Who who_;
};

/// Whether the principal may set that tag, or take it off.
Ability may_set(Abilities& abilities, const Principal& principal, const Resource& resource,
                const Candidate& candidate) {
  const bool is_user = principal.caller.kind == Caller::Kind::User;
  const bool is_set = candidate.value.has_value();
  const std::string action = !candidate.is_own ? (is_set ? "ec2:CreateTags" : "ec2:DeleteTags")
                             : is_user         ? (is_set ? "iam:TagUser" : "iam:UntagUser")
                                               : (is_set ? "iam:TagRole" : "iam:UntagRole");
  Context given;
  if (!candidate.is_own) {
    given = context_of(resource, find_action(action));
  }
  if (is_set) {
    given.set("aws:RequestTag/" + candidate.key, *candidate.value);
  }
  given.set_list("aws:TagKeys", {candidate.key});
  return abilities.ask(principal, action,
                       candidate.is_own ? principal.caller.name() : resource.arn.text(), given);
}

/// What the candidates open for `who`, as far as `may` lets them be set.
template <class May>
std::vector<Retagging> openings(const Directory& directory, const Principal& who,
                                const Resource& resource, const std::vector<std::string>& actions,
                                const std::set<Candidate>& candidates, May may) {
  std::vector<Retagging> found;
  if (candidates.empty()) {
    return found;
  }
  const Alone before(directory, who, resource, actions);
  for (const Candidate& candidate : candidates) {
    const Ability set = may(candidate);
    if (set.may == Truth::No) {
      continue;
    }
    Principal wearer = who;
    Resource tagged = resource;
    Tags& tags = candidate.is_own ? wearer.tags : tagged.tags;
    tags = with(tags, candidate);
    const Alone after(directory, wearer, tagged, actions);
    for (std::size_t i = 0; i < actions.size(); ++i) {
      if (after.verdict(i) >= Verdict::Possible && after.verdict(i) > before.verdict(i)) {
        const Ability then{.may = Truth::Yes, .condition = after.explain(i).condition};
        const std::string_view name =
            candidate.is_own
                ? std::string_view(who.name)
                : resource.arn.resource().substr(resource.arn.resource().find('/') + 1);
        found.push_back(
            {.what = candidate.value
                         ? fmt::format("{} tagged {}={}", name, candidate.key, *candidate.value)
                         : fmt::format("{} without its tag {}", name, candidate.key),
             .is_own = candidate.is_own,
             .action = actions[i],
             .condition = both(set, then).condition});
        break;
      }
    }
  }
  return found;
}

}  // namespace

std::vector<Retagging> retaggings(const Directory& directory, std::size_t principal,
                                  const Resource& resource,
                                  const std::vector<std::string>& actions) {
  const Principal& who = directory.principals[principal];
  if (who.caller.kind == Caller::Kind::Root || who.caller.account != resource.arn.account()) {
    return {};
  }
  Abilities abilities(directory);
  return openings(directory, who, resource, actions, Candidates(directory, who, resource).all(),
                  [&](const Candidate& candidate) {
                    const bool is_known_type = candidate.is_own || resource.arn.service() == "ec2";
                    return is_known_type ? may_set(abilities, who, resource, candidate) : Ability{};
                  });
}

std::vector<Retagging> session_taggings(const Directory& directory, std::size_t principal,
                                        std::size_t role, const Resource& resource,
                                        const std::vector<std::string>& actions) {
  const Principal& worn = directory.principals[role];
  if (worn.caller.account != resource.arn.account()) {
    return {};
  }
  Abilities abilities(directory);
  return openings(directory, worn, resource, actions, Candidates(directory, worn, resource).all(),
                  [&](const Candidate& candidate) {
                    return candidate.is_own && candidate.value
                               ? abilities.tag_session(directory.principals[principal], worn,
                                                       candidate.key, *candidate.value)
                               : Ability{};
                  });
}

}  // namespace portolan::iam
