#include <algorithm>
#include <optional>

#include "answers/check_json.h"
#include "core/text.h"
#include "server/api.h"

namespace portolan::server {
namespace {

constexpr std::size_t kPageMost = 1000;
constexpr std::size_t kPage = 100;

char lower(char letter) {
  return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + 32) : letter;
}

bool contains(std::string_view text, std::string_view part) {
  return std::search(text.begin(), text.end(), part.begin(), part.end(),
                     [](char a, char b) { return lower(a) == lower(b); }) != text.end();
}

/// What of the findings is wanted.
struct Wanted {
  std::string words;     // anywhere in it, whatever the case
  std::string check;     // its id; `*` and `?` stand for any characters
  std::string resource;  // that it is about, or that it names
  std::optional<Risk> least;

  [[nodiscard]] bool has(const Finding& finding) const {
    return finding.outcome != Outcome::Pass && (!least || finding.risk >= *least) &&
           (check.empty() || matches_glob(finding.check, check)) && is_about(finding) &&
           (words.empty() || contains(finding.check, words) || contains(finding.message, words) ||
            contains(finding.resource, words) || contains(finding.name, words));
  }

 private:
  [[nodiscard]] bool is_about(const Finding& finding) const {
    return resource.empty() || finding.resource == resource ||
           std::find(finding.affected.begin(), finding.affected.end(), resource) !=
               finding.affected.end() ||
           std::any_of(finding.rules.begin(), finding.rules.end(),
                       [&](const FindingRule& rule) { return rule.holder == resource; });
  }
};

Result<Wanted> wanted_of(const RequestTarget& target) {
  Wanted wanted{.words = target.value("q").value_or(""),
                .check = target.value("check").value_or(""),
                .resource = target.value("resource").value_or("")};
  if (const auto risk = target.value("risk")) {
    wanted.least = parse_risk(*risk);
    if (!wanted.least) {
      return fail("bad_risk", "a risk is info, low, medium, high or critical");
    }
  }
  return wanted;
}

}  // namespace

Result<Reply> call_findings(const Asked& asked) {
  const Wanted wanted = TRY(wanted_of(asked.target));
  const std::size_t offset = TRY(number_of(asked.target, "offset", 0, SIZE_MAX));
  const std::size_t limit = TRY(number_of(asked.target, "limit", kPage, kPageMost));
  const report::AuditReport& audit = asked.estate.audit();
  std::size_t total = 0;
  std::string rows;
  for (std::size_t i = 0; i < audit.findings.size(); ++i) {
    if (!wanted.has(audit.findings[i])) {
      continue;
    }
    if (total >= offset && total - offset < limit) {
      rows += rows.empty() ? "\n" : ",\n";
      rows += report::audit_finding_json(audit, i);
    }
    ++total;
  }
  return text_reply("{\"total\":" + std::to_string(total) + ",\"findings\":[" + rows +
                    (rows.empty() ? "]}\n" : "\n]}\n"));
}

std::string findings_about(const report::AuditReport& audit, const std::string& resource) {
  const Wanted wanted{.resource = resource};
  std::string rows;
  for (std::size_t i = 0; i < audit.findings.size(); ++i) {
    if (wanted.has(audit.findings[i])) {
      rows += rows.empty() ? "" : ",";
      rows += report::audit_finding_json(audit, i);
    }
  }
  return "[" + rows + "]";
}

Result<Reply> call_check(const Asked& asked) {
  for (const answers::CheckFacts& check : answers::all_check_facts()) {
    if (check.id == asked.key) {
      return json_reply(answers::check_json(check));
    }
  }
  return fail("unknown_check", "there is no such check; `portolan checks` lists all");
}

}  // namespace portolan::server
