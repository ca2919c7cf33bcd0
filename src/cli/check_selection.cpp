#include "cli/check_selection.h"

#include <algorithm>

#include <fmt/format.h>

#include "answers/check_json.h"
#include "core/text.h"

namespace portolan::cli {

Result<std::vector<const checks::Check*>> select_checks(const std::vector<std::string>& patterns) {
  const auto all = checks::all_checks();
  std::vector<const checks::Check*> selected;
  for (const std::string& pattern : patterns) {
    const std::size_t before = selected.size();
    std::copy_if(all.begin(), all.end(), std::back_inserter(selected),
                 [&](const checks::Check* check) { return matches_glob(check->id, pattern); });
    if (selected.size() == before) {
      return fail("unknown_check", unknown_check(pattern));
    }
  }
  std::sort(selected.begin(), selected.end(),
            [](const checks::Check* a, const checks::Check* b) { return a->id < b->id; });
  selected.erase(std::unique(selected.begin(), selected.end()), selected.end());
  return selected;
}

std::string unknown_check(std::string_view id) {
  for (const answers::CheckFacts& check : answers::all_check_facts()) {
    if (check.id == id && checks::find_check(id) == nullptr) {
      return fmt::format("`{}` is found by `portolan {}`, it cannot be picked here", id,
                         check.found_by);
    }
  }
  std::vector<std::string> ids;
  for (const checks::Check* check : checks::all_checks()) {
    ids.emplace_back(check->id);
  }
  const std::vector<std::string> near = suggestions(id, ids);
  return fmt::format("`{}` is no check, {}", printable(id),
                     near.empty() ? "`portolan checks` lists all"
                                  : fmt::format("did you mean `{}`", fmt::join(near, "` or `")));
}

}  // namespace portolan::cli
