#include "checks/each_group.h"

#include "checks/estate.h"

namespace portolan::checks {

void add_unread_groups(const Context& context, const Check& check, std::vector<Finding>& findings) {
  for (const auto& [id, interface] : context.estate().unread_groups()) {
    const std::string gap = fmt::format("{}, which {} has, was not collected: {}", id.value,
                                        interface->id.value, call_of(Noun::SecurityGroups));
    Finding finding = about(check.id, id.value, interface->owned);
    finding.name.clear();
    findings.push_back(unknown(std::move(finding), check.risk,
                               "an interface has the group, of which nothing else is known",
                               {gap}));
  }
}

bool is_made_by_aws(const SecurityGroup& group, const SecurityGroupRule& rule) {
  if (!rule.services.is_all()) {
    return false;
  }
  if (const IpPrefix* block = std::get_if<IpPrefix>(&rule.peer)) {
    return rule.is_egress && block->is_everything();
  }
  const auto* reference = std::get_if<GroupReference>(&rule.peer);
  return group.is_default() && !rule.is_egress && reference != nullptr &&
         reference->group == group.id;
}

}  // namespace portolan::checks
