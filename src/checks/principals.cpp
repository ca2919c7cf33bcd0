#include "checks/principals.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "checks/finding_text.h"
#include "core/text.h"

namespace portolan::checks {
namespace {

using iam::Principal;
using iam::Verdict;

constexpr std::size_t kNamesShown = 4;

Risk lower(Risk risk) {
  return risk == Risk::Info ? risk : static_cast<Risk>(static_cast<int>(risk) - 1);
}

class Run {
 public:
  Run(const Context& context, const PrincipalQuestion& question)
      : question_(question), authorities_(context.authorities()) {
    for (const SecurityGroup& group : context.snapshot().all<SecurityGroup>()) {
      accounts_.insert(group.owned.account);
    }
  }

  std::vector<Finding> run() {
    std::vector<Finding> findings;
    for (const AccountId& account : accounts_) {
      if (!account.text().empty()) {
        judge(account, findings);
      }
    }
    return findings;
  }

 private:
  [[nodiscard]] Finding about_account(const AccountId& account) const {
    return {.check = std::string(question_.check),
            .resource = account.text(),
            .account = account,
            .fix = std::string(question_.fix)};
  }

  [[nodiscard]] Risk grade_of_doubt() const {
    return authorities_.has_intent() ? question_.risk : Risk::Info;
  }

  void judge(const AccountId& account, std::vector<Finding>& findings) const {
    if (!authorities_.is_known() || !authorities_.knows(account.text())) {
      findings.push_back(unknown(about_account(account), grade_of_doubt(),
                                 fmt::format("who can change {} is not known", question_.things),
                                 {no_details_of(account.text())}));
      return;
    }
    std::map<Verdict, std::vector<std::size_t>> able;
    for (std::size_t p = 0; p < authorities_.directory().principals.size(); ++p) {
      const FieldPower& power = authorities_.beyond_intent(question_.field, p);
      if (authorities_.directory().principals[p].caller.account == account.text() &&
          power.verdict != Verdict::Never) {
        able[power.verdict].push_back(p);
      }
    }
    if (able.empty()) {
      findings.push_back(passed(about_account(account),
                                fmt::format("nobody can change {} but who may", question_.things)));
      return;
    }
    if (able.contains(Verdict::Unknown)) {
      findings.push_back(doubt(account, able[Verdict::Unknown]));
      able.erase(Verdict::Unknown);
    }
    if (authorities_.has_intent()) {
      for (const auto& [verdict, principals] : able) {
        for (const std::size_t principal : principals) {
          findings.push_back(told(account, principal));
        }
      }
    } else if (!able.empty()) {
      findings.push_back(for_the_record(account, able));
    }
  }

  /// Those of whom it is not known, with all reasons.
  [[nodiscard]] Finding doubt(const AccountId& account,
                              const std::vector<std::size_t>& principals) const {
    std::set<std::string> gaps;
    Finding finding = about_account(account);
    for (const std::size_t p : principals) {
      const auto& reasons = authorities_.beyond_intent(question_.field, p).reasons;
      gaps.insert(reasons.begin(), reasons.end());
      finding.affected.push_back(authorities_.directory().principals[p].caller.name());
    }
    if (authorities_.lacks_organization()) {
      gaps.insert("the organization was not collected: its policies may deny");
    }
    return unknown(
        std::move(finding), grade_of_doubt(),
        fmt::format("whether {} {} can change {} is not known", principals.size(),
                    principals.size() == 1 ? "principal" : "principals", question_.things),
        {gaps.begin(), gaps.end()});
  }

  [[nodiscard]] Finding for_the_record(
      const AccountId& account, const std::map<Verdict, std::vector<std::size_t>>& able) const {
    Finding finding = about_account(account);
    std::size_t count = 0;
    std::vector<std::string> names;
    for (const auto& [verdict, principals] : able) {
      for (const std::size_t p : principals) {
        const Principal& principal = authorities_.directory().principals[p];
        ++count;
        names.push_back(name_of(principal));
        finding.affected.push_back(principal.caller.name());
      }
    }
    std::ranges::sort(finding.affected);
    std::ranges::sort(names);
    finding.outcome = Outcome::Fail;
    finding.risk = Risk::Info;
    finding.message = fmt::format(
        "{} {} can change {}, and nobody said who may: {}", count,
        count == 1 ? "principal" : "principals", question_.things,
        joined({names.begin(),
                names.begin() + static_cast<std::ptrdiff_t>(std::min(names.size(), kNamesShown))},
               ", ") +
            (names.size() > kNamesShown ? fmt::format(" and {} more", names.size() - kNamesShown)
                                        : ""));
    return finding;
  }

  [[nodiscard]] Finding told(const AccountId& account, std::size_t number) const {
    const Principal& principal = authorities_.directory().principals[number];
    const FieldPower& power = authorities_.beyond_intent(question_.field, number);
    Finding finding{.check = std::string(question_.check),
                    .resource = principal.caller.name(),
                    .name = name_of(principal),
                    .account = account,
                    .outcome = Outcome::Fail,
                    .risk = question_.risk,
                    .affected = power.examples,
                    .fix = std::string(question_.fix)};
    std::ranges::sort(finding.affected);
    const std::string what =
        fmt::format("{} of {} {}", actions_text(power.actions), power.resources,
                    power.resources == 1 ? "resource" : "resources");
    if (principal.caller.is_service_linked()) {
      finding.risk = Risk::Info;
      finding.message =
          fmt::format("a service's own role can change {}: {}", question_.things, what);
    } else if (power.verdict == Verdict::Possible) {
      finding.risk = lower(question_.risk);
      finding.message = fmt::format("it may not change {}, but can if {}: {}", question_.things,
                                    power.condition, what);
    } else {
      finding.message = fmt::format("it may not change {}, but can: {}", question_.things, what);
    }
    return finding;
  }

  const PrincipalQuestion& question_;
  const Authorities& authorities_;
  std::set<AccountId> accounts_;
};

}  // namespace

std::vector<Finding> judge_principals(const Context& context, const PrincipalQuestion& question) {
  return Run(context, question).run();
}

}  // namespace portolan::checks
