#include <algorithm>
#include <map>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "checks/collected.h"
#include "checks/delta.h"
#include "checks/finding_text.h"

namespace portolan::checks {

namespace {

constexpr std::string_view kCheck = "drift-from-baseline";

enum class Fate : std::uint8_t { Fresh, Fixed, Changed, Unchanged, Unsure };

/// What became of the findings of one account and region.
struct Tally {
  std::map<Fate, std::size_t> counts;
  std::vector<std::string> lines;  // of all but what is unchanged
  std::set<std::string> gaps;

  [[nodiscard]] std::size_t of(Fate fate) const {
    const auto found = counts.find(fate);
    return found == counts.end() ? 0 : found->second;
  }
};

std::string sort_of(Outcome outcome, Risk risk) {
  return outcome == Outcome::Unknown ? fmt::format("unknown {}", portolan::text(risk))
                                     : std::string(portolan::text(risk));
}

class Comparer {
 public:
  Comparer(std::span<const Present> now, const std::set<std::string, std::less<>>& ran)
      : ran_(ran) {
    for (const Present& present : now) {
      if (present.finding->outcome != Outcome::Pass) {
        present_.emplace(present.id, &present);
      }
      if (present.finding->outcome == Outcome::Unknown) {
        undecided_.emplace(present.finding->check.text(), present.finding->resource);
      }
      if (!present.finding->account.text().empty()) {
        places_.insert(place_of(*present.finding));
      }
    }
  }

  Drift run(std::span<const Earlier> before, std::span<const Present> now) {
    std::set<std::string_view> known;
    for (const Earlier& earlier : before) {
      if (find_delta_check(earlier.check) == nullptr && known.insert(earlier.id).second) {
        follow(earlier);
      }
    }
    for (const Present& present : now) {
      const Finding& finding = *present.finding;
      tallies_[place_of(finding)];
      if (finding.outcome != Outcome::Pass && !present.is_muted && !known.contains(present.id)) {
        add(Fate::Fresh, place_of(finding),
            fmt::format("new: {} {} {}", sort_of(finding.outcome, finding.risk),
                        finding.check.text(), finding.resource));
      }
    }
    return told();
  }

 private:
  using Where = std::pair<AccountId, Region>;

  template <class Any>
  static Where place_of(const Any& finding) {
    return {finding.account, finding.region};
  }

  /// What an earlier finding is now.
  void follow(const Earlier& earlier) {
    const auto found = present_.find(earlier.id);
    const std::string what = fmt::format("{} {}", earlier.check, earlier.resource);
    if (found != present_.end()) {
      const Finding* now = found->second->finding;
      const bool is_same = now->outcome == earlier.outcome && now->risk == earlier.risk;
      add(is_same ? Fate::Unchanged : Fate::Changed, place_of(*now),
          fmt::format("changed: {} -> {} {}", sort_of(earlier.outcome, earlier.risk),
                      sort_of(now->outcome, now->risk), what));
      return;
    }
    const std::string doubt = doubt_about(earlier);
    if (doubt.empty()) {
      add(Fate::Fixed, place_of(earlier),
          fmt::format("fixed: {} {}", sort_of(earlier.outcome, earlier.risk), what));
    } else {
      add(Fate::Unsure, place_of(earlier),
          fmt::format("not known: {} {}", sort_of(earlier.outcome, earlier.risk), what));
      tallies_[place_of(earlier)].gaps.insert(doubt);
    }
  }

  /// Why nobody can say that what is not found any longer is in order.
  [[nodiscard]] std::string doubt_about(const Earlier& earlier) const {
    if (!ran_.contains(earlier.check)) {
      return fmt::format("{} did not run", earlier.check);
    }
    if (!earlier.account.text().empty() && !places_.contains(place_of(earlier))) {
      return fmt::format("nothing of {} {} was judged", earlier.account.text(),
                         earlier.region.text());
    }
    if (undecided_.contains({earlier.check, earlier.resource})) {
      return fmt::format("{} cannot judge {} now", earlier.check, earlier.resource);
    }
    return {};
  }

  void add(Fate fate, const Where& where, std::string line) {
    Tally& tally = tallies_[where];
    ++tally.counts[fate];
    if (fate != Fate::Unchanged) {
      tally.lines.push_back(std::move(line));
    }
  }

  Drift told() {
    Drift drift;
    for (auto& [where, tally] : tallies_) {
      const Drift counts{.findings = {},
                         .fresh = tally.of(Fate::Fresh),
                         .fixed = tally.of(Fate::Fixed),
                         .changed = tally.of(Fate::Changed),
                         .unchanged = tally.of(Fate::Unchanged),
                         .unsure = tally.of(Fate::Unsure)};
      drift.fresh += counts.fresh;
      drift.fixed += counts.fixed;
      drift.changed += counts.changed;
      drift.unchanged += counts.unchanged;
      drift.unsure += counts.unsure;
      drift.findings.push_back(finding_of(where, counts, tally));
    }
    std::sort(drift.findings.begin(), drift.findings.end(), ranks_before);
    return drift;
  }

  static Finding finding_of(const Where& where, const Drift& counts, Tally& tally) {
    const Owned owned{.account = where.first, .region = where.second, .tags = {}};
    const bool is_everywhere = owned.region.text().empty();  // as what is about principals
    Finding finding =
        about(kCheck, is_everywhere ? std::string(owned.account.text()) : place_id(owned), owned);
    finding.message = "since the baseline: " + counts.text();
    std::sort(tally.lines.begin(), tally.lines.end());
    finding.witness = std::move(tally.lines);
    if (counts.fresh + counts.fixed + counts.changed > 0) {
      finding.risk = Risk::Info;
      finding.fix =
          "look at what is new or changed; where it is meant, write the baseline anew with "
          "`portolan audit --format json`";
      return finding;
    }
    if (counts.unsure > 0) {
      return unknown(std::move(finding), Risk::Info, "since the baseline: " + counts.text(),
                     {tally.gaps.begin(), tally.gaps.end()});
    }
    return passed(std::move(finding), "since the baseline: " + counts.text());
  }

  const std::set<std::string, std::less<>>& ran_;
  std::unordered_map<std::string_view, const Present*> present_;
  std::set<std::pair<std::string, std::string>> undecided_;
  std::set<Where> places_;
  std::map<Where, Tally> tallies_;
};

}  // namespace

bool is_worse(const Finding& finding, const Earlier& earlier) {
  return finding.outcome == Outcome::Fail &&
         (earlier.outcome != Outcome::Fail || finding.risk > earlier.risk);
}

std::string Drift::text() const {
  const std::string doubt = unsure == 0 ? "" : fmt::format(", {} not known", unsure);
  return fmt::format("{} new, {} fixed, {} changed, {} unchanged{}", fresh, fixed, changed,
                     unchanged, doubt);
}

Drift drift(std::span<const Earlier> before, std::span<const Present> now,
            const std::set<std::string, std::less<>>& ran) {
  return Comparer(now, ran).run(before, now);
}

}  // namespace portolan::checks
