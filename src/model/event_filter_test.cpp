#include "model/event_filter.h"

#include <string>

#include <gtest/gtest.h>

namespace portolan {

namespace {

/// What the pattern does with a call: `yes`, `no`, `unclear`, or the code of its error.
std::string taken(std::string_view pattern, std::string_view call = "CreateVpc") {
  const auto filter = EventFilter::parse(pattern);
  if (!filter) {
    return filter.error().code;
  }
  const Takes takes = filter->takes(call);
  return takes == Takes::Yes ? "yes" : takes == Takes::No ? "no" : "unclear";
}

TEST(EventFilter, order_quotes_spaces_and_brackets_do_not_matter) {
  for (const std::string_view pattern : {
           "{ ($.eventName = CreateVpc) || ($.eventName = DeleteVpc) }",
           "{($.eventName=DeleteVpc)||($.eventName=CreateVpc)}",
           "{ $.eventName = \"DeleteVpc\" || $.eventName = \"CreateVpc\" }",
           "  {\n\t(($.eventName = CreateVpc)) }  ",
           "{ $.eventName = Create* }",
           "{ $.eventName = \"*Vpc\" }",
       }) {
    EXPECT_EQ(taken(pattern), "yes") << pattern;
    EXPECT_EQ(taken(pattern, "RunInstances"), "no") << pattern;
  }
}

TEST(EventFilter, and_binds_closer_than_or) {
  constexpr std::string_view kPattern =
      "{ $.eventName = CreateVpc || $.eventName = DeleteVpc && $.eventSource = s3.amazonaws.com }";
  EXPECT_EQ(taken(kPattern), "yes");
  EXPECT_EQ(taken(kPattern, "DeleteVpc"), "no");
  EXPECT_EQ(taken("{ ($.eventName = CreateVpc || $.eventName = DeleteVpc) && "
                  "$.eventSource = s3.amazonaws.com }"),
            "no");
}

TEST(EventFilter, knows_what_a_successful_call_of_ec2_says) {
  EXPECT_EQ(taken("{ $.eventSource = ec2.amazonaws.com }"), "yes");
  EXPECT_EQ(taken("{ $.eventName = CreateVpc && $.errorCode NOT EXISTS }"), "yes");
  EXPECT_EQ(taken("{ $.eventName = CreateVpc && $.errorCode = AccessDenied }"), "no");
  EXPECT_EQ(taken("{ $.errorCode EXISTS }"), "no");
  EXPECT_EQ(taken("{ $.errorCode != AccessDenied }"), "yes");
  EXPECT_EQ(taken("{ $.readOnly IS FALSE && $.managementEvent IS TRUE }"), "yes");
  EXPECT_EQ(taken("{ $.eventType != AwsServiceEvent }"), "yes");
  EXPECT_EQ(taken("{ $.eventName != CreateVpc }"), "no");
}

TEST(EventFilter, is_unclear_where_other_members_decide) {
  EXPECT_EQ(taken("{ $.eventName = CreateVpc && $.userIdentity.type = Root }"), "unclear");
  EXPECT_EQ(taken("{ $.eventName = DeleteVpc && $.userIdentity.type = Root }"), "no");
  EXPECT_EQ(taken("{ $.eventName = CreateVpc || $.userIdentity.type = Root }"), "yes");
  EXPECT_EQ(taken("{ $.eventName = %Vpc% }"), "unclear");
  EXPECT_EQ(taken("{ $.eventVersion > 1.0 }"), "unclear");
}

TEST(EventFilter, the_empty_pattern_takes_everything) {
  EXPECT_EQ(taken(""), "yes");
  EXPECT_EQ(taken("  "), "yes");
}

TEST(EventFilter, refuses_what_is_no_filter_of_json_events) {
  for (const std::string_view pattern :
       {"CreateVpc", "?CreateVpc ?DeleteVpc", "[a, b]", "{", "{}", "{ }", "{ $.eventName }",
        "{ $.eventName = }", "{ $.eventName = \"CreateVpc }", "{ ($.eventName = CreateVpc }",
        "{ $.eventName = CreateVpc } x", "{ eventName = CreateVpc }", "{ $. = CreateVpc }",
        "{ $.eventName = CreateVpc || }", "{ $.eventName = CreateVpc $.eventName = DeleteVpc }"}) {
    EXPECT_EQ(taken(pattern), "bad_pattern") << pattern;
  }
  EXPECT_EQ(taken("{" + std::string(1000, '(')), "bad_pattern");
}

}  // namespace

}  // namespace portolan
