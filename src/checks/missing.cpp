#include "checks/missing.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include <fmt/format.h>

namespace portolan::checks {

std::string not_collected(Noun noun, const Owned& owned) {
  std::string text = fmt::format("{} was not collected", call_of(noun));
  if (owned.account.known() && owned.region.known()) {
    text += fmt::format(" for {} in {}", owned.account.text(), owned.region.text());
  }
  return text;
}

bool is_missing(const Context& context, Noun noun, const Owned& owned) {
  return !context.snapshot().coverage().has(noun, owned.account, owned.region);
}

Finding unread(Finding finding, const Need& need) {
  std::string gap =
      not_collected(need.noun, {.account = finding.account, .region = finding.region});
  std::string message = fmt::format("{}: {}", need.unsaid, gap);
  return unknown(std::move(finding), need.risk, std::move(message), {std::move(gap)});
}

bool has_gap(const Snapshot& snapshot, std::string_view code, std::string_view resource) {
  const auto gaps = snapshot.gaps();
  const auto found = std::lower_bound(
      gaps.begin(), gaps.end(), std::tuple(code, resource), [](const Gap& gap, const auto& key) {
        return std::tuple<std::string_view, std::string_view>(gap.code, gap.resource) < key;
      });
  return found != gaps.end() && found->code == code && found->resource == resource;
}

}  // namespace portolan::checks
