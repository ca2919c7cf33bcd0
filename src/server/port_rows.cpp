#include "server/port_rows.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/text.h"
#include "reach/reach.h"
#include "report/report.h"

namespace portolan::server {
namespace {

namespace json = boost::json;

constexpr std::size_t kExplainedMost = 200;
/// Ports of one row may be let through by several rules; more than that are not told.
constexpr std::size_t kRulesMost = 4;

/// A rule of a group that is there.
struct HeldRule {
  const SecurityGroup* group = nullptr;
  const SecurityGroupRule* rule = nullptr;
};

/// One end of a row as a question names it: a member, or what it is called out there.
std::optional<reach::Selector> end_of(const reach::Party& party,
                                      const std::set<std::string>& members) {
  std::string text = members.empty() ? party.label : *members.begin();
  if (text == party.label && (party.is_internet || text.starts_with("outside "))) {
    const std::string last = text.substr(text.rfind(' ') + 1);
    const bool is_block = IpPrefix::parse(last) && text.find(" without ") == std::string::npos;
    text = is_block ? last : "internet";
  }
  auto selector = reach::parse_selector(text);
  return selector ? std::optional(*std::move(selector)) : std::nullopt;
}

class PortRows {
 public:
  PortRows(const Estate& estate, PortSide side) : estate_(estate), side_(side) {}

  /// The rules that let one pair of the row through, one after the other, each for what the ones
  /// before it do not let through.
  [[nodiscard]] std::vector<HeldRule> rules_of(const reach::ConnectionRow& row) const {
    std::vector<HeldRule> rules;
    const auto from = end_of(row.from, row.sources);
    const auto to = end_of(row.to, row.targets);
    ServiceSet rest = row.passage.possible();
    while (from && to && !rest.empty() && rules.size() < kRulesMost) {
      const auto answer =
          reach::ask(estate_.moment().network(), {.from = *from, .to = *to, .services = rest});
      const auto rule = answer ? rule_of(*answer) : std::nullopt;
      if (!rule) {
        break;
      }
      rules.push_back(*rule);
      rest = rest.without(rule->rule->services);
    }
    return rules;
  }

  [[nodiscard]] json::object value_of(const HeldRule& held) const {
    return {{"id", printable(held.rule->id.value)},
            {"holder", printable(held.group->id.value)},
            {"services", held.rule->services.text()},
            {"peer", printable(peer_text(held.rule->peer))},
            {"changed", change_of(held)}};
  }

  /// The worst finding about each rule that one is about, by `name_of`. One pass over all findings.
  [[nodiscard]] std::map<std::string, const Finding*> worst_of(
      const std::set<std::string>& rules) const {
    std::map<std::string, const Finding*> worst;
    for (const Finding& finding : estate_.audit().findings) {
      for (const FindingRule& rule : finding.rules) {
        std::string name = name_of(rule);
        if (finding.outcome != Outcome::Pass && rules.contains(name)) {
          const Finding*& known = worst[std::move(name)];
          known = known == nullptr || known->risk < finding.risk ? &finding : known;
        }
      }
    }
    return worst;
  }

  static std::string name_of(const HeldRule& held) {
    return name_of({.id = held.rule->id.value,
                    .holder = held.group->id.value,
                    .peer = peer_text(held.rule->peer),
                    .services = held.rule->services.text()});
  }

 private:
  [[nodiscard]] std::optional<HeldRule> rule_of(const reach::Answer& answer) const {
    const bool is_ingress = side_ == PortSide::Ingress;
    const std::string_view word = is_ingress ? "ingress " : "egress ";
    for (const reach::Hop& hop : answer.hops) {
      const bool is_such = hop.component.starts_with("sg-") &&
                           hop.direction == reach::Direction::Forward &&
                           hop.rule.find(word) != std::string::npos;
      const SecurityGroup* group =
          is_such ? estate_.snapshot().find(SecurityGroupId{hop.component}) : nullptr;
      if (group == nullptr) {
        continue;
      }
      for (const SecurityGroupRule& rule : group->rules) {
        const std::string said =
            std::string(word) + rule.services.text() + ' ' + peer_text(rule.peer);
        if (rule.is_egress != is_ingress && hop.rule.starts_with(rule.id.value) &&
            hop.rule.ends_with(said)) {
          return HeldRule{.group = group, .rule = &rule};
        }
      }
    }
    return std::nullopt;
  }

  /// Where the document has no ids of rules, those of findings are made up.
  static std::string name_of(const FindingRule& rule) {
    return rule.holder + ' ' +
           (rule.id.starts_with("sgr-") ? rule.id : rule.services + ' ' + rule.peer);
  }

  [[nodiscard]] json::value change_of(const HeldRule& held) const {
    const events::Timeline* timeline = estate_.setting().timeline.get();
    const events::Touch* last = nullptr;
    if (timeline == nullptr) {
      return nullptr;
    }
    for (const events::Interval& interval : timeline->intervals) {
      if (interval.opened && is_about(interval.subject, held) &&
          (last == nullptr || *last < *interval.opened)) {
        last = &*interval.opened;
      }
    }
    return last == nullptr ? json::value()
                           : json::object{{"time", last->time.text()},
                                          {"actor", printable(last->actor)},
                                          {"event", printable(last->event_name)}};
  }

  static bool is_about(const events::Subject& subject, const HeldRule& held) {
    if (subject.kind != events::SubjectKind::Rule || subject.resource != held.group->id.value) {
      return false;
    }
    if (!held.rule->id.empty() && !subject.detail.empty()) {
      return subject.detail == held.rule->id.value;
    }
    return subject.is_egress == held.rule->is_egress && subject.services == held.rule->services &&
           subject.peer == peer_text(held.rule->peer);
  }

  const Estate& estate_;
  PortSide side_;
};

}  // namespace

json::array port_rows(const Estate& estate, const answers::ConnectionRows& rows, PortSide side) {
  json::array array = answers::connection_array(rows);
  const PortRows explained(estate, side);
  std::vector<std::vector<HeldRule>> rules;
  std::set<std::string> names;
  for (std::size_t i = 0; i < std::min(rows.size(), kExplainedMost); ++i) {
    for (const HeldRule& rule : rules.emplace_back(explained.rules_of(rows[i]))) {
      names.insert(PortRows::name_of(rule));
    }
  }
  const std::map<std::string, const Finding*> worst = explained.worst_of(names);
  for (std::size_t i = 0; i < rules.size(); ++i) {
    const Finding* finding = nullptr;
    json::array values;
    for (const HeldRule& rule : rules[i]) {
      values.push_back(explained.value_of(rule));
      const auto found = worst.find(PortRows::name_of(rule));
      if (found != worst.end() && (finding == nullptr || finding->risk < found->second->risk)) {
        finding = found->second;
      }
    }
    json::object& row = array[i].as_object();
    row["rules"] = std::move(values);
    row["finding"] = finding == nullptr ? json::value()
                                        : json::object{{"id", report::fingerprint(*finding)},
                                                       {"check", finding->check.text()},
                                                       {"risk", text(finding->risk)}};
  }
  return array;
}

}  // namespace portolan::server
