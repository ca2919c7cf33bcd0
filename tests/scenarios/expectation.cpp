#include "tests/scenarios/expectation.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "reach/reason.h"

namespace portolan::scenario {

namespace {

using Words = std::vector<std::string>;
using State = reach::IntentAnswer::State;

constexpr std::array<std::pair<std::string_view, reach::Verdict>, 4> kVerdicts = {{
    {"yes", reach::Verdict::Yes},
    {"no", reach::Verdict::No},
    {"unknown", reach::Verdict::Unknown},
    {"depends", reach::Verdict::Depends},
}};
constexpr std::array<std::pair<std::string_view, State>, 3> kStates = {{
    {"holds", State::Holds},
    {"broken", State::Broken},
    {"unknown", State::Unknown},
}};
constexpr std::array<std::pair<std::string_view, std::optional<Outcome>>, 4> kOutcomes = {{
    {"pass", Outcome::Pass},
    {"fail", Outcome::Fail},
    {"unknown", Outcome::Unknown},
    {"absent", std::nullopt},
}};
constexpr std::array<std::string_view, 9> kKeys = {
    "via", "back", "because", "at", "by", "services", "depends", "unknown", "assuming"};

template <class Table>
auto find_in(const Table& table, std::string_view word) {
  return std::find_if(table.begin(), table.end(),
                      [&](const auto& entry) { return entry.first == word; });
}

/// The words of a question, joined again.
std::string joined_words(Words::const_iterator begin, Words::const_iterator end) {
  std::string text;
  for (; begin != end; ++begin) {
    text += (text.empty() ? "" : " ") + *begin;
  }
  return text;
}

tl::unexpected<Error> bad(std::string message) {
  return fail("bad_expectation", std::move(message));
}

/// The first word from `begin` on that the table knows; `->` and what follows it are a question.
template <class Table>
Words::const_iterator find_answer(const Words& words, const Table& table) {
  const auto arrow = std::find(words.begin(), words.end(), "->");
  const auto start = words.end() - arrow < 2 ? words.end() : arrow + 2;
  return std::find_if(start, words.end(),
                      [&](const std::string& word) { return find_in(table, word) != table.end(); });
}

Result<ServiceSet> plane(const Words& values) {
  return ServiceSet::parse(joined_words(values.begin(), values.end()));
}

/// One key of a `reach` line with its values.
Result<bool> set_key(ReachExpectation& expected, const std::string& key, const Words& values) {
  if (values.empty()) {
    return bad(fmt::format("`{}` needs a value", key));
  }
  if (key == "services") {
    expected.services = TRY(plane(values));
  } else if (key == "depends") {
    expected.depends = TRY(plane(values));
  } else if (key == "unknown") {
    expected.unknown = TRY(plane(values));
  } else if (key == "via") {
    expected.via = values;
  } else if (key == "back") {
    expected.back = values;
  } else if (key == "at") {
    expected.at = values;
  } else if (key == "by") {
    expected.by = values;
  } else if (key == "assuming") {
    expected.assuming = values;
  } else if (key == "because") {
    for (const std::string& value : values) {
      if (!reach::parse_reason(value)) {
        return bad(fmt::format("`{}` is no reason", value));
      }
    }
    expected.because = values;
  }
  return true;
}

std::string unquoted(std::string word) {
  word.erase(std::remove(word.begin(), word.end(), '"'), word.end());
  return word;
}

Result<Expectation> parse_reach(const Words& words) {
  const auto answer = find_answer(words, kVerdicts);
  if (answer == words.end()) {
    return bad("`reach FROM -> TO SERVICE` wants yes, no, unknown or depends after it");
  }
  ReachExpectation expected{.question = joined_words(words.begin(), answer),
                            .verdict = find_in(kVerdicts, *answer)->second};
  for (auto at = answer + 1; at != words.end();) {
    if (std::find(kKeys.begin(), kKeys.end(), *at) == kKeys.end()) {
      return bad(fmt::format("`{}` is not understood here", *at));
    }
    const std::string& key = *at++;
    Words values;
    while (at != words.end() && std::find(kKeys.begin(), kKeys.end(), *at) == kKeys.end()) {
      values.push_back(unquoted(*at++));
    }
    if (const auto set = set_key(expected, key, values); !set) {
      return tl::make_unexpected(set.error());
    }
  }
  return expected;
}

Result<Expectation> parse_intent(const std::string& kind, const Words& words) {
  const auto answer = find_answer(words, kStates);
  if (answer == words.end() || answer + 1 != words.end()) {
    return bad("an intent wants holds, broken or unknown after it");
  }
  return IntentExpectation{.line = kind + " " + joined_words(words.begin(), answer),
                           .state = find_in(kStates, *answer)->second};
}

Result<Expectation> parse_audit(const Words& words) {
  if (words.size() < 4 || words[0] != "--check" ||
      find_in(kOutcomes, words[2]) == kOutcomes.end()) {
    return bad("write `audit --check ID pass|fail|unknown|absent NAME`");
  }
  AuditExpectation expected{.check = words[1],
                            .outcome = find_in(kOutcomes, words[2])->second,
                            .name = unquoted(words[3])};
  for (std::size_t at = 4; at < words.size(); ++at) {
    const bool has_value = at + 1 < words.size();
    if (words[at] == "latent" || words[at] == "not-latent") {
      expected.is_latent = words[at] == "latent";
    } else if (words[at] == "risk" && has_value && parse_risk(words[at + 1])) {
      expected.risk = parse_risk(words[++at]);
    } else if (words[at] == "rule" && has_value) {
      expected.rules.push_back(unquoted(words[++at]));
    } else {
      return bad(fmt::format("`{}` is not understood here", words[at]));
    }
  }
  return expected;
}

Result<Expectation> parse_error(const Words& words) {
  if (words.size() < 5 || words[0] != "reach" || words[words.size() - 2] != "->") {
    return bad("write `error reach FROM -> TO SERVICE -> code`");
  }
  return ErrorExpectation{.question = joined_words(words.begin() + 1, words.end() - 2),
                          .code = words.back()};
}

}  // namespace

Result<Expectation> parse_expectation(const Scenario& scenario, const Statement& statement) {
  const Words words = raw_words(with_ids(scenario, statement.rest));
  if (statement.noun == "reach") {
    return parse_reach(words);
  }
  if (statement.noun == "audit") {
    return parse_audit(words);
  }
  if (statement.noun == "error") {
    return parse_error(words);
  }
  if (statement.noun == "settings") {
    return Settings{.yaml = with_ids(scenario, statement.rest)};
  }
  if (statement.noun == "diagnostic") {
    if (words.size() != 1) {
      return bad("write `diagnostic CODE`");
    }
    return DiagnosticExpectation{.code = words.front()};
  }
  return parse_intent(statement.noun, words);
}

}  // namespace portolan::scenario
