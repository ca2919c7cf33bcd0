#include <map>
#include <variant>

#include "core/text.h"
#include "server/api.h"

namespace portolan::server {
namespace {

namespace json = boost::json;

json::object rule_json(const SecurityGroup& group, const SecurityGroupRule& rule) {
  return {{"id", printable(rule.id.value)},
          {"group", printable(group.id.value)},
          {"group_name", printable(group.group_name)},
          {"direction", rule.is_egress ? "egress" : "ingress"},
          {"services", rule.services.text()},
          {"peer", printable(peer_text(rule.peer))},
          {"description", printable(rule.description)}};
}

}  // namespace

Result<Reply> call_groups(const Asked& asked) {
  const Snapshot& snapshot = asked.estate.snapshot();
  std::map<std::string_view, std::size_t> members;
  for (const NetworkInterface& interface : snapshot.all<NetworkInterface>()) {
    for (const SecurityGroupId& group : interface.groups) {
      ++members[group.value];
    }
  }
  json::array groups;
  for (const SecurityGroup& group : snapshot.all<SecurityGroup>()) {
    groups.push_back(json::object{{"key", printable(group.id.value)},
                                  {"name", printable(group.group_name)},
                                  {"vpc", printable(group.vpc.value)},
                                  {"description", printable(group.description)},
                                  {"members", members[group.id.value]},
                                  {"rules", group.rules.size()}});
  }
  return json_reply(json::object{{"groups", std::move(groups)}});
}

Result<Reply> call_rules(const Asked& asked) {
  json::array rules;
  for (const SecurityGroup& group : asked.estate.snapshot().all<SecurityGroup>()) {
    for (const bool is_egress : {false, true}) {
      for (const SecurityGroupRule& rule : group.rules) {
        if (rule.is_egress == is_egress) {
          rules.push_back(rule_json(group, rule));
        }
      }
    }
  }
  return json_reply(json::object{{"rules", std::move(rules)}});
}

}  // namespace portolan::server
