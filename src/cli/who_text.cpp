#include "cli/who_text.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "core/text.h"
#include "report/report.h"

namespace portolan::cli {
namespace {

using iam::Verdict;
using report::counted;
using report::hanging;
using report::padded;
using report::painted;
using report::Tone;

constexpr std::size_t kVerdictWidth = 10;  // `possible` and two spaces
constexpr std::string_view kLabel = "          ";

Tone tone_of(Verdict verdict) {
  return verdict == Verdict::Always     ? Tone::Bad
         : verdict == Verdict::Possible ? Tone::Warning
                                        : Tone::Faint;
}

/// `role/app/web` of an ARN of IAM, with its account in front if it is not the resource's.
std::string name_of(const iam::Principal& principal) {
  const std::string& arn = principal.caller.name();
  return arn.substr(arn.rfind(':') + 1);
}

std::string resource_text(const iam::Resource& resource) {
  const std::string_view last = resource.arn.resource();
  const std::string id(last.substr(last.find('/') + 1));
  const std::string name =
      resource.name.empty() || resource.name == id ? "" : fmt::format(" ({})", resource.name);
  return fmt::format("{}{}", id, name);
}

std::string actions_text(const answers::Power& power) {
  std::vector<std::string> names;
  for (const iam::ChangeAction& each : power.actions) {
    names.emplace_back(each.action.substr(each.action.find(':') + 1));
  }
  return joined(names, ", ");
}

/// `caller's place: aws:SourceIp; time: aws:CurrentTime`.
std::string makers_text(const std::vector<std::string>& keys) {
  std::map<std::string_view, std::vector<std::string>> by_maker;
  for (const std::string& key : keys) {
    by_maker[iam::text(iam::maker_of(key))].push_back(iam::spelled_key(key));
  }
  std::vector<std::string> parts;
  for (const auto& [maker, names] : by_maker) {
    parts.push_back(fmt::format("{}: {}", maker, joined(names, ", ")));
  }
  return joined(parts, "; ");
}

class Page {
 public:
  explicit Page(const Style& style) : style_(style) {}

  void line(std::string_view text) { out_ += printable(text) + "\n"; }
  void add(std::string_view label, std::string_view text) {
    if (!text.empty()) {
      out_ += hanging(std::string(kLabel) + padded(label, 9), printable(text),
                      static_cast<std::size_t>(style_.width));
    }
  }
  void power(Verdict verdict, const std::string& whose, const answers::Power& power) {
    out_ += painted(padded(iam::text(verdict), kVerdictWidth), tone_of(verdict), style_.colour) +
            painted(printable(whose), Tone::Strong, style_.colour) + "\n";
    add("may", actions_text(power));
    add("if", power.answer.condition);
    add("made by", makers_text(power.answer.keys));
    if (power.answer.decision) {
      add_statements("by", power.answer.decision->granting, iam::PolicyKind::Identity);
    }
    add_statements("escapes", power.escaped, std::nullopt);
    for (const std::string& reason : power.answer.reasons) {
      add("because", reason);
    }
  }
  void detours(const std::string& whose, const std::vector<answers::Detour>& detours) {
    out_ += painted(padded("indirect", kVerdictWidth), Tone::Warning, style_.colour) +
            painted(printable(whose), Tone::Strong, style_.colour) + "\n";
    for (const answers::Detour& detour : detours) {
      add(detour.is_sure ? "by" : "perhaps", detour.path);
      add("if", detour.condition);
    }
  }
  [[nodiscard]] std::string take() { return std::move(out_); }

 private:
  /// Those of one kind, or all.
  void add_statements(std::string_view label, const std::vector<iam::StatementRef>& refs,
                      std::optional<iam::PolicyKind> kind) {
    for (const iam::StatementRef& ref : refs) {
      if (!kind || ref.kind == *kind) {
        add(label, iam::text(ref));
        label = "";
      }
    }
  }

  Style style_;
  std::string out_;
};

std::string head_of(const answers::WhoAnswer& answer) {
  const std::string noun = answer.resource ? "principal" : "resource";
  std::vector<std::string> parts;
  for (const Verdict verdict : {Verdict::Always, Verdict::Possible, Verdict::Unknown}) {
    if (const std::size_t count = answer.count(verdict); count > 0) {
      parts.push_back(fmt::format("{} {}", count, iam::text(verdict)));
    }
  }
  const auto indirect = std::ranges::count_if(answer.reaches, [](const answers::Reach& each) {
    return each.verdict() < Verdict::Possible && !each.detours.empty();
  });
  if (indirect > 0) {
    parts.push_back(fmt::format("{} indirect", indirect));
  }
  const std::string counts = parts.empty() ? "none" : joined(parts, ", ");
  const std::string about = answer.resource
                                ? fmt::format("{} can be changed by", answer.resource->arn.text())
                                : fmt::format("{} can change", answer.principal->caller.name());
  return fmt::format("{}: {} of {}", about, counts, counted(answer.candidates, noun));
}

}  // namespace

std::string who_text(const answers::WhoAnswer& answer, const Style& style) {
  Page page(style);
  page.line(head_of(answer));
  for (const answers::Reach& reach : answer.reaches) {
    const std::string whose =
        answer.resource ? name_of(*reach.principal) : resource_text(reach.resource);
    for (const answers::Power& power : reach.powers) {
      page.power(power.answer.verdict, whose, power);
    }
    if (!reach.detours.empty()) {
      page.detours(whose, reach.detours);
    }
  }
  for (const std::string& door : answer.doors) {
    page.add("internet", door);
  }
  for (const std::string& gap : answer.gaps) {
    page.add("missing", gap);
  }
  return page.take();
}

}  // namespace portolan::cli
