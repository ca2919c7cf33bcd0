#include "collect/json/pointer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace portolan::collect {

namespace {

using testing::ElementsAre;

/// The pointers of the places where each `@` stands.
std::vector<std::string> pointers_of_marks(std::string_view text) {
  std::vector<std::size_t> offsets;
  for (std::size_t at = text.find('@'); at != std::string_view::npos; at = text.find('@', at + 1)) {
    offsets.push_back(at);
  }
  return pointers_of(text, offsets);
}

TEST(Pointer, leads_through_objects_and_arrays) {
  EXPECT_THAT(pointers_of_marks(R"({"a": [1, {"b": "@"}, "@"], "c": {"d": {"e": [["@"]]}}})"),
              ElementsAre("/a/1/b", "/a/2", "/c/d/e/0/0"));
}

TEST(Pointer, escapes_what_rfc_6901_escapes) {
  EXPECT_THAT(pointers_of_marks(R"({"a/b": {"c~d": "@"}, "\u0065": "@", "": "@"})"),
              ElementsAre("/a~1b/c~0d", "/e", "/"));
}

TEST(Pointer, of_a_key_is_that_of_its_member) {
  EXPECT_THAT(pointers_of_marks(R"({"x": {"@": 1}})"), ElementsAre("/x/@"));
}

TEST(Pointer, of_the_whole_document_is_empty) {
  EXPECT_THAT(pointers_of_marks(R"("@")"), ElementsAre(""));
}

TEST(Pointer, counts_documents_that_follow_each_other) {
  EXPECT_THAT(pointers_of_marks("{\"a\": \"@\"}\n{\"b\": [\"@\"]}\n"),
              ElementsAre("/0/a", "/1/b/0"));
}

TEST(Pointer, of_text_that_breaks_off_is_the_last_place_that_was_understood) {
  const std::string_view text = R"({"a": [1, {"b": )";
  const std::vector<std::size_t> offsets = {text.size()};
  EXPECT_THAT(pointers_of(text, offsets), ElementsAre("/a/1/b"));
}

}  // namespace

}  // namespace portolan::collect
