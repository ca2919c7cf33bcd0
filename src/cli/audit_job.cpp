#include "cli/audit_job.h"

#include <algorithm>
#include <iterator>
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

void add_seen(const Finding& finding, store::AuditRun& run) {
  if (finding.outcome == Outcome::Pass) {
    ++run.passed;
  } else {
    run.findings.push_back({.fingerprint = report::fingerprint(finding), .finding = finding});
  }
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

Told tell(std::vector<Finding> findings, const AuditWishes& wishes, Terminal& terminal) {
  checks::Muted muted = checks::apply_mutes(std::move(findings), wishes.mutes, wishes.now);
  for (const checks::Mute* mute : muted.expired) {
    terminal.complain(fmt::format("{}:{}: the mute of {} for {} has expired, ask {}",
                                  wishes.mute_file, mute->line, mute->check, mute->resource,
                                  mute->owner));
  }
  for (const checks::Mute* mute : muted.idle) {
    if (!terminal.is_quiet() && wishes.selected.empty()) {
      terminal.complain(fmt::format("{}:{}: nothing is found that the mute of {} for {} is about",
                                    wishes.mute_file, mute->line, mute->check, mute->resource));
    }
  }
  Told told{.has_expired_mutes = !muted.expired.empty()};
  for (checks::Muted::Silenced& silenced : muted.silenced) {
    told.muted.push_back({.finding = std::move(silenced.finding),
                          .reason = silenced.mute->reason,
                          .owner = silenced.mute->owner,
                          .expires = silenced.mute->expires});
  }
  for (Finding& finding : muted.findings) {
    const bool is_known = wishes.baseline && finding.outcome != Outcome::Pass &&
                          wishes.baseline->contains(report::fingerprint(finding));
    (is_known ? told.known : told.findings).push_back(std::move(finding));
  }
  return told;
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
    run.checks.push_back(check.id);
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
