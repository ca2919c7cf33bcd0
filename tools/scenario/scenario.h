#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "collect/collect.h"
#include "tools/scenario/statement.h"

/// Scenarios: an inventory in short notation, and questions with the expected answers. The grammar
/// is in tests/scenarios/README.md.
namespace portolan::scenario {

/// What stands in a scenario file.
struct Scenario {
  std::string about;   // `# about:`
  std::string origin;  // `# origin:`
  /// The inventory as raw AWS answers, in `ACCOUNT/REGION/Kind.json`.
  std::vector<collect::Document> documents;
  /// The statements that are questions with their answers, in order.
  std::vector<Statement> expectations;
  /// The id (or ARN) of everything that has a name.
  std::map<std::string, std::string, std::less<>> ids;
  /// What cannot be understood. Nothing of a scenario with problems may be trusted.
  Problems problems;
};

/// Expands a scenario. Same text, same documents.
Scenario read_scenario(std::string_view text);

/// `text` with `{name}` replaced by the id of what has that name. Unknown names stay as they are.
std::string with_ids(const Scenario& scenario, std::string_view text);

}  // namespace portolan::scenario
