#include "iam/pattern.h"

#include <gtest/gtest.h>

namespace portolan::iam {
namespace {

Truth covers(std::string_view pattern, std::string_view arn, ShortArn padding = ShortArn::Padded) {
  return covers_resource(Glob::of(pattern), arn, padding);
}

constexpr std::string_view kGroup = "arn:aws:ec2:eu-west-1:111122223333:security-group/sg-1";

TEST(Glob, StarTakesAnyRunAndQuestionMarkOneCharacter) {
  EXPECT_TRUE(matches(Glob::of("a*c"), "ac"));
  EXPECT_TRUE(matches(Glob::of("a*c"), "abbc"));
  EXPECT_TRUE(matches(Glob::of("*"), ""));
  EXPECT_TRUE(matches(Glob::of("a?c"), "abc"));
  EXPECT_FALSE(matches(Glob::of("a?c"), "ac"));
  EXPECT_TRUE(matches(Glob::of("*ab*b"), "aababb"));
  EXPECT_FALSE(matches(Glob::of(""), "a"));
}

TEST(Glob, ACharacterOfManyBytesIsOne) {
  EXPECT_TRUE(matches(Glob::of("h?llo"), "h\xc3\xa4llo"));
  EXPECT_FALSE(matches(Glob::of("h??llo"), "h\xc3\xa4llo"));
}

TEST(Glob, StarCrossesANewline) { EXPECT_TRUE(matches(Glob::of("a*b"), "a\n\nb")); }

TEST(Resource, HasCase) {
  EXPECT_EQ(covers("arn:aws:iam::1:user/Bob", "arn:aws:iam::1:user/Bob"), Truth::Yes);
  EXPECT_EQ(covers("arn:aws:iam::1:user/bob", "arn:aws:iam::1:user/Bob"), Truth::No);
}

TEST(Resource, WildcardsCrossSlashesAndInTheLastPartColons) {
  EXPECT_EQ(covers("arn:aws:s3:::b/*/x", "arn:aws:s3:::b/1/2/x"), Truth::Yes);
  EXPECT_EQ(covers("arn:aws:logs:r:1:log-group:*", "arn:aws:logs:r:1:log-group:a:b:c"), Truth::Yes);
}

TEST(Resource, IsComparedPartByPart) {
  EXPECT_EQ(covers("arn:aws:ec2:*:*:security-group/*", kGroup), Truth::Yes);
  EXPECT_EQ(covers("arn:aws:ec2:eu-*-1:*:security-group/*", kGroup), Truth::Yes);
  EXPECT_EQ(covers("arn:aws:ec2:us-*:*:security-group/*", kGroup), Truth::No);
}

TEST(Resource, AStarThatMayRunOverColonsIsUnknown) {
  EXPECT_EQ(covers("arn:aws:ec2:*:security-group/sg-1", kGroup), Truth::Unknown);
  EXPECT_EQ(covers("arn:aws:ec2:*:security-group/sg-2", kGroup), Truth::No);
}

TEST(Resource, AShortArnIsPaddedByKindOfPolicy) {
  EXPECT_EQ(covers("arn:aws:ec2", kGroup, ShortArn::Padded), Truth::Yes);
  EXPECT_EQ(covers("arn:aws:ec2", kGroup, ShortArn::PaddedIfWild), Truth::No);
  EXPECT_EQ(covers("arn:aws:ec2:eu*", kGroup, ShortArn::PaddedIfWild), Truth::Yes);
  EXPECT_EQ(covers("arn:aws:*:eu-west-1", kGroup, ShortArn::PaddedIfOpenEnd), Truth::No);
  EXPECT_EQ(covers("arn:aws:ec2:*", kGroup, ShortArn::PaddedIfOpenEnd), Truth::Yes);
  EXPECT_NE(covers("arn:aws:ec2:*", kGroup, ShortArn::Refused), Truth::Yes);
}

TEST(ArnOperator, ComparesSixPartsSeparately) {
  EXPECT_TRUE(matches_arn(Glob::of("arn:aws:ec2:*:*:security-group/*"), kGroup));
  EXPECT_FALSE(matches_arn(Glob::of("arn:aws:ec2:*:security-group/*"), kGroup));
  EXPECT_FALSE(matches_arn(Glob::of("arn:aws:ec2:*:*:security-group/*"), "sg-1"));
  EXPECT_FALSE(matches_arn(Glob::of("arn:aws:ec2:*:*:Security-group/*"), kGroup));
}

std::optional<std::string> filled(std::string_view text, const Context& context,
                                  Language language = Language::V2012) {
  const auto glob = Pattern::parse(text, language).resolved(context);
  return glob ? std::optional(glob->text()) : std::nullopt;
}

TEST(Variable, TakesTheValueOfItsKeyWhateverTheCase) {
  Context context;
  context.set("aws:UserName", "bob");
  EXPECT_EQ(filled("home/${aws:username}/x", context), "home/bob/x");
}

TEST(Variable, WithoutValueTakesItsDefaultOrNothing) {
  EXPECT_EQ(filled("${aws:PrincipalTag/team, 'none'}", {}), "none");
  EXPECT_EQ(filled("${aws:PrincipalTag/team}", {}), std::nullopt);
}

TEST(Variable, IsTextInTheOlderLanguage) {
  Context context;
  context.set("aws:username", "bob");
  EXPECT_EQ(filled("${aws:username}", context, Language::V2008), "${aws:username}");
}

TEST(Variable, FillsInLiteralTextNotAPattern) {
  Context context;
  context.set("aws:username", "*");
  const auto glob = Pattern::parse("u/${aws:username}", Language::V2012).resolved(context);
  EXPECT_TRUE(matches(*glob, "u/*"));
  EXPECT_FALSE(matches(*glob, "u/bob"));
}

TEST(Variable, EscapesWildcardsAndDollars) {
  const auto glob = Pattern::parse("a${*}${?}${$}{b}", Language::V2012).resolved({});
  EXPECT_TRUE(matches(*glob, "a*?${b}"));
  EXPECT_FALSE(matches(*glob, "axx${b}"));
}

TEST(Variable, MayNotBeMultivalued) {
  Context context;
  context.set_list("aws:TagKeys", {"a"});
  EXPECT_EQ(filled("${aws:TagKeys}", context), std::nullopt);
}

TEST(Variable, OfAnAmbiguousTagIsNotKnown) {
  Context context;
  context.set_ambiguous("aws:PrincipalTag/Team");
  EXPECT_TRUE(Pattern::parse("${aws:principaltag/team}", Language::V2012).is_ambiguous(context));
}

}  // namespace
}  // namespace portolan::iam
