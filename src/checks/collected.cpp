#include "checks/collected.h"

#include <algorithm>
#include <tuple>

#include <fmt/format.h>

namespace portolan::checks {

std::string missing(const Snapshot& snapshot, Noun noun, std::string_view what,
                    const Owned& owned) {
  if (snapshot.coverage().has(noun, owned.account, owned.region)) {
    return {};
  }
  return fmt::format("the {} of {} {} were not collected: {}", what, owned.account.text(),
                     owned.region.text(), call_of(noun));
}

std::string missing_rules(const Snapshot& snapshot, const SecurityGroup& group) {
  static constexpr std::string_view kCode = "rule_not_understood";
  const auto gaps = snapshot.gaps();  // sorted
  const auto found = std::lower_bound(
      gaps.begin(), gaps.end(), std::tuple(kCode, std::string_view(group.id.value)),
      [](const Gap& gap, const std::tuple<std::string_view, std::string_view>& wanted) {
        return std::tuple<std::string_view, std::string_view>(gap.code, gap.resource) < wanted;
      });
  if (found == gaps.end() || found->code != kCode || found->resource != group.id.value) {
    return {};
  }
  return fmt::format("a rule of {} could not be understood", group.id.value);
}

std::string missing_document(const SecurityGroup& group) {
  return group.group_name.empty() ? fmt::format("the document of {} itself was not collected: {}",
                                                group.id.value, call_of(Noun::SecurityGroups))
                                  : std::string();
}

std::string place_id(const Owned& owned) {
  return fmt::format("{}/{}", owned.account.text(), owned.region.text());
}

}  // namespace portolan::checks
