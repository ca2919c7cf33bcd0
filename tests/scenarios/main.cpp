#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "tests/scenarios/files.h"
#include "tests/scenarios/judge.h"

/// One test for each scenario file: `scenarios.FOLDER.FILE`.
namespace portolan::scenario {

namespace {

class ScenarioTest : public testing::Test {
 public:
  explicit ScenarioTest(ScenarioFile file) : file_(std::move(file)) {}

  void TestBody() override {
    for (const Miss& miss : judge(read_scenario(file_.text))) {
      ADD_FAILURE_AT(file_.path.c_str(), miss.line) << miss.message;
    }
  }

 private:
  ScenarioFile file_;
};

void register_scenarios() {
  for (const ScenarioFile& file : scenario_files()) {
    testing::RegisterTest(file.folder.c_str(), file.name.c_str(), nullptr, nullptr,
                          file.path.c_str(), 1, [file] { return new ScenarioTest(file); });
  }
}

}  // namespace

}  // namespace portolan::scenario

int main(int count, char** arguments) {
  testing::InitGoogleTest(&count, arguments);
  portolan::scenario::register_scenarios();
  return RUN_ALL_TESTS();
}
