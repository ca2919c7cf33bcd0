#include "cli/audit_job.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "cli/baseline.h"
#include "cli/check_selection.h"
#include "cli/clock.h"
#include "cli/config.h"
#include "cli/mute_file.h"
#include "cli/roles_file.h"
#include "collect/collect.h"
#include "core/text.h"
#include "store/store.h"

namespace portolan::cli {
namespace {

constexpr std::string_view kDrift = "drift-from-baseline";

Result<const checks::Framework*> framework_of(const std::string& id) {
  const checks::Framework* framework = checks::find_framework(id);
  if (framework == nullptr) {
    std::vector<std::string> known;
    for (const checks::Framework& each : checks::frameworks()) {
      known.emplace_back(each.id);
    }
    return fail("unknown_framework", fmt::format("there is no framework `{}`, known are {}",
                                                 printable(id), fmt::join(known, ", ")));
  }
  return framework;
}

/// The checks of the framework, of those that were asked for by name.
std::vector<const checks::Check*> narrowed(const checks::Framework& framework,
                                           const std::vector<const checks::Check*>& selected) {
  std::vector<const checks::Check*> checks = checks::checks_of(framework);
  if (!selected.empty()) {
    std::erase_if(checks, [&](const checks::Check* check) {
      return std::find(selected.begin(), selected.end(), check) == selected.end();
    });
  }
  return checks;
}

/// What is found of two audits is no part of either.
void add_seen(const Finding& finding, store::AuditRun& run) {
  if (checks::find_delta_check(finding.check.text()) != nullptr) {
    return;
  }
  if (finding.outcome == Outcome::Pass) {
    ++run.passed;
  } else {
    run.findings.push_back({.fingerprint = report::fingerprint(finding), .finding = finding});
  }
}

void complain_of_expired(const checks::Mute& mute, const AuditWishes& wishes, Terminal& terminal) {
  terminal.complain(fmt::format("{}:{}: the mute of {} for {} has expired, ask {}",
                                wishes.mute_file, mute.line, mute.check, mute.resource,
                                mute.owner));
}

void complain_of_mutes(const checks::Muted& muted, const AuditWishes& wishes, Terminal& terminal) {
  for (const checks::Mute* mute : muted.expired) {
    complain_of_expired(*mute, wishes, terminal);
  }
  for (const checks::Mute* mute : muted.idle) {
    const bool is_of_drift = matches_glob(kDrift, mute->check);  // which is judged later
    if (!terminal.is_quiet() && wishes.selected.empty() && !is_of_drift) {
      terminal.complain(fmt::format("{}:{}: nothing is found that the mute of {} for {} is about",
                                    wishes.mute_file, mute->line, mute->check, mute->resource));
    }
  }
}

report::MutedFinding muted_finding(checks::Muted::Silenced silenced) {
  return {.finding = std::move(silenced.finding),
          .reason = silenced.mute->reason,
          .owner = silenced.mute->owner,
          .expires = silenced.mute->expires};
}

bool is_known(const Finding& finding, const AuditWishes& wishes) {
  if (!wishes.baseline || finding.outcome == Outcome::Pass) {
    return false;
  }
  const auto earlier = wishes.baseline->find(report::fingerprint(finding));
  return earlier != wishes.baseline->end() && !checks::is_worse(finding, earlier->second);
}

std::optional<checks::Drift> drift_of(const checks::Muted& muted, const AuditWishes& wishes,
                                      const std::vector<report::AuditCheck>& ran) {
  const auto& baseline = wishes.baseline ? wishes.baseline : wishes.last_run;
  if (!baseline) {
    return std::nullopt;
  }
  std::vector<checks::Earlier> before;
  for (const auto& [id, earlier] : *baseline) {
    before.push_back(earlier);
  }
  std::sort(before.begin(), before.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
  std::vector<checks::Present> now;
  const auto add = [&](const Finding& finding, bool is_muted) {
    now.push_back({.id = finding.outcome == Outcome::Pass ? "" : report::fingerprint(finding),
                   .finding = &finding,
                   .is_muted = is_muted});
  };
  for (const Finding& finding : muted.findings) {
    add(finding, false);
  }
  for (const checks::Muted::Silenced& silenced : muted.silenced) {
    add(silenced.finding, true);
  }
  std::set<std::string, std::less<>> ids;
  for (const report::AuditCheck& check : ran) {
    ids.insert(check.id);
  }
  return checks::drift(before, now, ids);
}

}  // namespace

Result<AuditWishes> audit_wishes(const Invocation& invocation) {
  AuditWishes wishes;
  wishes.now = invocation.has("now") ? TRY(Time::parse(invocation.value("now"))) : current_time();
  wishes.threshold = *parse_risk(invocation.value("fail-on", text(Risk::Low)));
  wishes.selected = TRY(select_checks(invocation.values("check")));
  if (invocation.has("framework")) {
    wishes.framework = TRY(framework_of(invocation.value("framework")));
    wishes.selected = narrowed(*wishes.framework, wishes.selected);
    if (wishes.selected.empty()) {
      return fail("usage", "no control of the framework is decided by these checks");
    }
  }
  if (invocation.has("config")) {
    Settings settings = TRY(read_settings(invocation.value("config")));
    wishes.config = std::move(settings.config);
    wishes.policy = std::move(settings.policy);
    wishes.allowed = std::move(settings.allowed);
  }
  if (invocation.has("allowed")) {
    wishes.allowed = TRY(read_roles(invocation.value("allowed")));
  }
  if (wishes.framework != nullptr) {
    wishes.policy.allowed_ports.clear();  // a benchmark allows what it says and no more
  }
  wishes.config.now = wishes.config.now.value_or(wishes.now);
  if (invocation.has("mute")) {
    wishes.mutes = TRY(read_mutes(invocation.value("mute")));
    wishes.mute_file = invocation.value("mute") == "-" ? "stdin" : invocation.value("mute");
  }
  if (invocation.has("baseline")) {
    wishes.baseline = TRY(read_baseline(invocation.value("baseline")));
  }
  return wishes;
}

Told tell(std::vector<Finding> findings, const AuditWishes& wishes,
          const std::vector<report::AuditCheck>& ran, Terminal& terminal) {
  checks::Muted muted = checks::apply_mutes(std::move(findings), wishes.mutes, wishes.now);
  complain_of_mutes(muted, wishes, terminal);
  Told told{.has_expired_mutes = !muted.expired.empty()};
  told.drift = drift_of(muted, wishes, ran);
  for (checks::Muted::Silenced& silenced : muted.silenced) {
    told.muted.push_back(muted_finding(std::move(silenced)));
  }
  for (Finding& finding : muted.findings) {
    (is_known(finding, wishes) ? told.known : told.findings).push_back(std::move(finding));
  }
  return told;
}

void tell_drift(const AuditWishes& wishes, Told& told, report::AuditReport& report,
                Terminal& terminal) {
  if (!told.drift) {
    return;
  }
  const checks::DeltaCheck& check = *checks::find_delta_check(kDrift);
  report.drift = told.drift->text();
  report.checks.push_back({.id = std::string(check.id),
                           .title = std::string(check.title),
                           .risk = check.risk,
                           .why = std::string(check.why),
                           .fix = std::string(check.fix),
                           .references = {check.references.begin(), check.references.end()}});
  std::sort(report.checks.begin(), report.checks.end(),
            [](const auto& a, const auto& b) { return a.id < b.id; });
  const auto severity = wishes.policy.severity.find(std::string(kDrift));
  for (Finding& finding : told.drift->findings) {
    if (finding.outcome != Outcome::Pass && severity != wishes.policy.severity.end()) {
      finding.risk = severity->second;
    }
  }
  checks::Muted muted =
      checks::apply_mutes(std::move(told.drift->findings), wishes.mutes, wishes.now);
  for (const checks::Mute* mute : muted.expired) {
    told.has_expired_mutes = true;
    if (mute->check == kDrift) {  // of a wider one it was said already
      complain_of_expired(*mute, wishes, terminal);
    }
  }
  for (checks::Muted::Silenced& silenced : muted.silenced) {
    report.muted.push_back(muted_finding(std::move(silenced)));
  }
  for (Finding& finding : muted.findings) {
    const auto place =
        std::upper_bound(report.findings.begin(), report.findings.end(), finding, ranks_before);
    report.findings.insert(place, std::move(finding));
  }
}

std::vector<report::AuditControl> audit_controls(const checks::Framework& framework,
                                                 const std::vector<Finding>& findings,
                                                 const Snapshot& snapshot) {
  std::vector<report::AuditControl> controls;
  for (const checks::ControlResult& result :
       checks::judge_framework(framework, findings, snapshot)) {
    controls.push_back({.id = result.control->id,
                        .title = std::string(result.control->title),
                        .status = std::string(checks::text(result.status)),
                        .failed = result.failed,
                        .unknown = result.unknown,
                        .passed = result.passed});
  }
  return controls;
}

Result<void> record_audit(const std::string& store, const report::AuditReport& report,
                          const Told& told) {
  store::AuditRun run{.time = report.now,
                      .source = report.source,
                      .version = report.version,
                      .resources = report.resources,
                      .checks = {},
                      .findings = {}};
  for (const report::AuditCheck& check : report.checks) {
    if (checks::find_delta_check(check.id) == nullptr) {
      run.checks.push_back(check.id);
    }
  }
  for (const auto* list : {&report.findings, &told.known}) {
    for (const Finding& finding : *list) {
      add_seen(finding, run);
    }
  }
  for (const report::MutedFinding& muted : report.muted) {
    add_seen(muted.finding, run);
  }
  std::vector<store::StoredDocument> documents;
  if (auto folder = collect::read_folder(report.source)) {
    for (collect::Document& document : folder->documents) {
      documents.push_back({.path = std::move(document.path), .bytes = std::move(document.bytes)});
    }
  }
  store::Store opened = TRY(store::Store::open(store));
  return opened.record(run, documents).map([](std::int64_t) {});
}

}  // namespace portolan::cli
