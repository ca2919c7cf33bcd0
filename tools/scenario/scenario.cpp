#include "tools/scenario/scenario.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "core/text.h"
#include "tools/scenario/documents.h"
#include "tools/scenario/noun.h"

namespace portolan::scenario {

namespace {

constexpr std::array<std::string_view, 8> kExpectations = {
    "reach", "allow", "deny", "only", "audit", "diagnostic", "error", "settings"};
const Place kFirstPlace{.account = "111122223333", .region = "eu-west-1"};

/// The text after `# key:` in the head of the file.
std::string head_line(std::string_view text, std::string_view key) {
  for (const std::string_view line : split(text, '\n')) {
    const std::string start = fmt::format("# {}:", key);
    if (line.starts_with(start)) {
      return std::string(trimmed(line.substr(start.size())));
    }
  }
  return {};
}

/// A statement and where it is in force.
struct Placed {
  const Statement* statement;
  Place place;
};

class Expansion {
 public:
  explicit Expansion(Scenario& scenario) : scenario_(&scenario) {}

  void run(const std::vector<Statement>& statements) {
    enter(kFirstPlace);
    for (const Statement& statement : statements) {
      sort_in(statement);
    }
    declare_names();
    for (const Placed& placed : nouns_) {
      if (const NounInfo* noun = find_noun(placed.statement->noun); noun->prepare != nullptr) {
        Problems told_by_the_expansion;
        Arguments arguments(*placed.statement, told_by_the_expansion);
        estate_.here = placed.place;
        noun->prepare(estate_, arguments);
      }
    }
    for (const NounInfo& noun : all_nouns()) {
      expand_all(noun);
    }
    complete_vpcs(estate_);
    append_documents(estate_, scenario_->documents);
    for (const auto& [name, thing] : estate_.things()) {
      scenario_->ids[name] = thing.id;
    }
    for (collect::Document& document : scenario_->documents) {
      document.bytes = with_ids(*scenario_, document.bytes);
    }
  }

 private:
  void enter(const Place& place) {
    estate_.here = place;
    if (std::find(estate_.places.begin(), estate_.places.end(), place) == estate_.places.end()) {
      estate_.places.push_back(place);
    }
  }

  /// Directives take force at once, nouns wait until all names are known.
  void sort_in(const Statement& statement) {
    Arguments arguments(statement, scenario_->problems);
    const bool is_expectation = std::find(kExpectations.begin(), kExpectations.end(),
                                          statement.noun) != kExpectations.end();
    if (is_expectation) {
      scenario_->expectations.push_back(statement);
    } else if (statement.noun == "account") {
      const std::string account = arguments.word("an account");
      if (nouns_.empty() && estate_.places.size() == 1) {
        estate_.places.clear();
      }
      enter({.account = account, .region = arguments.word("a region")});
    } else if (statement.noun == "not-collected") {
      leave_out(arguments);
    } else if (statement.noun == "document") {
      add_raw_document(statement);
    } else if (find_noun(statement.noun) != nullptr) {
      nouns_.push_back({.statement = &statement, .place = estate_.here});
    } else {
      arguments.complain(fmt::format("`{}` is no noun of the notation", statement.noun));
    }
  }

  /// `not-collected network-acls`: nowhere; `… 111122223333 eu-west-1`: not there.
  void leave_out(Arguments& arguments) {
    const std::string word = arguments.word("a kind of document");
    const KindInfo* kind = find_kind(word);
    if (kind == nullptr) {
      arguments.complain(fmt::format("`{}` is no kind of document", word));
      return;
    }
    const std::vector<std::string> where = arguments.words_left();
    std::optional<Place> place;
    if (where.size() == 2) {
      place = Place{.account = where[0], .region = where[1]};
    }
    estate_.not_collected.emplace_back(kind->kind, place);
  }

  /// `document NAME TEXT`: the text as it stands, in the folder of the account and region at hand.
  void add_raw_document(const Statement& statement) {
    const std::string_view rest = trimmed(statement.rest);
    const std::size_t space = std::min(rest.find_first_of(" \n"), rest.size());
    scenario_->documents.push_back({.path = fmt::format("{}/{}/{}", estate_.here.account,
                                                        estate_.here.region, rest.substr(0, space)),
                                    .bytes = std::string(trimmed(rest.substr(space)))});
  }

  void declare_names() {
    for (const Placed& placed : nouns_) {
      const NounInfo& noun = *find_noun(placed.statement->noun);
      if (noun.id.empty() || placed.statement->words.empty()) {
        continue;
      }
      const std::string name = name_of(*placed.statement);
      if (estate_.find(name) != nullptr) {
        Arguments(*placed.statement, scenario_->problems)
            .complain(fmt::format("there is already something named `{}`", name));
      }
      estate_.declare(noun.word, name, make_id(noun, name, placed.place), placed.place);
    }
  }

  void expand_all(const NounInfo& noun) {
    for (const Placed& placed : nouns_) {
      if (placed.statement->noun == noun.word) {
        Arguments arguments(*placed.statement, scenario_->problems);
        estate_.here = placed.place;
        noun.expand(estate_, arguments);
        arguments.finish();
      }
    }
  }

  Scenario* scenario_;
  Estate estate_;
  std::vector<Placed> nouns_;
};

}  // namespace

Scenario read_scenario(std::string_view text) {
  Scenario scenario;
  scenario.about = head_line(text, "about");
  scenario.origin = head_line(text, "origin");
  if (scenario.about.empty() || scenario.origin.empty()) {
    scenario.problems.push_back(
        {.line = 1, .message = "a scenario starts with `# about:` and `# origin:`"});
  }
  const std::vector<Statement> statements = parse_statements(text);
  Expansion(scenario).run(statements);
  if (scenario.expectations.empty()) {
    scenario.problems.push_back({.line = 1, .message = "this scenario expects nothing"});
  }
  return scenario;
}

std::string with_ids(const Scenario& scenario, std::string_view text) {
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t close = text[at] == '{' ? text.find('}', at) : std::string_view::npos;
    const auto found = close == std::string_view::npos
                           ? scenario.ids.end()
                           : scenario.ids.find(text.substr(at + 1, close - at - 1));
    if (found == scenario.ids.end()) {
      result += text[at++];
    } else {
      result += found->second;
      at = close + 1;
    }
  }
  return result;
}

}  // namespace portolan::scenario
