#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "checks/delta.h"
#include "checks/finding_text.h"

namespace portolan::checks {

namespace {

constexpr std::string_view kCheck = "plan-widens-exposure";
constexpr std::size_t kSourcesShown = 20;

using reach::ConnectionChange;
using reach::EndClass;
using reach::Verdict;

/// Who opens a connection, the widest last.
enum class Range : std::uint8_t { Inside, Outside, Internet };

Range range_of(const EndClass& end) {
  if (end.kind != EndClass::Kind::Outside) {
    return Range::Inside;
  }
  return end.block.first().is_public() || end.block == IpPrefix::all(end.block.family())
             ? Range::Internet
             : Range::Outside;
}

Risk risk_of(Range range) {
  static constexpr std::array kRisks = {Risk::Low, Risk::Medium, Risk::High};
  return kRisks[static_cast<std::size_t>(range)];
}

std::string_view text(Range range) {
  static constexpr std::array<std::string_view, 3> kWords = {
      "others inside", "private addresses outside", "the internet"};
  return kWords[static_cast<std::size_t>(range)];
}

std::vector<std::string> ids_of(const EndClass& end) {
  if (end.kind != EndClass::Kind::Interfaces) {
    return {end.kind == EndClass::Kind::Outside ? end.block.text() : end.place.text()};
  }
  std::vector<std::string> ids;
  for (const NetworkInterface* interface : end.interfaces) {
    ids.push_back(interface->id.value);
  }
  return ids;
}

/// What got to each target before, by who opens it: yes, and what depends on the client's port.
class Past {
 public:
  explicit Past(const reach::Moment& moment) : connections_(moment.connections()) {
    for (std::uint32_t number = 0; number < connections_.targets().size(); ++number) {
      for (const std::string& id : ids_of(connections_.targets()[number])) {
        numbers_.emplace(id, number);
      }
    }
  }

  /// What sources of that range or a wider one got to.
  [[nodiscard]] ServiceSet reached(const std::string& target, Range range) {
    const auto number = numbers_.find(target);
    if (number == numbers_.end()) {
      return {};
    }
    const auto [place, is_new] = columns_.try_emplace(number->second);
    if (is_new) {
      place->second = column(number->second);
    }
    ServiceSet all;
    for (std::size_t i = static_cast<std::size_t>(range); i < place->second.size(); ++i) {
      all = all.united(place->second[i]);
    }
    return all;
  }

 private:
  using Column = std::array<ServiceSet, 3>;

  [[nodiscard]] Column column(std::uint32_t number) const {
    Column column;
    for (const reach::Cell& cell : connections_.to(number)) {
      const ServiceSet services = cell.passage.yes.united(cell.passage.depends);
      for (const std::uint32_t source : cell.sources) {
        ServiceSet& known =
            column[static_cast<std::size_t>(range_of(connections_.sources()[source]))];
        known = known.united(services);
      }
    }
    return column;
  }

  const reach::Connections& connections_;
  std::map<std::string, std::uint32_t, std::less<>> numbers_;
  std::map<std::uint32_t, Column> columns_;
};

/// Openings that are told together.
struct Widening {
  std::set<std::string> targets;
  std::set<std::string> sources;
  EndClass source;  // one of them
  EndClass target;
};

class Judge {
 public:
  Judge(const reach::Moment& before, const reach::Moment& after,
        const reach::Difference& difference)
      : before_(before), after_(after), difference_(difference) {}

  std::vector<Finding> run() {
    for (const ConnectionChange& change : difference_.changes()) {
      if (change.after > change.before) {
        add(change);
      }
    }
    std::vector<Finding> findings;
    for (const auto& [key, widening] : widenings_) {
      const auto& [range, is_sure, services] = key;
      findings.push_back(finding_of(range, is_sure, services, widening));
    }
    std::sort(findings.begin(), findings.end(), ranks_before);
    return findings;
  }

 private:
  void add(const ConnectionChange& change) {
    const EndClass target = difference_.target(change.target);
    if (target.kind == EndClass::Kind::Outside || target.is_empty()) {
      return;
    }
    const std::vector<std::string> ids = ids_of(target);
    for (const std::uint32_t number : change.sources) {
      const EndClass source = difference_.source(number);
      if (source.is_empty()) {
        continue;
      }
      const Range range = range_of(source);
      // What was not known before may have been open: nobody can say that the change opens it.
      const bool is_sure = change.after != Verdict::Unknown && change.before != Verdict::Unknown;
      const ServiceSet services = wider(change, ids.front(), range);
      if (services.empty()) {
        continue;
      }
      Widening& widening = widenings_[{range, is_sure, services}];
      if (widening.targets.empty()) {
        widening.source = source;
        widening.target = target;
      }
      widening.targets.insert(ids.begin(), ids.end());
      const std::vector<std::string> sources = ids_of(source);
      widening.sources.insert(sources.begin(), sources.end());
    }
  }

  /// Each connection from the internet counts, of others what nobody of that kind got to.
  [[nodiscard]] ServiceSet wider(const ConnectionChange& change, const std::string& target,
                                 Range range) {
    if (range == Range::Internet) {
      return change.before == Verdict::Depends ? ServiceSet() : change.services;
    }
    if (!past_) {
      past_.emplace(before_);
    }
    return change.services.without(past_->reached(target, range));
  }

  [[nodiscard]] Finding finding_of(Range range, bool is_sure, const ServiceSet& services,
                                   const Widening& widening) const {
    Finding finding = about_target(widening);
    finding.risk = risk_of(range);
    finding.affected = std::vector<std::string>(widening.targets.begin(), widening.targets.end());
    for (const std::string& source : widening.sources) {
      if (finding.witness.size() == kSourcesShown) {
        finding.witness.push_back(
            fmt::format("from {} more", widening.sources.size() - kSourcesShown));
        break;
      }
      finding.witness.push_back("from " + source);
    }
    const std::string more = widening.targets.size() == 1
                                 ? std::string()
                                 : fmt::format(" and {} more", widening.targets.size() - 1);
    const std::string what =
        fmt::format("{} of {}{}", services_text(services), finding.resource, more);
    if (is_sure) {
      finding.message = fmt::format("{} opens to {}", what, text(range));
      finding.fix = "narrow what opens it, or leave that part of the change out";
      return finding;
    }
    return unknown(std::move(finding), risk_of(range),
                   fmt::format("whether {} opens to {} is not known", what, text(range)),
                   {gap_of(widening, services)});
  }

  [[nodiscard]] Finding about_target(const Widening& widening) const {
    const std::string& id = *widening.targets.begin();
    if (const auto* interface = after_.snapshot().find(NetworkInterfaceId{id})) {
      Finding finding = about(kCheck, *interface);
      return finding;
    }
    return about(kCheck, id, Owned{});
  }

  /// What decides, as a trace of one of the pairs tells at the moment that does not know.
  [[nodiscard]] std::string gap_of(const Widening& widening, const ServiceSet& services) const {
    for (const reach::Moment* moment : {&after_, &before_}) {
      const reach::Answer answer =
          reach::trace(moment->network(), widening.source.place, widening.target.place, services);
      if (answer.verdict == Verdict::Unknown) {
        return reason_of(answer);
      }
    }
    return "something on the way was not collected";
  }

  const reach::Moment& before_;
  const reach::Moment& after_;
  const reach::Difference& difference_;
  std::optional<Past> past_;
  std::map<std::tuple<Range, bool, ServiceSet>, Widening> widenings_;
};

}  // namespace

std::vector<Finding> widened(const reach::Moment& before, const reach::Moment& after,
                             const reach::Difference& difference) {
  return Judge(before, after, difference).run();
}

}  // namespace portolan::checks
