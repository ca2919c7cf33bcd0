#include "checks/group_rules.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace portolan::checks {

std::string unread_rule(const Snapshot& snapshot, const SecurityGroup& group) {
  const Gap wanted{.code = "rule_not_understood", .resource = group.id.value, .message = {}};
  const auto gaps = snapshot.gaps();
  const auto found = std::lower_bound(gaps.begin(), gaps.end(), wanted);
  const bool is_there =
      found != gaps.end() && found->code == wanted.code && found->resource == wanted.resource;
  return is_there ? fmt::format("a rule of {} could not be understood", group.id.value)
                  : std::string();
}

std::string missing_interfaces(const Snapshot& snapshot, const SecurityGroup& group) {
  const Owned& owned = group.owned;
  if (snapshot.coverage().has(Noun::NetworkInterfaces, owned.account, owned.region)) {
    return {};
  }
  return fmt::format("the interfaces of {} {} were not collected: {}", owned.account.text(),
                     owned.region.text(), call_of(Noun::NetworkInterfaces));
}

Finding unread(std::string_view check, const SecurityGroup& group, std::string gap) {
  Finding finding = about(check, group);
  finding.rules = {{.id = group.id.value + "/unread",
                    .holder = group.id.value,
                    .peer = "not understood",
                    .services = "not understood"}};
  finding.fix = fmt::format(
      "collect the group again: aws ec2 describe-security-groups --group-ids {}", group.id.value);
  std::string message = fmt::format("{}, so what it lets through is not known", gap);
  return unknown(std::move(finding), Risk::Medium, std::move(message), {std::move(gap)});
}

}  // namespace portolan::checks
