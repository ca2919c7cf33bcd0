#include "report/gap_lines.h"

#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "core/text.h"
#include "report/report.h"

namespace portolan::report {
namespace {

constexpr std::size_t kSeveral = 4;  // fewer are read sooner than a summary of them
constexpr std::size_t kNamed = 3;    // resources of a group

std::string line(const Gap& gap) {
  return fmt::format("{}{} ({})", gap.resource.empty() ? "" : gap.resource + ": ", gap.message,
                     gap.code);
}

/// `in 17 regions of 3 accounts`: what a call lacks is named by account, region and call.
std::string places(const std::vector<const Gap*>& group) {
  std::set<std::string_view> accounts;
  std::set<std::string_view> regions;
  for (const Gap* gap : group) {
    const auto words = split(gap->resource, ' ');
    accounts.insert(words[0]);
    regions.insert(words.size() > 1 ? words[1] : "");
  }
  return fmt::format("in {} of {}", counted(regions.size(), "region"),
                     counted(accounts.size(), "account"));
}

std::string line(const std::vector<const Gap*>& group) {
  const Gap& first = *group.front();
  if (first.code.starts_with("call_")) {
    return fmt::format("{}, {} ({})", first.message, places(group), first.code);
  }
  if (first.resource.empty()) {
    return fmt::format("{}, {} times ({})", first.message, group.size(), first.code);
  }
  std::vector<std::string> named;
  for (std::size_t i = 0; i < kNamed; ++i) {
    named.push_back(group[i]->resource);
  }
  return fmt::format("{} and {} more: {} ({})", joined(named, ", "), group.size() - kNamed,
                     first.message, first.code);
}

}  // namespace

std::vector<std::string> gap_lines(const std::vector<Gap>& gaps, bool each_alone) {
  std::map<std::pair<std::string_view, std::string_view>, std::vector<const Gap*>> groups;
  for (const Gap& gap : gaps) {
    groups[{gap.code, gap.message}].push_back(&gap);
  }
  std::vector<std::string> lines;
  for (const Gap& gap : gaps) {
    const auto& group = groups[{gap.code, gap.message}];
    const bool is_grouped = !each_alone && group.size() >= kSeveral;
    if (!is_grouped) {
      lines.push_back(line(gap));
    } else if (group.front() == &gap) {
      lines.push_back(line(group));
    }
  }
  return lines;
}

}  // namespace portolan::report
