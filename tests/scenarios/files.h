#pragma once

#include <string>
#include <vector>

namespace portolan::scenario {

/// A scenario file of the project.
struct ScenarioFile {
  std::string path;    // from the project's root
  std::string folder;  // `groups`
  std::string name;    // `union_of_groups`
  std::string text;
};

/// All of them, sorted by path.
std::vector<ScenarioFile> scenario_files();

}  // namespace portolan::scenario
