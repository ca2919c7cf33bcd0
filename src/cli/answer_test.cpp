#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "answers/answer_json.h"
#include "cli/answer_text.h"

namespace portolan::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

reach::Answer blocked_answer() {
  reach::Answer answer;
  answer.verdict = reach::Verdict::No;
  answer.because = {{reach::Reason::NoRoute, "rtb-1", "rtb-1 has no route to 8.8.8.8"}};
  answer.from = "eni-1";
  answer.to = "8.8.8.8";
  answer.hops = {{.direction = reach::Direction::Forward,
                  .component = "sg-1",
                  .rule = "egress any 0.0.0.0/0",
                  .reason = reach::Reason::Passed,
                  .passage = reach::Passage::of(ServiceSet::tcp(443)),
                  .detail = "out of eni-1"},
                 {.direction = reach::Direction::Forward,
                  .component = "rtb-1",
                  .rule = "",
                  .reason = reach::Reason::NoRoute,
                  .passage = {},
                  .detail = "no route to 8.8.8.8"}};
  return answer;
}

reach::Answer mixed_answer() {
  reach::Answer answer;
  answer.verdict = reach::Verdict::Yes;
  answer.passage = {
      .yes = ServiceSet::tcp(443), .depends = ServiceSet::tcp(80), .unknown = ServiceSet::tcp(22)};
  answer.hops = {{.direction = reach::Direction::Forward,
                  .component = "acl-1",
                  .rule = "rule 100",
                  .reason = reach::Reason::NotCollected,
                  .passage = answer.passage,
                  .detail = ""},
                 {.direction = reach::Direction::Return,
                  .component = "acl-1",
                  .rule = "rule 1",
                  .reason = reach::Reason::AclLimitsReply,
                  .passage = {.yes = ServiceSet::tcp(443), .depends = ServiceSet::tcp(80)},
                  .detail = ""}};
  answer.assumptions = {"the host answers"};
  return answer;
}

TEST(AnswerText, shows_the_verdict_the_reason_and_the_hops) {
  EXPECT_EQ(answer_text("a -> b tcp/443", blocked_answer(), {.width = 120}),
            "no       a -> b tcp/443\n"
            "  because  no_route rtb-1: the route table has no route to the destination; rtb-1 has "
            "no route to 8.8.8.8\n"
            "  pair     eni-1 -> 8.8.8.8\n"
            "  there    passes   sg-1   egress any 0.0.0.0/0  out of eni-1\n"
            "           blocks   rtb-1                        no_route: no route to 8.8.8.8\n");
}

TEST(AnswerText, shows_what_depends_and_what_is_not_known) {
  const std::string text = answer_text("a -> b any", mixed_answer(), {});
  EXPECT_THAT(text, HasSubstr("  passes   tcp/443\n"));
  EXPECT_THAT(text, HasSubstr("  depends  tcp/80\n"));
  EXPECT_THAT(text, HasSubstr("  unknown  tcp/22\n"));
  EXPECT_THAT(text, HasSubstr("  there    unknown  acl-1  rule 100  not_collected\n"));
  EXPECT_THAT(text, HasSubstr("  back     limits   acl-1  rule 1    acl_limits_reply\n"));
  EXPECT_THAT(text, HasSubstr("  assumed  the host answers\n"));
}

TEST(AnswerText, lets_no_text_of_strangers_reach_the_terminal_raw) {
  reach::Answer answer = blocked_answer();
  answer.hops[0].detail = "\x1b[2J";
  answer.hops[1].component = "line\nbreak";
  answer.because[0].component = "\x1b]0;x\x07";
  answer.assumptions = {"\x1b[1m"};
  const std::string text = answer_text("\x1b[2J -> b", answer, {});
  EXPECT_THAT(text, Not(HasSubstr("\x1b")));
  EXPECT_THAT(answer_line("\x1b[2J -> b", answer, {}), Not(HasSubstr("\x1b")));
}

TEST(AnswerLine, gives_the_reason_for_anything_but_yes) {
  EXPECT_EQ(answer_line("a -> b tcp", blocked_answer(), {}),
            "no       a -> b tcp  because no_route rtb-1\n");
  EXPECT_EQ(answer_line("a -> b tcp", mixed_answer(), {}), "yes      a -> b tcp\n");
}

TEST(AnswerJson, keeps_the_order_of_its_keys) {
  EXPECT_EQ(
      boost::json::serialize(answers::answer_json("a -> b tcp/443", blocked_answer())),
      R"({"question":"a -> b tcp/443","verdict":"no","services":"none",)"
      R"("because":[{"reason":"no_route","aws_code":"NO_ROUTE_TO_DESTINATION","component":"rtb-1",)"
      R"("detail":"rtb-1 has no route to 8.8.8.8"}],"from":"eni-1","to":"8.8.8.8",)"
      R"("hops":[{"direction":"forward","component":"sg-1","rule":"egress any 0.0.0.0/0",)"
      R"("reason":"passed","services":"tcp/443","detail":"out of eni-1"},)"
      R"({"direction":"forward","component":"rtb-1","rule":"","reason":"no_route",)"
      R"("aws_code":"NO_ROUTE_TO_DESTINATION","services":"none","detail":"no route to 8.8.8.8"}],)"
      R"("assumptions":[]})");
}

TEST(AnswerJson, names_what_depends_and_what_is_not_known_only_where_there_is_some) {
  const auto mixed = answers::answer_json("q", mixed_answer());
  EXPECT_EQ(mixed.at("services").as_string(), "tcp/443");
  EXPECT_EQ(mixed.at("services_depends").as_string(), "tcp/80");
  EXPECT_EQ(mixed.at("services_unknown").as_string(), "tcp/22");
  EXPECT_FALSE(answers::answer_json("q", blocked_answer()).contains("services_unknown"));
}

TEST(AnswerJson, tells_an_error_with_its_code) {
  EXPECT_EQ(
      boost::json::serialize(answers::error_json("nonsense\xff", {"bad_question", "no arrow"})),
      R"({"question":"nonsense\\xff","verdict":"error",)"
      R"("error":{"code":"bad_question","message":"no arrow"}})");
}

}  // namespace
}  // namespace portolan::cli
