#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>

#include "answers/who_answer.h"
#include "iam/iam.h"

/// Ways to change what a resource lets through without an action on it.
namespace portolan::answers {
namespace {

using iam::Ability;
using iam::Truth;

/// A call that puts a group on an interface that had it not. The interface belongs to what the call
/// changes or makes; `key` is the condition key that tells the group, if AWS has one.
struct Attaching {
  std::string_view action;
  std::string_view key;
};
/// SOURCE: Service Authorization Reference, "Actions, resources, and condition keys for" Amazon
/// EC2, Elastic Load Balancing V2, Amazon RDS, AWS Lambda.
constexpr std::array kAttachings = {
    Attaching{"ec2:ModifyNetworkInterfaceAttribute", ""},
    Attaching{"ec2:ModifyInstanceAttribute", ""},
    Attaching{"ec2:CreateNetworkInterface", ""},
    Attaching{"ec2:RunInstances", ""},
    Attaching{"elasticloadbalancing:SetSecurityGroups", "elasticloadbalancing:SecurityGroup"},
    Attaching{"rds:ModifyDBInstance", ""},
    Attaching{"lambda:UpdateFunctionConfiguration", "lambda:SecurityGroupIds"},
};

/// Something else that a change of decides what the resource lets through.
struct Bypass {
  std::string what;  // `pl-1`
  std::string how;   // in words
  Ability ability;
};

class Bypasses {
 public:
  Bypasses(const Snapshot& snapshot, const iam::Escalation& escalation,
           const iam::Resource& resource)
      : directory_(escalation.directory()), resource_(resource), abilities_(directory_) {
    for (const SecurityGroup& group : snapshot.all<SecurityGroup>()) {
      const auto own = iam::resource_of(group);
      if (own && own->arn == resource.arn) {
        read_rules(snapshot, group);
      }
    }
  }

  [[nodiscard]] std::vector<Bypass> of(const iam::Principal& who) {
    std::vector<Bypass> found;
    if (who.caller.account != resource_.arn.account() ||
        who.caller.kind == iam::Caller::Kind::Root) {
      return found;
    }
    const auto add = [&](std::string what, std::string how, Ability ability) {
      if (ability.may != Truth::No) {
        found.push_back({std::move(what), std::move(how), std::move(ability)});
      }
    };
    for (const iam::Resource& list : lists_) {
      add(id_of(list), "change a prefix list that its rules name",
          abilities_.ask(who, "ec2:ModifyManagedPrefixList", list.arn.text(),
                         context_of(list, iam::find_action("ec2:ModifyManagedPrefixList"))));
    }
    for (const iam::Resource& group : groups_) {
      add(fmt::format("{} on another interface", id_of(group)),
          "attach a group that its rules name", attaches(who, group));
    }
    if (const std::string_view type = resource_.arn.resource();
        type.starts_with("security-group/") || type.starts_with("network-acl/")) {
      add(fmt::format("{} by Firewall Manager", id_of(resource_)), "write a policy of it",
          both(abilities_.ask_call(who, "fms:PutPolicy"),
               {.may = Truth::Yes,
                .condition = "the account administers Firewall Manager for this one"}));
    }
    return found;
  }

 private:
  static std::string id_of(const iam::Resource& resource) {
    const std::string_view text = resource.arn.resource();
    return std::string(text.substr(text.find('/') + 1));
  }

  void read_rules(const Snapshot& snapshot, const SecurityGroup& group) {
    for (const SecurityGroupRule& rule : group.rules) {
      if (const auto* list = std::get_if<PrefixListId>(&rule.peer)) {
        const PrefixList* known = snapshot.find(*list);
        add_once(lists_, known == nullptr ? std::nullopt : iam::resource_of(*known));
      } else if (const auto* peer = std::get_if<GroupReference>(&rule.peer)) {
        const SecurityGroup* known = snapshot.find(peer->group);
        add_once(groups_, known == nullptr ? std::nullopt : iam::resource_of(*known));
      }
    }
  }
  static void add_once(std::vector<iam::Resource>& resources, std::optional<iam::Resource> one) {
    if (one && std::ranges::find(resources, one->arn, &iam::Resource::arn) == resources.end()) {
      resources.push_back(*std::move(one));
    }
  }

  /// By the call that asks for least.
  Ability attaches(const iam::Principal& who, const iam::Resource& group) {
    Ability some;
    for (const Attaching& each : kAttachings) {
      iam::Context given;
      if (!each.key.empty()) {
        given.set(each.key, each.key.starts_with("lambda:") ? id_of(group) : group.arn.text());
      }
      Ability one = abilities_.ask_call(who, each.action, given);
      const iam::ActionRow* row = iam::find_action(each.action);
      if (one.may != Truth::No && row != nullptr && takes(*row, group)) {
        one = both(one, abilities_.ask(who, each.action, group.arn.text(), context_of(group, row)));
      }
      some = either(some, one);
    }
    return some;
  }

  const iam::Directory& directory_;
  const iam::Resource& resource_;
  iam::Abilities abilities_;
  std::vector<iam::Resource> lists_;
  std::vector<iam::Resource> groups_;
};

}  // namespace

void add_bypasses(WhoAnswer& answer, const Snapshot& snapshot, const iam::Escalation& escalation) {
  if (!answer.resource || escalation.is_given_up()) {
    return;
  }
  Bypasses bypasses(snapshot, escalation, *answer.resource);
  for (std::size_t p = 0; p < escalation.principals(); ++p) {
    const iam::Principal& who = escalation.directory().principals[p];
    auto reach = std::ranges::find(answer.reaches, &who, &Reach::principal);
    if (reach != answer.reaches.end() && reach->verdict() == iam::Verdict::Always) {
      continue;
    }
    const std::string name = escalation.name(p);
    for (const Bypass& bypass : bypasses.of(who)) {
      if (reach == answer.reaches.end()) {
        answer.reaches.push_back({.principal = &who, .resource = *answer.resource});
        reach = answer.reaches.end() - 1;
      }
      reach->detours.push_back({.path = fmt::format("{} → {} ({})", name, bypass.what, bypass.how),
                                .condition = bypass.ability.condition,
                                .is_sure = bypass.ability.may == Truth::Yes,
                                .hops = {name, bypass.how, bypass.what}});
    }
  }
}

}  // namespace portolan::answers
