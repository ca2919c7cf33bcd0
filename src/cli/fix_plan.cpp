#include "cli/fix_plan.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <utility>

#include <fmt/format.h>

#include "checks/delta.h"
#include "core/text.h"
#include "model/change.h"
#include "reach/difference_map.h"
#include "report/patch.h"

namespace portolan::cli {
namespace {

constexpr std::size_t kLinesMost = 12;  // of what closes, for each fix

bool is_same(const Finding& a, const Finding& b) {
  return a.check == b.check && a.resource == b.resource && a.rules == b.rules;
}

/// The finding's check, run anew, fails for it no more.
bool is_gone(const Finding& finding, const reach::Moment& after, const Judged& judged) {
  const checks::Check* check = checks::find_check(finding.check);
  checks::Context context(after.connections(), judged.config);
  context.set_authority(judged.authority);
  const std::vector<Finding> found = check->run(context);
  return std::none_of(found.begin(), found.end(), [&](const Finding& other) {
    return other.outcome != Outcome::Pass && is_same(other, finding);
  });
}

std::vector<std::string> lines_of(const std::vector<reach::ConnectionRow>& rows) {
  std::vector<std::string> lines;
  for (const reach::ConnectionRow& row : rows) {
    lines.push_back(printable(
        fmt::format("{} -> {} {}", row.from.label, row.to.label, row.passage.possible().text())));
  }
  return lines;
}

Fix try_fix(const reach::Moment& moment, const Judged& judged, const Finding& finding,
            checks::Remedy remedy) {
  Fix fix{.finding = &finding, .remedy = std::move(remedy)};
  auto applied = apply_changes(moment.snapshot(), fix.remedy);
  if (!applied) {
    return fix;
  }
  const auto after = moment.next(std::move(applied->snapshot), applied->rows);
  const reach::Difference difference = reach::difference(moment, *after);
  const auto rows = reach::difference_map(*after, difference);
  fix.opened = lines_of(rows.opened);
  fix.closed = lines_of(rows.closed);
  fix.is_gone = is_gone(finding, *after, judged);
  fix.widened = checks::widened(moment, *after, difference);
  return fix;
}

/// Text of the input in a line of Markdown: as code, so that nothing in it is markup.
std::string code(std::string_view text) {
  std::string safe = printable(text);
  std::replace(safe.begin(), safe.end(), '`', '\'');
  return safe.empty() ? std::string() : fmt::format("`{}`", safe);
}

std::string title_of(const Finding& finding) {
  return fmt::format("{} {}: {} {}", text(finding.risk), finding.check, code(finding.resource),
                     code(finding.name));
}

void add_lines(std::string_view what, const std::vector<std::string>& lines, std::string& out) {
  if (lines.empty()) {
    out += fmt::format("- {} nothing\n", what);
    return;
  }
  out += fmt::format("- {}:\n", what);
  for (std::size_t i = 0; i < lines.size() && i < kLinesMost; ++i) {
    out += fmt::format("  - {}\n", code(lines[i]));
  }
  if (lines.size() > kLinesMost) {
    out += fmt::format("  - and {} more\n", lines.size() - kLinesMost);
  }
}

void add_patch(const report::Patch& patch, std::string& out) {
  out += "\n```sh\n";
  for (const std::string& command : patch.commands) {
    out += command + "\n";
  }
  out += "```\n\n```hcl\n" + patch.terraform + "```\n\n```yaml\nResources:\n" +
         patch.cloudformation + "```\n";
}

void add_to_fill_in(const FixPlan& plan, const Snapshot& snapshot, std::string& out) {
  if (plan.to_fill_in.empty()) {
    return;
  }
  out +=
      "\n## To fill in\n\nThese were not tried: what begins with `YOUR_` is yours to choose, or "
      "the setting is none that the network is judged by. Audit again after the change.\n";
  std::size_t count = 0;
  for (const Finding* finding : plan.to_fill_in) {
    if (count++ == kFixesMost) {
      out += fmt::format("\n{} more are not shown.\n", plan.to_fill_in.size() - kFixesMost);
      break;
    }
    out += fmt::format("\n### {}\n\n{}\n", title_of(*finding), code(finding->message));
    add_patch(report::patch_of(snapshot, *finding, {}), out);
  }
}

void add_fix(const Fix& fix, const Snapshot& snapshot, std::size_t number, std::string& out) {
  out += fmt::format("\n## {}. {}\n\n{}\n\n", number, title_of(*fix.finding),
                     code(fix.finding->message));
  out += fmt::format("- the finding {}\n", fix.is_gone ? "is gone" : "is still there");
  add_lines("opens", fix.opened, out);
  add_lines("closes", fix.closed, out);
  out += fix.widened.empty() ? "- plan-widens-exposure passes\n" : "";
  for (const Finding& widening : fix.widened) {
    out += fmt::format("- plan-widens-exposure: {}\n", code(widening.message));
  }
  add_patch(report::patch_of(snapshot, *fix.finding, fix.remedy), out);
}

}  // namespace

FixPlan plan_fixes(const reach::Moment& moment, const Judged& judged,
                   std::span<const Finding> findings) {
  FixPlan plan;
  checks::Context context(moment.connections(), judged.config);
  context.set_authority(judged.authority);
  for (const Finding& finding : findings) {
    if (finding.outcome != Outcome::Fail ||
        checks::find_delta_check(finding.check.text()) != nullptr) {
      continue;
    }
    checks::Remedy remedy = checks::remedy_of(context, finding);
    if (remedy.empty()) {
      const bool is_known = !report::patch_of(moment.snapshot(), finding, {}).empty();
      (is_known ? plan.to_fill_in : plan.for_people).push_back(&finding);
    } else if (plan.fixes.size() == kFixesMost) {
      ++plan.left_out;
    } else {
      plan.fixes.push_back(try_fix(moment, judged, finding, std::move(remedy)));
    }
  }
  return plan;
}

std::string fix_plan_text(const FixPlan& plan, const Snapshot& snapshot,
                          const std::string& source) {
  std::string out = fmt::format(
      "# Fix plan for {}\n\nEach fix stands alone and was tried as a what-if on this inventory: "
      "what it opens and closes is what the whole network permits before and after. Portolan "
      "itself never writes to AWS.\n",
      code(source));
  for (std::size_t i = 0; i < plan.fixes.size(); ++i) {
    add_fix(plan.fixes[i], snapshot, i + 1, out);
  }
  if (plan.left_out > 0) {
    out += fmt::format("\n{} more findings have a fix that is not shown: apply these first.\n",
                       plan.left_out);
  }
  add_to_fill_in(plan, snapshot, out);
  if (!plan.for_people.empty()) {
    out += "\n## For people to decide\n\n";
    for (const Finding* finding : plan.for_people) {
      out += fmt::format("- {}: {}; {}\n", title_of(*finding), code(finding->message),
                         code(finding->fix));
    }
  }
  return out;
}

Result<void> write_file(const std::string& file, const std::string& bytes) {
  const std::string draft = file + ".part";
  std::FILE* out = std::fopen(draft.c_str(), "wb");
  const bool is_written =
      out != nullptr && std::fwrite(bytes.data(), 1, bytes.size(), out) == bytes.size();
  const bool is_closed = out != nullptr && std::fclose(out) == 0;
  if (!is_written || !is_closed || std::rename(draft.c_str(), file.c_str()) != 0) {
    const std::string why = std::strerror(errno);
    std::remove(draft.c_str());
    return fail("cannot_write", "the file cannot be written: " + why, file);
  }
  return {};
}

}  // namespace portolan::cli
