#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <system_error>

#include <fmt/format.h>

#include "tools/scenario/scenario.h"

/// `scenario FILE.scn FOLDER` writes the inventory of a scenario as AWS answers, for the program to
/// read: `portolan reach internet i tcp/22 --source FOLDER`. Without FOLDER they are printed.
namespace {

using portolan::collect::Document;
using portolan::scenario::Scenario;

bool write(const std::filesystem::path& folder, const Document& document) {
  const std::filesystem::path path = folder / document.path;
  std::error_code error;
  std::filesystem::create_directories(path.parent_path(), error);
  std::ofstream stream(path, std::ios::binary);
  stream << document.bytes << '\n';
  return stream.good();
}

int show(const Scenario& scenario, const char* folder) {
  for (const Document& document : scenario.documents) {
    if (folder == nullptr) {
      fmt::print("{}\n{}\n", document.path, document.bytes);
    } else if (!write(folder, document)) {
      fmt::print(stderr, "scenario: cannot write {} below {}\n", document.path, folder);
      return 2;
    }
  }
  for (const auto& [name, id] : scenario.ids) {
    fmt::print("# {} = {}\n", name, id);
  }
  for (const portolan::scenario::Statement& line : scenario.expectations) {
    fmt::print("{} {}\n", line.noun, with_ids(scenario, line.rest));
  }
  return 0;
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 2 || count > 3) {
    fmt::print(stderr, "usage: scenario FILE.scn [FOLDER]\n");
    return 2;
  }
  std::ifstream stream(arguments[1], std::ios::binary);
  if (!stream) {
    fmt::print(stderr, "scenario: cannot read {}\n", arguments[1]);
    return 2;
  }
  const std::string text{std::istreambuf_iterator<char>(stream), {}};
  const Scenario scenario = portolan::scenario::read_scenario(text);
  for (const portolan::scenario::Problem& problem : scenario.problems) {
    fmt::print(stderr, "{}:{}: {}\n", arguments[1], problem.line, problem.message);
  }
  return scenario.problems.empty() ? show(scenario, count == 3 ? arguments[2] : nullptr) : 2;
}
