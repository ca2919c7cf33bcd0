#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "core/text.h"
#include "iam/batch.h"
#include "iam/formula.h"

// tests/scenarios/iam/*.iam: policies of one user in short notation, and single requests under
// them.
namespace portolan::iam {
namespace {

constexpr std::string_view kGroup = "arn:aws:ec2:eu-west-1:111122223333:security-group/sg-1";

/// The parts of a line between words; what is not there is empty.
std::string_view between(std::string_view line, std::string_view from, std::string_view to) {
  const std::size_t begin = from.empty() ? 0 : line.find(from);
  if (begin == std::string_view::npos) {
    return "";
  }
  const std::string_view rest = line.substr(begin + from.size());
  return trimmed(rest.substr(0, to.empty() ? rest.size() : rest.find(to)));
}

std::string element(std::string_view name, std::string_view written) {
  const bool is_negated = written.starts_with("not:");
  return fmt::format(R"("{}{}":{})", is_negated ? "Not" : "", name,
                     quoted_json(written.substr(is_negated ? 4 : 0)));
}

/// `allow ACTION on RESOURCE [if CONDITION]`.
std::string statement_of(std::string_view line) {
  const bool is_allow = line.starts_with("allow ");
  const std::string_view condition = between(line, " if ", "");
  return fmt::format(R"({{"Effect":"{}",{},{}{}}})", is_allow ? "Allow" : "Deny",
                     element("Action", between(line, is_allow ? "allow " : "deny ", " on ")),
                     element("Resource", between(line, " on ", " if ")),
                     condition.empty() ? "" : fmt::format(R"(,"Condition":{})", condition));
}

/// `ask ACTION RESOURCE [with CONTEXT] -> RESULT`.
std::string answer_to(std::string_view line, std::string_view version,
                      const std::string& statements) {
  const std::string_view question = between(line, "ask ", " -> ");
  const std::string_view action = question.substr(0, question.find(' '));
  const std::string_view context = between(question, " with ", "");
  const std::string_view named = between(question, action, " with ");
  const auto answer = answer_line(fmt::format(
      R"({{"id":1,"principal":"arn:aws:iam::111122223333:user/ann","action":"{}","resource":"{}",)"
      R"("account":"111122223333","context":{},"identity":[{{"Version":"{}","Statement":[{}]}}]}})",
      action, named == "sg" ? kGroup : named, context.empty() ? "{}" : context, version,
      statements));
  return answer ? std::string(between(*answer, R"("result":")", "\"")) : answer.error().message;
}

TEST(Scenarios, RequestsAreDecidedAsTheyExpect) {
  std::size_t questions = 0;
  for (const auto& entry :
       std::filesystem::directory_iterator(PORTOLAN_SOURCE_DIR "/tests/scenarios/iam")) {
    std::ifstream file(entry.path());
    std::string rule;
    std::string version;
    std::string statements;
    for (std::string line; std::getline(file, line);) {
      if (line.starts_with("rule ")) {
        rule = line;
        version = "2012-10-17";
        statements.clear();
      } else if (line.starts_with("version ")) {
        version = line.substr(8);
      } else if (line.starts_with("allow ") || line.starts_with("deny ")) {
        statements += (statements.empty() ? "" : ",") + statement_of(line);
      } else if (line.starts_with("ask ")) {
        ++questions;
        EXPECT_EQ(answer_to(line, version, statements), between(line, " -> ", "")) << rule << '\n'
                                                                                   << line;
      } else {
        EXPECT_TRUE(line.empty() || line.starts_with('#')) << line;
      }
    }
  }
  EXPECT_GT(questions, 40U);
}

/// The rules of matching that are easy to get wrong (iam.md of the reference, section 3.2),
/// sentence by sentence, each with the scenario that shows it. Keys that a resource decides or that
/// an action does not support are no part of a single request: who_test.cpp and directory_test.cpp
/// show those.
struct MatchingRule {
  std::string_view sentence;
  std::string_view scenario;
};
constexpr MatchingRule kRules[] = {
    {"actions have no case", "actions have no case, and wildcards"},
    {"? in an action", "a question mark is one character"},
    {"NotAction", "NotAction is all but the named"},
    {"resources have case", "resources have case"},
    {"wildcards cross / and not :", "wildcards of a part do not cross to the next"},
    {"* at the end of a part", "whether a star at the end of a part runs over colons"},
    {"the word of the type", "a statement on a type of resource does not reach another"},
    {"short ARNs", "a resource of fewer parts is padded"},
    {"NotResource", "NotResource is all but the named"},
    {"a variable without value", "a variable without value matches nothing"},
    {"ArnEquals is ArnLike", "ArnEquals is ArnLike, part by part"},
    {"ARN operators have case", "ARNs in conditions have case"},
    {"and, and, or", "operators and keys are all needed, of values one"},
    {"negated: none", "of a negated operator no value may match"},
    {"an absent key", "an absent key meets no test, but with IfExists"},
    {"absent, negated", "a negated operator with IfExists"},
    {"Null", "Null asks whether the key is there"},
    {"ForAllValues of nothing", "ForAllValues holds of nothing, ForAnyValue does not"},
    {"ForAnyValue", "ForAnyValue needs one"},
    {"lists", "a list needs an operator for lists"},
    {"MFA and long-term keys", "with long-term keys there is no MultiFactorAuthPresent"},
    {"BoolIfExists", "BoolIfExists stops them"},
    {"keys have no case", "keys have no case, that of a tag included"},
    {"defaults", "a variable may have a default"},
    {"${*}", "the three characters that stand for themselves"},
    {"${?}", "the question mark that stands for itself"},
    {"${$}", "the dollar sign that stands for itself"},
    {"2012 only", "the older language has no variables"},
    {"variables of several values", "a variable of several values matches nothing"},
    {"literal", "what is filled in is no pattern"},
    {"variables in conditions", "a key may be compared with another"},
    {"no resource", "an action without resource is covered by the star alone"},
};

TEST(Scenarios, EachRuleOfMatchingHasOne) {
  std::ifstream file(PORTOLAN_SOURCE_DIR "/tests/scenarios/iam/matching.iam");
  const std::string all{std::istreambuf_iterator<char>(file), {}};
  for (const auto& [sentence, scenario] : kRules) {
    EXPECT_NE(all.find(fmt::format("\nrule {}", scenario)), std::string::npos) << sentence;
  }
}

}  // namespace
}  // namespace portolan::iam
