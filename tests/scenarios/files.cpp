#include "tests/scenarios/files.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace portolan::scenario {

std::vector<ScenarioFile> scenario_files() {
  const std::filesystem::path root = PORTOLAN_SOURCE_DIR;
  std::vector<ScenarioFile> files;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(root / "tests" / "scenarios")) {
    if (entry.path().extension() != ".scn") {
      continue;
    }
    std::ifstream stream(entry.path(), std::ios::binary);
    ScenarioFile file{.path = std::filesystem::relative(entry.path(), root).generic_string(),
                      .folder = entry.path().parent_path().filename().string(),
                      .name = entry.path().stem().string(),
                      .text = std::string{std::istreambuf_iterator<char>(stream), {}}};
    for (std::string* text : {&file.folder, &file.name}) {
      std::replace(text->begin(), text->end(), '-', '_');
    }
    files.push_back(std::move(file));
  }
  std::sort(files.begin(), files.end(),
            [](const ScenarioFile& a, const ScenarioFile& b) { return a.path < b.path; });
  return files;
}

}  // namespace portolan::scenario
