#include "chart/select.h"

#include <algorithm>
#include <set>
#include <utility>

#include "chart/homes.h"
#include "core/text.h"
#include "reach/reach.h"

namespace portolan::chart {

namespace {

using Numbers = std::set<NodeNumber>;

bool is_end(const Node& node) {
  return node.kind == NodeKind::Interface || node.kind == NodeKind::Balancer;
}

Numbers with_flag(const Chart& chart, std::uint16_t flag) {
  Numbers numbers;
  for (NodeNumber number = 0; number < chart.size(); ++number) {
    if (is_end(chart[number]) && (chart[number].flags & flag) != 0) {
      numbers.insert(number);
    }
  }
  return numbers;
}

/// Where the findings are that `fits`.
template <class Fits>
Numbers with_finding(const Chart& chart, const Traffic& traffic,
                     const std::vector<Finding>& findings, const Fits& fits) {
  const Homes homes(chart, traffic.snapshot());
  Numbers numbers;
  for (const Finding& finding : findings) {
    if (finding.outcome == Outcome::Fail && fits(finding)) {
      const std::vector<NodeNumber> nodes = homes.of(finding);
      numbers.insert(nodes.begin(), nodes.end());
    }
  }
  return numbers;
}

Numbers of_kind(const Chart& chart, std::string_view kind) {
  Numbers numbers;
  for (NodeNumber number = 0; number < chart.size(); ++number) {
    if (text(chart[number].kind) == kind) {
      numbers.insert(number);
    }
  }
  return numbers;
}

Result<Numbers> of_selector(const Chart& chart, const Traffic& traffic,
                            const reach::Selector& selector) {
  Numbers numbers;
  for (const reach::Place& place :
       TRY(reach::resolve(traffic.connections().network(), selector, {}))) {
    if (place.kind == reach::Place::Kind::Outside) {
      numbers.insert(chart.outside_of(IpPrefix::host(*place.address), place.address->is_public()));
    } else if (const auto number = chart.find(place.id)) {
      numbers.insert(*number);
    }
  }
  return numbers;
}

/// What follows the prefix, if the text begins with it.
std::optional<std::string_view> after(std::string_view text, std::string_view prefix) {
  return text.starts_with(prefix) ? std::optional(text.substr(prefix.size())) : std::nullopt;
}

Result<std::optional<Numbers>> of_filter(const Chart& chart, const Traffic& traffic,
                                         const std::vector<Finding>& findings,
                                         std::string_view query) {
  if (const auto what = after(query, "exposed:")) {
    if (*what != "internet" && *what != "perhaps") {
      return fail("bad_query", "`exposed:` goes on with `internet` or `perhaps`");
    }
    return std::optional(with_flag(chart, *what == "internet" ? kReachable : kPerhapsReachable));
  }
  if (const auto what = after(query, "finding:")) {
    const auto risk = parse_risk(*what);
    if (!risk) {
      return fail("bad_query",
                  "`finding:` goes on with `critical`, `high`, `medium`, `low` or `info`");
    }
    return std::optional(with_finding(
        chart, traffic, findings, [&](const Finding& finding) { return finding.risk >= *risk; }));
  }
  if (const auto what = after(query, "check:")) {
    return std::optional(with_finding(chart, traffic, findings, [&](const Finding& finding) {
      return matches_glob(finding.check, *what);
    }));
  }
  if (const auto what = after(query, "kind:")) {
    return std::optional(of_kind(chart, *what));
  }
  return std::optional<Numbers>();
}

Selection selection_of(const Numbers& numbers) {
  return {.nodes = {numbers.begin(), numbers.end()}, .question = {}};
}

}  // namespace

Result<Selection> select(const Chart& chart, const Traffic& traffic,
                         const std::vector<Finding>& findings, std::string_view query) {
  const std::string_view words = trimmed(query);
  if (words.empty()) {
    return fail("bad_query", "there is nothing to look for");
  }
  const std::optional<Numbers> filtered = TRY(of_filter(chart, traffic, findings, words));
  if (filtered) {
    return selection_of(*filtered);
  }
  if (const auto number = chart.find(words)) {
    return selection_of({*number});
  }
  if (words.find("->") == std::string_view::npos) {
    const reach::Selector selector = TRY(reach::parse_selector(words));
    const Numbers numbers = TRY(of_selector(chart, traffic, selector));
    return selection_of(numbers);
  }
  const reach::Question question = TRY(reach::parse_question(words));
  Numbers numbers = TRY(of_selector(chart, traffic, question.from));
  const Numbers targets = TRY(of_selector(chart, traffic, question.to));
  numbers.insert(targets.begin(), targets.end());
  Selection selection = selection_of(numbers);
  selection.question = question.text();
  return selection;
}

boost::json::object json_of(const Selection& selection) {
  boost::json::object object = {
      {"nodes", boost::json::array(selection.nodes.begin(), selection.nodes.end())},
      {"question", nullptr}};
  if (selection.question) {
    object["question"] = *selection.question;
  }
  return object;
}

}  // namespace portolan::chart
