#include "cli/text_input.h"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <unistd.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace portolan::cli {
namespace {

using testing::ElementsAre;

class TextInputTest : public testing::Test {
 protected:
  std::string file_with(std::string_view text) {
    // Tests run side by side, each in a process of its own.
    path_ = testing::TempDir() + "portolan_text_input_test." + std::to_string(getpid());
    std::ofstream(path_, std::ios::binary) << text;
    return path_;
  }
  void TearDown() override { std::remove(path_.c_str()); }

  std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> lines;
    auto reader = LineReader::open(file_with(text));
    EXPECT_TRUE(reader.has_value());
    while (true) {
      auto line = reader->next();
      EXPECT_TRUE(line.has_value());
      if (!*line) {
        return lines;
      }
      lines.push_back((*line)->text);
    }
  }

 private:
  std::string path_;
};

TEST_F(TextInputTest, reads_lines_with_and_without_an_end) {
  EXPECT_THAT(lines_of("a\n\nb"), ElementsAre("a", "", "b"));
  EXPECT_THAT(lines_of("a\n"), ElementsAre("a"));
  EXPECT_THAT(lines_of(""), ElementsAre());
}

TEST_F(TextInputTest, reads_more_than_fits_one_block) {
  std::string text;
  for (int i = 0; i < 10000; ++i) {
    text += "line " + std::to_string(i) + "\n";
  }
  const auto lines = lines_of(text);
  ASSERT_EQ(lines.size(), 10000U);
  EXPECT_EQ(lines[9999], "line 9999");
}

TEST_F(TextInputTest, cuts_a_line_without_end_and_goes_on_after_it) {
  const std::string longest(LineReader::kLengthMost, 'x');
  auto reader = LineReader::open(file_with(longest + "\n" + longest + "yz\nnext\n"));
  ASSERT_TRUE(reader.has_value());
  const auto whole = reader->next();
  const auto cut = reader->next();
  const auto next = reader->next();
  EXPECT_FALSE((*whole)->is_cut);
  EXPECT_TRUE((*cut)->is_cut);
  EXPECT_EQ((*cut)->text.size(), LineReader::kLengthMost);
  EXPECT_EQ((*next)->text, "next");
}

TEST_F(TextInputTest, reads_a_file_up_to_a_size) {
  const std::string path = file_with("12345");
  EXPECT_EQ(*read_text(path, 5), "12345");
  EXPECT_EQ(read_text(path, 4).error().code, "too_large");
}

TEST_F(TextInputTest, tells_what_cannot_be_read) {
  EXPECT_EQ(LineReader::open("/nowhere/at/all").error().code, "cannot_read");
  EXPECT_EQ(read_text("/nowhere/at/all", 10).error().code, "cannot_read");
  EXPECT_EQ(read_text("/", 10).error().code, "cannot_read");
}

}  // namespace
}  // namespace portolan::cli
