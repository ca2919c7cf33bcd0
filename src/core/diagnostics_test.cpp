#include "core/diagnostics.h"

#include <gtest/gtest.h>

namespace portolan {
namespace {

Diagnostic diagnostic(std::string code, std::string file, std::string pointer = "",
                      Severity severity = Severity::Error) {
  Diagnostic result;
  result.severity = severity;
  result.code = std::move(code);
  result.message = "it is wrong";
  result.file = std::move(file);
  result.pointer = std::move(pointer);
  return result;
}

void add_many(Diagnostics& diagnostics, std::size_t count, const std::string& file,
              Severity severity = Severity::Error) {
  for (std::size_t i = 0; i < count; ++i) {
    diagnostics.add(diagnostic("bad_rule", file, "/" + std::to_string(i), severity));
  }
}

TEST(Diagnostics, SortsByFilePointerAndCode) {
  Diagnostics diagnostics;
  diagnostics.add(diagnostic("b", "y", "/1"));
  diagnostics.add(diagnostic("b", "x", "/2"));
  diagnostics.add(diagnostic("b", "x", "/1"));
  diagnostics.add(diagnostic("a", "x", "/1"));
  const auto sorted = diagnostics.sorted();
  ASSERT_EQ(sorted.size(), 4U);
  EXPECT_EQ(sorted[0], diagnostic("a", "x", "/1"));
  EXPECT_EQ(sorted[1], diagnostic("b", "x", "/1"));
  EXPECT_EQ(sorted[2], diagnostic("b", "x", "/2"));
  EXPECT_EQ(sorted[3], diagnostic("b", "y", "/1"));
}

TEST(Diagnostics, CountsErrorsOnly) {
  Diagnostics diagnostics;
  EXPECT_TRUE(diagnostics.empty());
  diagnostics.add(diagnostic("a", "x", "", Severity::Note));
  diagnostics.add(diagnostic("a", "x", "", Severity::Warning));
  diagnostics.add(diagnostic("a", "x"));
  EXPECT_FALSE(diagnostics.empty());
  EXPECT_EQ(diagnostics.errors(), 1U);
}

TEST(Diagnostics, KnowsTheCodesItHas) {
  Diagnostics diagnostics;
  diagnostics.add(diagnostic("bad_rule", "x"));
  EXPECT_TRUE(diagnostics.has("bad_rule"));
  EXPECT_FALSE(diagnostics.has("bad"));
}

TEST(Diagnostics, KeepsTheFirstOfACodeInAFileAndCountsTheRest) {
  Diagnostics diagnostics;
  add_many(diagnostics, Diagnostics::kKeptPerCodeAndFile + 5, "x");
  add_many(diagnostics, Diagnostics::kKeptPerCodeAndFile, "y");
  const auto sorted = diagnostics.sorted();
  ASSERT_EQ(sorted.size(), 2 * Diagnostics::kKeptPerCodeAndFile + 1);
  EXPECT_EQ(sorted.front().code, "repeated");
  EXPECT_EQ(sorted.front().file, "x");
  EXPECT_EQ(sorted.front().severity, Severity::Error);
  EXPECT_EQ(sorted.front().message, "5 more of `bad_rule` are not shown");
  EXPECT_EQ(diagnostics.errors(), 2 * Diagnostics::kKeptPerCodeAndFile + 5);
}

TEST(Diagnostics, RepeatsAreAsSevereAsTheWorstOfThem) {
  Diagnostics diagnostics;
  add_many(diagnostics, Diagnostics::kKeptPerCodeAndFile, "x");
  add_many(diagnostics, 1, "x", Severity::Note);
  EXPECT_EQ(diagnostics.sorted().front().severity, Severity::Note);
  add_many(diagnostics, 1, "x", Severity::Warning);
  add_many(diagnostics, 1, "x", Severity::Note);
  EXPECT_EQ(diagnostics.sorted().front().severity, Severity::Warning);
}

TEST(Diagnostics, AppendingLosesNoCount) {
  Diagnostics all;
  Diagnostics part;
  add_many(all, Diagnostics::kKeptPerCodeAndFile - 1, "x");
  add_many(part, Diagnostics::kKeptPerCodeAndFile + 3, "x");
  add_many(part, 1, "y");
  all.append(part);
  EXPECT_EQ(all.errors(), 2 * Diagnostics::kKeptPerCodeAndFile + 3);
  const auto sorted = all.sorted();
  ASSERT_EQ(sorted.size(), Diagnostics::kKeptPerCodeAndFile + 2);
  EXPECT_EQ(sorted.front().message, "22 more of `bad_rule` are not shown");
}

TEST(Diagnostics, TextSaysWhereWhatAndWhich) {
  EXPECT_EQ(text(diagnostic("bad_rule", "sg.json", "/a/0")),
            "sg.json#/a/0: it is wrong (bad_rule)");
  EXPECT_EQ(text(diagnostic("bad_rule", "sg.json")), "sg.json: it is wrong (bad_rule)");
  EXPECT_EQ(text(diagnostic("bad_rule", "")), "it is wrong (bad_rule)");
  Diagnostic of_resource = diagnostic("bad_rule", "");
  of_resource.resource = "sg-1";
  EXPECT_EQ(text(of_resource), "sg-1: it is wrong (bad_rule)");
}

TEST(Diagnostics, TextIsSafeForATerminal) {
  EXPECT_EQ(text(diagnostic("bad_rule", "a\x1b[2J")), "a\\x1b[2J: it is wrong (bad_rule)");
}

TEST(Severity, HasANamePerValue) {
  EXPECT_EQ(text(Severity::Note), "note");
  EXPECT_EQ(text(Severity::Warning), "warning");
  EXPECT_EQ(text(Severity::Error), "error");
}

}  // namespace
}  // namespace portolan
