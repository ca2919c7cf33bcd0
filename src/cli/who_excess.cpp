#include "cli/who_excess.h"

#include <algorithm>
#include <set>
#include <tuple>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "answers/who_answer.h"
#include "core/text.h"
#include "report/report.h"

namespace portolan::cli {
namespace {

namespace json = boost::json;
using iam::Verdict;

json::string text_of(std::string_view text) { return json::string(printable(text)); }

std::string place_text(const iam::Resource& resource) {
  const std::string_view last = resource.arn.resource();
  const std::string id(last.substr(last.find('/') + 1));
  return resource.name.empty() ? id : fmt::format("{} ({})", id, resource.name);
}

std::string whose(const ExcessAnswer& answer, const iam::Excess& excess) {
  const std::string& arn = answer.directory->principals[excess.principal].caller.name();
  return arn.substr(arn.rfind(':') + 1);
}

/// Those of one principal, verdict and set of resources, with all their actions.
struct Line {
  std::size_t first = 0;
  std::vector<std::string> actions;
};

std::vector<Line> lines_of(const ExcessAnswer& answer) {
  std::vector<Line> lines;
  for (std::size_t i = 0; i < answer.excess.size(); ++i) {
    const iam::Excess& each = answer.excess[i];
    const auto same = std::ranges::find_if(lines, [&](const Line& line) {
      const iam::Excess& other = answer.excess[line.first];
      return other.principal == each.principal && other.verdict == each.verdict &&
             other.resources == each.resources &&
             answer.answers[line.first].condition == answer.answers[i].condition;
    });
    Line& line = same == lines.end() ? lines.emplace_back(Line{.first = i, .actions = {}}) : *same;
    line.actions.emplace_back(each.action.action);
  }
  std::ranges::stable_sort(lines, [&](const Line& a, const Line& b) {
    return answer.excess[a.first].verdict > answer.excess[b.first].verdict;
  });
  return lines;
}

}  // namespace

bool ExcessAnswer::is_found() const {
  return std::ranges::any_of(
      excess, [](const iam::Excess& each) { return each.verdict >= Verdict::Possible; });
}

bool ExcessAnswer::is_unknown() const {
  return !gaps.empty() || std::ranges::any_of(excess, [](const iam::Excess& each) {
    return each.verdict == Verdict::Unknown;
  });
}

ExcessAnswer find_excess(const iam::Directory& directory, const iam::Intent& intent,
                         std::vector<iam::Resource> resources,
                         const std::vector<iam::ChangeAction>& actions) {
  ExcessAnswer answer{.directory = &directory};
  std::vector<std::string> names;
  for (const iam::ChangeAction& each : actions) {
    if (std::ranges::find(names, each.action) == names.end()) {
      names.emplace_back(each.action);
    }
  }
  const iam::Who who(directory, std::move(resources), names);
  answer.resources = who.resources();
  answer.excess = iam::excess_of(directory, intent, who, actions);
  for (const iam::Excess& each : answer.excess) {
    const auto number =
        std::ranges::find(who.actions(), each.action.action) - who.actions().begin();
    answer.answers.push_back(
        who.explain(each.principal, static_cast<std::size_t>(number), each.resources.front()));
  }
  std::set<std::string_view> accounts;
  for (const iam::Resource& each : answer.resources) {
    accounts.insert(each.arn.account());
  }
  for (const std::string_view account : accounts) {
    for (std::string& gap : answers::authority_gaps(directory, account)) {
      if (std::ranges::find(answer.gaps, gap) == answer.gaps.end()) {
        answer.gaps.push_back(std::move(gap));
      }
    }
  }
  return answer;
}

std::string excess_text(const ExcessAnswer& answer, const Style& style) {
  std::string out;
  const auto add = [&](std::string_view label, std::string_view text) {
    if (!text.empty()) {
      out += report::hanging("          " + report::padded(label, 9), printable(text),
                             static_cast<std::size_t>(style.width));
    }
  };
  for (const Line& line : lines_of(answer)) {
    const iam::Excess& excess = answer.excess[line.first];
    const iam::Answer& why = answer.answers[line.first];
    out += report::padded(iam::text(excess.verdict), 10) +
           report::painted(printable(whose(answer, excess)), report::Tone::Strong, style.colour) +
           "\n";
    add("may", joined(line.actions, ", "));
    const std::size_t more = excess.resources.size() - 1;
    add("on", place_text(answer.resources[excess.resources.front()]) +
                  (more == 0 ? "" : fmt::format(" and {} more", more)));
    add("if", why.condition);
    for (const std::string& reason : why.reasons) {
      add("because", reason);
    }
    for (const iam::StatementRef& ref :
         why.decision ? why.decision->granting : std::vector<iam::StatementRef>{}) {
      if (ref.kind == iam::PolicyKind::Identity) {
        add("by", iam::text(ref));
      }
    }
  }
  for (const std::string& gap : answer.gaps) {
    add("missing", gap);
  }
  return out.empty() ? "nobody can change more than is allowed\n" : out;
}

std::string excess_json(const ExcessAnswer& answer) {
  json::array list;
  for (const Line& line : lines_of(answer)) {
    const iam::Excess& excess = answer.excess[line.first];
    const iam::Answer& why = answer.answers[line.first];
    json::array actions;
    for (const std::string& action : line.actions) {
      actions.push_back(text_of(action));
    }
    json::array resources;
    for (const std::size_t row : excess.resources) {
      resources.push_back(text_of(answer.resources[row].arn.text()));
    }
    json::array granted;
    for (const iam::StatementRef& ref :
         why.decision ? why.decision->granting : std::vector<iam::StatementRef>{}) {
      granted.push_back(json::object{{"kind", text_of(iam::text(ref.kind))},
                                     {"policy", text_of(ref.policy)},
                                     {"sid", text_of(ref.sid)},
                                     {"statement", ref.index}});
    }
    list.push_back(json::object{
        {"principal", text_of(answer.directory->principals[excess.principal].caller.name())},
        {"verdict", text_of(iam::text(excess.verdict))},
        {"actions", std::move(actions)},
        {"resources", std::move(resources)},
        {"condition", text_of(why.condition)},
        {"granted_by", std::move(granted)}});
  }
  json::array gaps;
  for (const std::string& gap : answer.gaps) {
    gaps.push_back(text_of(gap));
  }
  return json::serialize(json::object{{"excess", std::move(list)}, {"missing", std::move(gaps)}}) +
         "\n";
}

}  // namespace portolan::cli
