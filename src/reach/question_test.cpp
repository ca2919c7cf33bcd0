#include "reach/question.h"

#include <string>

#include <gtest/gtest.h>

namespace portolan::reach {
namespace {

Selector parsed(std::string_view text) {
  const auto selector = parse_selector(text);
  EXPECT_TRUE(selector) << text << ": " << (selector ? "" : selector.error().message);
  return selector.value_or(Selector{});
}

Error refused(std::string_view text) {
  const auto selector = parse_selector(text);
  EXPECT_FALSE(selector) << text;
  return selector ? Error{} : selector.error();
}

TEST(Selector, EveryKindIsReadAndWritten) {
  const struct {
    std::string_view text;
    SelectorKind kind;
    std::string_view value;
  } cases[] = {
      {"internet", SelectorKind::Internet, ""},
      {"any", SelectorKind::Any, ""},
      {"10.0.0.0/16", SelectorKind::Cidr, ""},
      {"2001:db8::/32", SelectorKind::Cidr, ""},
      {"10.0.0.7", SelectorKind::Address, ""},
      {"2001:db8::1", SelectorKind::Address, ""},
      {"10.0.0.7@vpc-1", SelectorKind::Address, ""},
      {"i-0abc", SelectorKind::Name, "i-0abc"},
      {"web-1", SelectorKind::Name, "web-1"},
      {"arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/shop/1",
       SelectorKind::Name,
       "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/shop/1"},
      {"\"web 1\"", SelectorKind::Name, "web 1"},
      {"\"internet\"", SelectorKind::Name, "internet"},
      {"\"10.0.0.7\"", SelectorKind::Name, "10.0.0.7"},
      {"\"a:b\"", SelectorKind::Name, "a:b"},
      {"\"a->b\"", SelectorKind::Name, "a->b"},
      {R"("say \"hi\" \\")", SelectorKind::Name, R"(say "hi" \)"},
      {"user@host", SelectorKind::Name, "user@host"},
      {"sg:web", SelectorKind::Group, "web"},
      {"sg:\"web servers\"", SelectorKind::Group, "web servers"},
      {"subnet:app-a", SelectorKind::Subnet, "app-a"},
      {"vpc:main", SelectorKind::VpcOf, "main"},
      {"lb:shop", SelectorKind::Balancer, "shop"},
      {"tag:tier=db", SelectorKind::TagOf, "tier=db"},
      {"tag:tier=", SelectorKind::TagOf, "tier="},
      {"account:123456789012", SelectorKind::AccountOf, "123456789012"},
  };
  for (const auto& each : cases) {
    const Selector selector = parsed(each.text);
    EXPECT_EQ(selector.kind, each.kind) << each.text;
    EXPECT_EQ(selector.value, each.value) << each.text;
    EXPECT_EQ(selector.text(), each.text);
  }
}

TEST(Selector, SpellingsThatMeanTheSameHaveOneCanonicalText) {
  EXPECT_EQ(parsed(" 10.0.0.7/16 ").text(), "10.0.0.0/16");
  EXPECT_EQ(parsed("2001:DB8:0::1").text(), "2001:db8::1");
  EXPECT_EQ(parsed("\"web\"").text(), "web");
  EXPECT_EQ(parsed("sg:\"web\"").text(), "sg:web");
  EXPECT_EQ(parsed("we\"b 1\"").text(), "\"web 1\"");
  EXPECT_EQ(parsed("10.0.0.7@\"my vpc\"").vpc, "my vpc");
}

TEST(Selector, WrongOnesAreRefusedWithAdvice) {
  EXPECT_EQ(refused("sgx:web").code, "bad_selector");
  EXPECT_NE(refused("sgx:web").message.find("did you mean `sg:`"), std::string::npos);
  EXPECT_NE(refused("https://example.com").message.find("`account:`"), std::string::npos);
  for (const std::string_view text :
       {"", "  ", "\"\"", "web 1", "\"web", "sg:", "tag:tier", "tag:=db", "account:12", "10.0.0",
        "10.0.0.300", "10.0.0.0/33", "10.0.0.7@", "fd00::/129"}) {
    EXPECT_EQ(refused(text).code, "bad_selector") << text;
  }
}

TEST(Question, IsReadAndWritten) {
  const auto question = parse_question("  internet->lb:shop   tcp/443 ");
  ASSERT_TRUE(question);
  EXPECT_EQ(question->from.kind, SelectorKind::Internet);
  EXPECT_EQ(question->to.value, "shop");
  EXPECT_EQ(question->services, ServiceSet::tcp(443));
  EXPECT_EQ(question->text(), "internet -> lb:shop tcp/443");
  EXPECT_EQ(parse_question(question->text()), question);
}

TEST(Question, ServiceMayBeLeftOutAndMayBeSeveral) {
  EXPECT_TRUE(parse_question("a -> b")->services.is_all());
  EXPECT_EQ(parse_question("a -> b")->text(), "a -> b any");
  EXPECT_EQ(parse_question("a -> b tcp/22\tudp/53")->services,
            ServiceSet::tcp(22).united(ServiceSet::udp(53)));
}

TEST(Question, NamesWithSpacesAndArrowsAreQuoted) {
  const auto question = parse_question(R"("web -> 1" -> sg:"my db" tcp/5432)");
  ASSERT_TRUE(question);
  EXPECT_EQ(question->from.value, "web -> 1");
  EXPECT_EQ(question->to.value, "my db");
  EXPECT_EQ(parse_question(question->text()), question);
}

TEST(Question, WrongOnesSayWhichPartIsWrong) {
  const auto code = [](std::string_view text) { return parse_question(text).error().code; };
  EXPECT_EQ(code(""), "bad_question");
  EXPECT_EQ(code("web db tcp/22"), "bad_question");
  EXPECT_EQ(code("-> db"), "bad_question");
  EXPECT_EQ(code("web ->"), "bad_question");
  EXPECT_EQ(code("a -> b -> c"), "bad_question");
  EXPECT_EQ(code("web 1 -> db"), "bad_selector");
  EXPECT_EQ(code("\"web -> db"), "bad_question");
  EXPECT_EQ(code("web -> db tcp/99999"), "bad_service");
  EXPECT_EQ(code("web -> db none"), "bad_service");
}

}  // namespace
}  // namespace portolan::reach
