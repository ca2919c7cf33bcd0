#include "collect/json/unescape.h"

#include <gtest/gtest.h>

namespace portolan::collect {

namespace {

std::string unescaped(std::string_view body) {
  std::string out;
  return unescape(body, out) ? out : "(bad)";
}

TEST(Unescape, knows_the_escapes_of_json) {
  EXPECT_EQ(unescaped(R"(\"\\\/\b\f\n\r\t)"), "\"\\/\b\f\n\r\t");
  EXPECT_EQ(unescaped(R"(a\u0041\u00e9\u20ac\ud83d\ude00z)"), "aA\u00e9\u20ac\U0001F600z");
  EXPECT_EQ(unescaped(R"(\u0000)"), std::string(1, '\0'));
}

TEST(Unescape, replaces_half_a_surrogate_pair) {
  EXPECT_EQ(unescaped(R"(\ud83dx)"), "\ufffdx");
  EXPECT_EQ(unescaped(R"(\ude00)"), "\ufffd");
  EXPECT_EQ(unescaped(R"(\ud83d\u0041)"), "\ufffdA");
}

TEST(Unescape, refuses_others) {
  for (const std::string_view body : {R"(\q)", R"(\u12)", R"(\u12g4)", R"(\u+123)", "\\"}) {
    EXPECT_EQ(unescaped(body), "(bad)") << body;
  }
}

}  // namespace

}  // namespace portolan::collect
