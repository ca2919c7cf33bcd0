#include "iam/condition.h"

#include <gtest/gtest.h>

namespace portolan::iam {
namespace {

using Values = std::vector<std::string>;

Truth under(std::string_view op, const Values& values, const Context& context) {
  const auto parsed = parse_operator(op);
  EXPECT_TRUE(parsed) << op;
  Test test{.op = parsed.value_or(Operator{}), .key = "k"};
  for (const std::string& value : values) {
    test.values.push_back(Pattern::parse(value, Language::V2012));
  }
  return holds(test, context);
}

bool is_met(std::string_view op, const Values& values, std::string value) {
  Context context;
  context.set("K", std::move(value));
  return under(op, values, context) == Truth::Yes;
}

bool is_met_by_list(std::string_view op, const Values& values, Values list) {
  Context context;
  context.set_list("K", std::move(list));
  return under(op, values, context) == Truth::Yes;
}

bool is_met_by_absence(std::string_view op, const Values& values) {
  return under(op, values, {}) == Truth::Yes;
}

TEST(Condition, ValuesAreAlternatives) {
  EXPECT_TRUE(is_met("StringEquals", {"a", "b"}, "b"));
  EXPECT_FALSE(is_met("StringEquals", {"a", "b"}, "c"));
}

TEST(Condition, ANegatedOperatorWantsNoneToMatch) {
  EXPECT_FALSE(is_met("StringNotEquals", {"a", "b"}, "b"));
  EXPECT_TRUE(is_met("StringNotEquals", {"a", "b"}, "c"));
}

TEST(Condition, StringEqualsHasCaseAndNoWildcards) {
  EXPECT_FALSE(is_met("StringEquals", {"A"}, "a"));
  EXPECT_FALSE(is_met("StringEquals", {"a*"}, "ab"));
  EXPECT_TRUE(is_met("StringEquals", {"a*"}, "a*"));
  EXPECT_TRUE(is_met("StringEqualsIgnoreCase", {"A"}, "a"));
  EXPECT_FALSE(is_met("StringNotEqualsIgnoreCase", {"A"}, "a"));
}

TEST(Condition, StringLikeHasCaseAndWildcards) {
  EXPECT_TRUE(is_met("StringLike", {"a*d?"}, "abcde"));
  EXPECT_FALSE(is_met("StringLike", {"A*"}, "abc"));
  EXPECT_FALSE(is_met("StringNotLike", {"a*"}, "abc"));
}

TEST(Condition, AnAbsentKeyFailsPositiveAndMeetsNegatedOperators) {
  EXPECT_FALSE(is_met_by_absence("StringEquals", {"a"}));
  EXPECT_TRUE(is_met_by_absence("StringNotEquals", {"a"}));
  EXPECT_TRUE(is_met_by_absence("StringNotLike", {"a"}));
  EXPECT_TRUE(is_met_by_absence("NotIpAddress", {"10.0.0.0/8"}));
  EXPECT_TRUE(is_met_by_absence("ArnNotLike", {"arn:aws:iam::1:role/x"}));
}

TEST(Condition, IfExistsIsMetByAnAbsentKeyOnly) {
  EXPECT_TRUE(is_met_by_absence("StringEqualsIfExists", {"a"}));
  EXPECT_FALSE(is_met("StringEqualsIfExists", {"a"}, "b"));
  EXPECT_TRUE(is_met("NumericLessThanIfExists", {"3"}, "2"));
  EXPECT_TRUE(is_met("IpAddressIfExists", {"10.0.0.0/8"}, "10.1.1.1"));
}

TEST(Condition, ABoolKeyThatIsAbsentIsNotFalse) {
  EXPECT_FALSE(is_met_by_absence("Bool", {"false"}));
  EXPECT_TRUE(is_met_by_absence("BoolIfExists", {"false"}));
  EXPECT_TRUE(is_met("Bool", {"False"}, "false"));
}

TEST(Condition, NullTestsPresence) {
  EXPECT_TRUE(is_met_by_absence("Null", {"true"}));
  EXPECT_FALSE(is_met_by_absence("Null", {"false"}));
  EXPECT_TRUE(is_met("Null", {"false"}, "x"));
  EXPECT_FALSE(is_met("Null", {"true"}, "x"));
  EXPECT_FALSE(parse_operator("NullIfExists"));
}

TEST(Condition, ForAllValuesIsMetByNothingAndForAnyValueIsNot) {
  EXPECT_TRUE(is_met_by_absence("ForAllValues:StringEquals", {"a"}));
  EXPECT_TRUE(is_met_by_list("ForAllValues:StringEquals", {"a"}, {}));
  EXPECT_FALSE(is_met_by_absence("ForAnyValue:StringEquals", {"a"}));
  EXPECT_FALSE(is_met_by_list("ForAnyValue:StringEquals", {"a"}, {}));
}

TEST(Condition, QuantifiersLookAtEachValue) {
  EXPECT_TRUE(is_met_by_list("ForAllValues:StringEquals", {"a", "b"}, {"b", "a"}));
  EXPECT_FALSE(is_met_by_list("ForAllValues:StringEquals", {"a"}, {"a", "c"}));
  EXPECT_TRUE(is_met_by_list("ForAnyValue:StringLike", {"a*"}, {"x", "ab"}));
  EXPECT_TRUE(is_met_by_list("ForAnyValue:StringNotEquals", {"a"}, {"a", "b"}));
  EXPECT_FALSE(is_met_by_list("ForAllValues:StringNotEquals", {"a"}, {"a", "b"}));
}

TEST(Condition, AListNeedsAQuantifier) {
  EXPECT_FALSE(is_met_by_list("StringEquals", {"a"}, {"a"}));
  EXPECT_FALSE(is_met_by_list("StringNotEquals", {"b"}, {"a"}));
}

TEST(Condition, NumbersAreComparedAsNumbers) {
  EXPECT_TRUE(is_met("NumericEquals", {"10"}, "10.0"));
  EXPECT_TRUE(is_met("NumericLessThan", {"10"}, "9"));
  EXPECT_FALSE(is_met("NumericLessThan", {"10"}, "10"));
  EXPECT_TRUE(is_met("NumericLessThanEquals", {"10"}, "10"));
  EXPECT_TRUE(is_met("NumericGreaterThan", {"-1"}, "0"));
  EXPECT_TRUE(is_met("NumericGreaterThanEquals", {"0"}, "0"));
  EXPECT_FALSE(is_met("NumericNotEquals", {"1"}, "1"));
}

TEST(Condition, DatesAreMomentsHoweverWritten) {
  EXPECT_TRUE(is_met("DateLessThan", {"2020-04-02"}, "2020-04-01T23:59:59Z"));
  EXPECT_TRUE(is_met("DateGreaterThan", {"2020-04-01T00:00Z"}, "2020-04-01T00:00:01Z"));
  EXPECT_TRUE(is_met("DateEquals", {"1585699200"}, "2020-04-01T00:00:00Z"));
  EXPECT_FALSE(is_met("DateNotEquals", {"1585699200"}, "2020-04-01T00:00:00Z"));
  EXPECT_TRUE(is_met("DateLessThanEquals", {"2020-04-01T00:00:00Z"}, "2020-04-01T02:00:00+02:00"));
  EXPECT_TRUE(is_met("DateGreaterThanEquals", {"2020-04-01"}, "2020-04-01"));
}

TEST(Condition, AddressesAreInBlocksOfEitherFamilyWithHostBitsOrNone) {
  EXPECT_TRUE(is_met("IpAddress", {"10.1.2.3/8"}, "10.9.9.9"));
  EXPECT_TRUE(is_met("IpAddress", {"203.0.113.7"}, "203.0.113.7"));
  EXPECT_TRUE(is_met("IpAddress", {"2001:db8::/32"}, "2001:db8::7"));
  EXPECT_FALSE(is_met("IpAddress", {"0.0.0.0/0"}, "2001:db8::7"));
  EXPECT_FALSE(is_met("NotIpAddress", {"10.0.0.0/8"}, "10.9.9.9"));
}

TEST(Condition, ArnEqualsIsArnLike) {
  EXPECT_TRUE(is_met("ArnEquals", {"arn:aws:iam::*:role/a*"}, "arn:aws:iam::1:role/ab"));
  EXPECT_FALSE(is_met("ArnLike", {"arn:aws:iam::*:role/A*"}, "arn:aws:iam::1:role/ab"));
  EXPECT_FALSE(is_met("ArnNotEquals", {"arn:aws:iam::*:role/a*"}, "arn:aws:iam::1:role/ab"));
}

TEST(Condition, AValueWithoutMeaningMatchesNothingAndExcludesNothing) {
  EXPECT_FALSE(is_met("IpAddress", {"office"}, "10.0.0.1"));
  EXPECT_FALSE(is_met("NotIpAddress", {"office"}, "10.0.0.1"));
  EXPECT_FALSE(is_met("StringNotEquals", {"${aws:username}"}, "a"));
  EXPECT_TRUE(is_met("StringEquals", {"${aws:username}", "a"}, "a"));
}

TEST(Condition, KeysAndOperatorsHaveNoCase) {
  EXPECT_TRUE(is_met("stringEQUALSifexists", {"a"}, "a"));
  EXPECT_TRUE(is_met_by_list("forALLvalues:stringlike", {"a*"}, {"ab"}));
  EXPECT_FALSE(parse_operator("StringSimilar"));
}

TEST(Condition, OfATagInTwoCasesIsNotKnown) {
  Context context;
  context.set_ambiguous("k");
  EXPECT_EQ(under("StringEquals", {"a"}, context), Truth::Unknown);
  EXPECT_EQ(under("StringNotEquals", {"a"}, context), Truth::Unknown);
  EXPECT_EQ(under("Null", {"false"}, context), Truth::Yes);
}

TEST(Condition, OperatorsAreWrittenAsTheyAreRead) {
  for (const std::string_view name :
       {"StringEquals", "ForAllValues:StringNotLikeIfExists", "ForAnyValue:ArnLike", "Null",
        "NotIpAddress", "DateGreaterThanEqualsIfExists"}) {
    EXPECT_EQ(text(parse_operator(name).value_or(Operator{})), name);
  }
}

}  // namespace
}  // namespace portolan::iam
