#include "collect/aws/organization.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace portolan::collect::aws {

namespace {

namespace json = boost::json;

constexpr std::string_view kService = "organizations";

/// A kind of policy that limits others, and the member of a target that lists its policies.
struct Control {
  std::string_view type;
  std::string_view member;
};
constexpr std::array kControls = {
    Control{"SERVICE_CONTROL_POLICY", "ServiceControlPolicies"},
    Control{"RESOURCE_CONTROL_POLICY", "ResourceControlPolicies"},
};

std::string text_of(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : "";
}

/// Calls `use` for the objects of a list.
template <class Use>
void each_object(const json::object& object, std::string_view name, const Use& use) {
  const json::value* list = object.if_contains(name);
  for (const json::value& item :
       list != nullptr && list->is_array() ? list->get_array() : json::array{}) {
    if (item.is_object()) {
      use(item.get_object());
    }
  }
}

/// Where a kind of policy is switched off, what was attached of it counts for nothing.
bool is_switched_on(const json::object& root, std::string_view type) {
  bool is_on = false;
  each_object(root, "PolicyTypes", [&](const json::object& each) {
    is_on = is_on || (text_of(each, "Type") == type && text_of(each, "Status") == "ENABLED");
  });
  return is_on;
}

/// Answers come in any order; the document has one.
bool is_before(const json::value& a, const json::value& b) {
  return json::serialize(a) < json::serialize(b);
}

}  // namespace

OrganizationWalk::OrganizationWalk(Ask ask, Done done, std::string account, bool is_asked_for)
    : ask_(std::move(ask)),
      done_(std::move(done)),
      account_(std::move(account)),
      is_asked_for_(is_asked_for) {}

void OrganizationWalk::start() {
  ++waiting_;
  ask_(*find_call(kService, "DescribeOrganization"), {}, [this](Answer answer) {
    take_organization(std::move(answer));
    --waiting_;
    finish_if_done();
  });
}

void OrganizationWalk::take_organization(Answer answer) {
  if (answer.code.find("OrganizationsNotInUse") != std::string::npos) {
    organization_ = nullptr;
    is_tree_whole_ = false;
    found_.document = {{"Organization", nullptr}};
    return;
  }
  const json::value* organization = answer.object.if_contains("Organization");
  if (answer.outcome != Outcome::Collected || organization == nullptr ||
      !organization->is_object()) {
    is_tree_whole_ = false;
    note(answer);
    return;
  }
  organization_ = *organization;
  found_.items = 1;
  const bool may_read =
      text_of(organization_.get_object(), "MasterAccountId") == account_ || is_asked_for_;
  if (!may_read) {
    is_tree_whole_ = false;
    return;
  }
  ask_delegation();
  ask("ListRoots", {}, [this](Answer roots) {
    each_object(roots.object, "Roots", [this](const json::object& root) { take_root(root); });
  });
}

/// What goes wrong in here leaves the tree in parts.
void OrganizationWalk::ask(std::string_view action, Parameters more,
                           std::function<void(Answer)> take) {
  ++waiting_;
  ask_(*find_call(kService, action), std::move(more),
       [this, take = std::move(take)](Answer answer) {
         if (answer.outcome == Outcome::Collected) {
           take(std::move(answer));
         } else {
           is_tree_whole_ = false;
           note(answer);
         }
         --waiting_;
         finish_if_done();
       });
}

/// Where nothing is delegated there is no such policy, which AWS says as an error.
/// SOURCE: AWS Organizations API Reference, "DescribeResourcePolicy".
void OrganizationWalk::ask_delegation() {
  ++waiting_;
  ask_(*find_call(kService, "DescribeResourcePolicy"), {}, [this](Answer answer) {
    const json::value* policy = answer.object.if_contains("ResourcePolicy");
    if (answer.code.find("ResourcePolicyNotFound") != std::string::npos) {
      delegation_ = nullptr;
    } else if (answer.outcome == Outcome::Collected && policy != nullptr) {
      delegation_ = *policy;
    } else {
      note(answer);
    }
    --waiting_;
    finish_if_done();
  });
}

void OrganizationWalk::take_root(const json::object& root) {
  const std::string id = text_of(root, "Id");
  roots_.push_back(root);
  list(id, "");
  list_below(id);
  for (const Control& control : kControls) {
    if (is_switched_on(root, control.type)) {
      list_policies(control.type, control.member);
    }
  }
}

bool OrganizationWalk::list(const std::string& id, const std::string& parent) {
  Target& target = targets_[id];
  if (target.is_listed) {
    return false;
  }
  target.parent = parent;
  target.is_listed = true;
  return true;
}

void OrganizationWalk::list_below(const std::string& parent) {
  ask("ListOrganizationalUnitsForParent", {{"ParentId", parent}}, [this, parent](Answer units) {
    each_object(units.object, "OrganizationalUnits", [&](const json::object& unit) {
      const std::string id = text_of(unit, "Id");
      // A unit that was listed before would be walked for ever.
      if (list(id, parent)) {
        list_below(id);
      }
    });
  });
  ask("ListAccountsForParent", {{"ParentId", parent}}, [this, parent](Answer accounts) {
    each_object(accounts.object, "Accounts",
                [&](const json::object& account) { list(text_of(account, "Id"), parent); });
  });
}

void OrganizationWalk::list_policies(std::string_view type, std::string_view member) {
  ask("ListPolicies", {{"Filter", std::string(type)}}, [this, member](Answer list) {
    each_object(list.object, "Policies", [&](const json::object& summary) {
      const std::string id = text_of(summary, "Id");
      list_targets(id, std::string(member));
      ++waiting_;
      ask_(*find_call(kService, "DescribePolicy"), {{"PolicyId", id}}, [this](Answer answer) {
        const json::value* policy = answer.object.if_contains("Policy");
        if (answer.outcome == Outcome::Collected && policy != nullptr) {
          policies_.push_back(*policy);
        } else {
          note(answer);
        }
        --waiting_;
        finish_if_done();
      });
    });
  });
}

void OrganizationWalk::list_targets(const std::string& policy, const std::string& member) {
  ask("ListTargetsForPolicy", {{"PolicyId", policy}}, [this, policy, member](Answer list) {
    each_object(list.object, "Targets", [&](const json::object& target) {
      targets_[text_of(target, "TargetId")].policies[member].emplace_back(policy);
    });
  });
}

void OrganizationWalk::note(const Answer& answer) {
  if (found_.code.empty()) {
    found_.outcome = answer.outcome == Outcome::Collected ? Outcome::Failed : answer.outcome;
    found_.code = answer.code.empty() ? "not_understood" : answer.code;
    found_.message = answer.message;
  }
}

void OrganizationWalk::finish_if_done() {
  if (waiting_ > 0) {
    return;
  }
  if (organization_.is_object()) {
    found_.document = document();
  }
  if (!found_.document.empty() && found_.outcome != Outcome::Collected) {
    found_.outcome = Outcome::Partial;
  }
  done_(std::move(found_));
}

json::object OrganizationWalk::document() const {
  json::object all{{"Organization", organization_}};
  if (!is_tree_whole_) {
    return all;
  }
  json::array targets;
  for (const auto& [id, target] : targets_) {
    if (!target.is_listed) {
      continue;  // closed in the meantime
    }
    json::object row{{"Id", id}, {"ParentId", target.parent}};
    for (const Control& control : kControls) {
      const auto attached = target.policies.find(std::string(control.member));
      json::array ids = attached == target.policies.end() ? json::array{} : attached->second;
      std::sort(ids.begin(), ids.end(), is_before);
      row[control.member] = std::move(ids);
    }
    targets.push_back(std::move(row));
  }
  json::array policies = policies_;
  std::sort(policies.begin(), policies.end(), is_before);
  all["Roots"] = roots_;
  all["Targets"] = std::move(targets);
  all["Policies"] = std::move(policies);
  if (delegation_) {
    all["ResourcePolicy"] = *delegation_;
  }
  return all;
}

}  // namespace portolan::collect::aws
