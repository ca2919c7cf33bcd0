#include <string>

#include <gtest/gtest.h>

#include "reach/question.h"

namespace portolan::reach {
namespace {

TEST(Intents, LinesAreReadWithTheirNumbers) {
  const Intents intents = parse_intents(
      "# the shop\n"
      "deny  internet -> tag:tier=db any\r\n"
      "\n"
      "allow internet -> lb:shop tcp/443   # the front door\n"
      "only\tlb:shop -> sg:web#1 tcp/8080",
      "shop.intent");
  EXPECT_TRUE(intents.errors.empty());
  ASSERT_EQ(intents.intents.size(), 3U);
  EXPECT_EQ(intents.intents[0].kind, IntentKind::Deny);
  EXPECT_EQ(intents.intents[0].line, 2);
  EXPECT_EQ(intents.intents[0].text(), "deny internet -> tag:tier=db any");
  EXPECT_EQ(intents.intents[1].line, 4);
  EXPECT_EQ(intents.intents[1].question.services, ServiceSet::tcp(443));
  EXPECT_EQ(intents.intents[2].kind, IntentKind::Only);
  EXPECT_EQ(intents.intents[2].question.to.value, "web#1");
}

TEST(Intents, ABadLineDoesNotSpoilTheRest) {
  const Intents intents = parse_intents(
      "alow internet -> web tcp/80\n"
      "deny internet -> sgx:web tcp/80\n"
      "deny internet -> \"web # 1 tcp/80\n"
      "deny internet -> web tcp/80\n",
      "a.intent");
  ASSERT_EQ(intents.intents.size(), 1U);
  EXPECT_EQ(intents.intents[0].line, 4);
  ASSERT_EQ(intents.errors.size(), 3U);
  EXPECT_EQ(intents.errors[0].code, "bad_intent");
  EXPECT_EQ(intents.errors[0].message, "`alow` promises nothing, did you mean `allow`");
  EXPECT_EQ(intents.errors[0].context, "a.intent:1");
  EXPECT_EQ(intents.errors[1].code, "bad_selector");
  EXPECT_EQ(intents.errors[1].context, "a.intent:2");
  EXPECT_EQ(intents.errors[2].context, "a.intent:3");
}

TEST(Intents, AFileOfSomethingElseIsGivenUp) {
  std::string text;
  for (int i = 0; i < 1000; ++i) {
    text += "{\n";
  }
  const Intents intents = parse_intents(text, "x.json");
  ASSERT_EQ(intents.errors.size(), 101U);
  EXPECT_EQ(intents.errors.back().code, "too_many_errors");
}

}  // namespace
}  // namespace portolan::reach
