#include "collect/json/reader.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace portolan::collect {

namespace {

using testing::ElementsAre;

/// A reader of one text with all that it needs.
struct Fixture {
  explicit Fixture(std::string_view text) : reader(text, indexer, problems) {}

  std::vector<std::string> codes(std::string_view text = {}) {
    if (const JsonFault* fault = reader.fault()) {
      problems.add({.code = fault->code, .offset = fault->offset});
    }
    Diagnostics diagnostics;
    problems.report(text, "file", diagnostics);
    std::vector<std::string> list;
    for (const Diagnostic& diagnostic : diagnostics.sorted()) {
      list.push_back(diagnostic.code);
    }
    return list;
  }

  TokenIndexer indexer;
  Problems problems;
  Reader reader;
};

TEST(Reader, reads_members_by_their_keys) {
  Fixture fixture(R"({"name": "web", "skipped": [{"a": 1}], "port": 80, "is_open": true})");
  std::string name;
  int port = 0;
  bool is_open = false;
  fixture.reader.object([&](std::string_view key) {
    if (key == "name") {
      fixture.reader.read(name);
    } else if (key == "port") {
      fixture.reader.read(port);
    } else if (key == "is_open") {
      fixture.reader.read(is_open);
    } else {
      fixture.reader.skip();
    }
  });
  EXPECT_EQ(name, "web");
  EXPECT_EQ(port, 80);
  EXPECT_TRUE(is_open);
  EXPECT_TRUE(fixture.reader.ok());
  EXPECT_TRUE(fixture.reader.at_end());
}

TEST(Reader, takes_escapes_out_of_keys_and_strings) {
  Fixture fixture(R"({"\u0061b": "x\ty\u00e9\ud83d\ude00"})");
  std::string seen;
  std::string text;
  fixture.reader.object([&](std::string_view key) {
    seen = key;
    fixture.reader.read(text);
  });
  EXPECT_EQ(seen, "ab");
  EXPECT_EQ(text, "x\ty\u00e9\U0001F600");
}

TEST(Reader, reports_another_type_and_goes_on) {
  Fixture fixture(R"([1, {"a": 2}, "good", null])");
  std::vector<std::string> values;
  fixture.reader.read(values);
  EXPECT_THAT(values, ElementsAre("good"));
  EXPECT_TRUE(fixture.reader.ok());
  EXPECT_THAT(fixture.codes(), ElementsAre("wrong_type", "wrong_type"));
}

TEST(Reader, takes_null_for_absent) {
  Fixture fixture("null");
  std::string value = "before";
  fixture.reader.read(value);
  EXPECT_EQ(value, "before");
  EXPECT_EQ(fixture.problems.size(), 0U);
}

TEST(Reader, refuses_numbers_that_do_not_fit) {
  Fixture fixture("[1.5, 99999999999999999999, 5000000000, 7]");
  std::vector<int> values;
  fixture.reader.array([&] { fixture.reader.read(values.emplace_back(-1)); });
  EXPECT_THAT(values, ElementsAre(-1, -1, -1, 7));
  EXPECT_EQ(fixture.problems.size(), 3U);
}

TEST(Reader, refuses_addresses_that_are_none) {
  Fixture fixture(R"(["10.0.0.0/33", "10.0.0.0/8", "", "::/0"])");
  std::vector<IpPrefix> values;
  fixture.reader.read(values);
  EXPECT_EQ(values.size(), 2U);
  EXPECT_THAT(fixture.codes(), ElementsAre("bad_prefix"));
}

TEST(Reader, ends_at_the_first_thing_that_is_not_json) {
  for (const std::string_view text :
       {R"({"a" 1})", R"({"a": })", R"({"a": 1 "b": 2})", R"([1 2])", R"({1: 2})", R"([,])",
        R"([1,])", R"({"a": 1,})", R"(["a" "b"])", "[}", "[1}", "{]", "[nonsense]"}) {
    Fixture fixture(text);
    fixture.reader.skip();
    Fixture again(text);
    const auto read = [&](auto& self) -> void {
      if (again.reader.kind() == '{') {
        again.reader.object([&](std::string_view) { self(self); });
      } else if (again.reader.kind() == '[') {
        again.reader.array([&] { self(self); });
      } else {
        again.reader.skip();
      }
    };
    read(read);
    EXPECT_THAT(again.codes(), ElementsAre("not_json")) << text;
  }
}

TEST(Reader, tells_a_cut_document_from_a_wrong_one) {
  for (const std::string_view text :
       {"[", "[1", "[1,", "{", R"({"a")", R"({"a":)", R"({"a":1)", R"({"a":1,)", R"([{"a":[)"}) {
    Fixture fixture(text);
    fixture.reader.skip();
    EXPECT_THAT(fixture.codes(), ElementsAre("truncated_json")) << text;
  }
}

TEST(Reader, refuses_what_nests_too_deep) {
  const std::string deep(100'000, '[');
  Fixture skipped(deep);
  skipped.reader.skip();
  EXPECT_THAT(skipped.codes(deep), ElementsAre("too_deep"));
  Fixture read(deep);
  const auto descend = [&](auto& self) -> void { read.reader.array([&] { self(self); }); };
  descend(descend);
  EXPECT_THAT(read.codes(deep), ElementsAre("too_deep"));
}

TEST(Reader, leaves_the_account_unknown_for_an_alias) {
  Fixture fixture(R"(["amazon-aws", "123456789012"])");
  std::vector<AccountId> accounts;
  fixture.reader.array([&] { fixture.reader.read(accounts.emplace_back()); });
  EXPECT_FALSE(accounts[0].known());
  EXPECT_EQ(accounts[1].text(), "123456789012");
}

TEST(Reader, sorts_tags) {
  Fixture fixture(R"([{"Key": "b", "Value": "2"}, {"Key": "a", "Value": "1"}])");
  std::vector<Tag> tags;
  fixture.reader.read(tags);
  EXPECT_THAT(tags, ElementsAre(Tag{"a", "1"}, Tag{"b", "2"}));
}

}  // namespace

}  // namespace portolan::collect
