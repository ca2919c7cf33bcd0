#include <algorithm>
#include <utility>

#include "collect/decode/families.h"

namespace portolan::collect {

namespace {

constexpr Field<NetworkFirewall> kFirewallFields[] = {
    {"FirewallName", value<&NetworkFirewall::firewall_name>},
    {"FirewallArn", arn_id<NetworkFirewall>},
    {"FirewallPolicyArn", value<&NetworkFirewall::policy>},
    {"VpcId", value<&NetworkFirewall::vpc>},
    {"SubnetMappings",
     [](Reader& in, NetworkFirewall& row) { members_of(in, "SubnetId", row.subnets); }},
    {"Tags", tags<NetworkFirewall>},
};

/// `{"eu-west-1a": {"Attachment": {"SubnetId": …, "EndpointId": "vpce-…", "Status": "READY"}}}`
void sync_states(Reader& in, NetworkFirewall& row) {
  in.object([&](std::string_view) {
    in.object([&](std::string_view key) {
      if (key != "Attachment") {
        in.skip();
        return;
      }
      if (std::string endpoint = member_of(in, "EndpointId"); !endpoint.empty()) {
        row.endpoints.push_back(std::move(endpoint));
      }
    });
  });
  std::sort(row.endpoints.begin(), row.endpoints.end());
}

constexpr Field<FirewallRuleGroupReference> kReferenceFields[] = {
    {"ResourceArn", value<&FirewallRuleGroupReference::group>},
    {"Priority", value<&FirewallRuleGroupReference::priority>},
};

void references(Reader& in, std::vector<FirewallRuleGroupReference>& row) {
  in.objects([&] { read_fields(in, kReferenceFields, row.emplace_back()); });
  std::erase_if(row, [](const auto& reference) { return reference.group.empty(); });
  std::stable_sort(row.begin(), row.end(),
                   [](const auto& a, const auto& b) { return a.priority < b.priority; });
}

/// SOURCE: Network Firewall API, FirewallPolicy.
constexpr Field<FirewallPolicy> kPolicyFields[] = {
    {"StatelessRuleGroupReferences",
     [](Reader& in, FirewallPolicy& row) { references(in, row.stateless); }},
    {"StatelessDefaultActions", value<&FirewallPolicy::stateless_default_actions>},
    {"StatefulRuleGroupReferences",
     [](Reader& in, FirewallPolicy& row) { references(in, row.stateful); }},
    {"StatefulDefaultActions", value<&FirewallPolicy::stateful_default_actions>},
    {"StatefulEngineOptions",
     [](Reader& in, FirewallPolicy& row) {
       row.is_strict_order = member_of(in, "RuleOrder") == "STRICT_ORDER";
     }},
};

constexpr Field<FirewallPolicy> kPolicyResponseFields[] = {
    {"FirewallPolicyArn", arn_id<FirewallPolicy>},
    {"Tags", tags<FirewallPolicy>},
};

constexpr Field<FirewallRuleGroup> kRuleGroupResponseFields[] = {
    {"RuleGroupArn", arn_id<FirewallRuleGroup>},
    {"Type",
     [](Reader& in, FirewallRuleGroup& row) { row.is_stateful = in.string() == "STATEFUL"; }},
    {"Tags", tags<FirewallRuleGroup>},
};

template <class Row>
void finish(Answer& answer, bool is_there, Row& row, std::size_t place) {
  if (!is_there || !answer.in.ok()) {
    return;
  }
  if (row.id.empty()) {
    answer.in.missing_id(place);
    return;
  }
  add_row(answer, std::move(row), place);
}

}  // namespace

void decode_firewall(Answer& answer) {
  read_fields(answer.in, kFirewallFields, answer.firewall.firewall);
  std::sort(answer.firewall.firewall.subnets.begin(), answer.firewall.firewall.subnets.end());
  answer.firewall.has_firewall = true;
}

void decode_firewall_status(Answer& answer) {
  answer.in.object([&](std::string_view key) {
    if (key == "SyncStates") {
      sync_states(answer.in, answer.firewall.firewall);
    } else {
      answer.in.skip();
    }
  });
}

void decode_firewall_policy(Answer& answer) {
  read_fields(answer.in, kPolicyFields, answer.firewall.policy);
  answer.firewall.has_policy = true;
}

void decode_firewall_policy_response(Answer& answer) {
  read_fields(answer.in, kPolicyResponseFields, answer.firewall.policy);
}

void decode_firewall_rule_group_response(Answer& answer) {
  read_fields(answer.in, kRuleGroupResponseFields, answer.firewall.rule_group);
}

void finish_firewall(Answer& answer, std::size_t place) {
  FirewallParts& parts = answer.firewall;
  finish(answer, parts.has_firewall, parts.firewall, place);
  finish(answer, parts.has_policy, parts.policy, place);
  finish(answer, parts.has_rule_group, parts.rule_group, place);
  parts = {};
}

}  // namespace portolan::collect
