#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/cli/transcript.h"

namespace portolan::test {
namespace {

namespace fs = std::filesystem;

/// Set to have the transcripts say what the program prints now; the difference is for reviewers.
constexpr const char* kWrite = "PORTOLAN_TRANSCRIPTS_WRITE";

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string text_of(const std::vector<std::string>& lines) {
  std::string out;
  for (const std::string& line : lines) {
    out += line + "\n";
  }
  return out;
}

class TranscriptTest : public testing::Test {
 public:
  explicit TranscriptTest(fs::path path) : path_(std::move(path)) {}

  void TestBody() override {
    Transcript transcript = parse_transcript(read(path_));
    ASSERT_FALSE(transcript.steps.empty()) << path_ << " has no command";
    for (Step& step : transcript.steps) {
      const std::vector<std::string> lines = perform(step);
      if (matches(lines, step.expected)) {
        continue;
      }
      if (std::getenv(kWrite) != nullptr) {
        step.expected = lines;
      } else {
        EXPECT_EQ(text_of(lines), text_of(step.expected))
            << path_.string() << ":" << step.line << ": $ " << step.command;
      }
    }
    if (std::getenv(kWrite) != nullptr) {
      std::ofstream(path_, std::ios::binary) << text(transcript);
    }
  }

 private:
  fs::path path_;
};

void register_transcripts() {
  std::set<fs::path> paths;
  for (const auto& entry : fs::directory_iterator(PORTOLAN_SOURCE_DIR "/tests/cli")) {
    if (entry.path().extension() == ".txt") {
      paths.insert(entry.path());
    }
  }
  for (const fs::path& path : paths) {
    testing::RegisterTest("transcript", path.stem().c_str(), nullptr, nullptr, __FILE__, __LINE__,
                          [path]() -> testing::Test* { return new TranscriptTest(path); });
  }
}

}  // namespace
}  // namespace portolan::test

int main(int count, char** words) {
  testing::InitGoogleTest(&count, words);
  portolan::test::register_transcripts();
  return RUN_ALL_TESTS();
}
