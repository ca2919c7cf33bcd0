#include "server/estate.h"

#include <utility>

#include <fmt/format.h>

#include "checks/policy.h"
#include "checks/remedy.h"
#include "checks/standing.h"
#include "model/change_text.h"

namespace portolan::server {
namespace {

report::AuditCheck audit_check(const checks::Check& check) {
  return {.id = std::string(check.id),
          .title = std::string(check.title),
          .risk = check.risk,
          .why = std::string(check.why),
          .fix = std::string(check.fix),
          .references = {check.references.begin(), check.references.end()}};
}

/// Names what comes of `hash` by these edits.
std::string hash_after(const std::string& hash, const std::vector<Change>& changes) {
  std::string name = hash;
  for (const Change& change : changes) {
    name += '\n' + text(change);
  }
  return tag_of(name) + tag_of(name + '\n');
}

}  // namespace

std::shared_ptr<const Estate> Estate::first(std::shared_ptr<const Setting> setting,
                                            Reading reading) {
  if (reading.directory == nullptr) {
    reading.directory = std::make_shared<const iam::Directory>();
  }
  std::shared_ptr<Estate> estate(new Estate(std::move(setting), std::move(reading.directory)));
  estate->hash_ = std::move(reading.hash);
  estate->moment_ = reach::Moment::of(std::move(reading.snapshot), kThreads);
  estate->judge(std::move(reading.diagnostics), reading.resources);
  return estate;
}

std::shared_ptr<const Estate> Estate::next(Reading reading, std::uint64_t sequence) const {
  auto directory = reading.directory == nullptr ? directory_ : std::move(reading.directory);
  std::shared_ptr<Estate> estate(new Estate(setting_, std::move(directory)));
  estate->hash_ = std::move(reading.hash);
  estate->sequence_ = sequence;
  estate->chart_before_ = last_chart();
  const RowChanges rows = compare(snapshot(), reading.snapshot);
  Result<Applied> applied = fail("known_differently", "what is known beside the rows differs");
  if (!rows.is_known_differently) {
    applied = apply_changes(snapshot(), as_changes(rows));
  }
  if (applied) {
    Snapshot after = std::move(applied->snapshot).knowing_what(reading.snapshot);
    estate->moment_ = moment_->next(std::move(after), applied->rows, kThreads);
  } else {
    estate->moment_ = reach::Moment::of(std::move(reading.snapshot), kThreads);
  }
  estate->judge(std::move(reading.diagnostics), reading.resources);
  return estate;
}

Result<std::shared_ptr<const Estate>> Estate::after(const std::vector<Change>& changes,
                                                    std::uint64_t sequence) const {
  Applied applied = TRY(apply_changes(snapshot(), changes));
  std::shared_ptr<Estate> estate(new Estate(setting_, directory_));
  estate->chart_before_ = last_chart();
  estate->hash_ = hash_after(hash_, changes);
  estate->sequence_ = sequence;
  estate->moment_ = moment_->next(std::move(applied.snapshot), applied.rows, kThreads);
  estate->judge(audit_.diagnostics, audit_.resources);
  return std::shared_ptr<const Estate>(std::move(estate));
}

void Estate::judge(std::vector<Diagnostic> diagnostics, std::size_t resources) {
  const checks::Config& config = setting_->judging.config;
  checks::Context context(moment_->connections(), config);
  context.set_authority(authority());
  audit_.source = setting_->source;
  audit_.version = setting_->version;
  audit_.now = config.now.value_or(Time());
  audit_.findings = checks::audit(context, setting_->judging.policy);
  audit_.standings = checks::rank(context, audit_.findings);
  audit_.gaps.assign(snapshot().gaps().begin(), snapshot().gaps().end());
  audit_.diagnostics = std::move(diagnostics);
  audit_.resources = resources;
  for (const checks::Check* check : checks::all_checks()) {
    audit_.checks.push_back(audit_check(*check));
  }
  audit_.patch_of = [this](const Finding& finding) { return patch_of(finding); };
}

report::Patch Estate::patch_of(const Finding& finding) const {
  const std::scoped_lock lock(patching_mutex_);  // a context keeps what it has looked up
  const checks::Context& context = *patching_.get([&] {
    auto made = std::make_unique<checks::Context>(moment_->connections(), setting_->judging.config);
    made->set_authority(authority());
    return made;
  });
  return report::patch_of(context.snapshot(), finding, checks::remedy_of(context, finding));
}

const reach::ConnectionTotals& Estate::totals() const {
  return totals_.get([&] { return moment_->connections().totals(kThreads); });
}

const iam::Escalation& Estate::escalation() const {
  return escalation_.get(
      [&] { return iam::Escalation(directory(), iam::instances_with_roles(snapshot())); });
}

ChartPtr Estate::last_chart() const {
  const auto* const drawing = drawing_.made();
  return drawing != nullptr ? (*drawing)->shared_chart() : chart_before_;
}

const Drawing& Estate::drawing() const {
  return *drawing_.get([&] {
    const auto make = [&](const chart::Traffic& traffic) {
      // What stays keeps its place.
      return chart::make_chart({.traffic = traffic,
                                .findings = audit_.findings,
                                .config = setting_->judging.config,
                                .before = chart_before_.get()});
    };
    return std::make_unique<Drawing>(moment_->connections(), kThreads, make);
  });
}

}  // namespace portolan::server
