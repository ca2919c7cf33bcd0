#include "events/names.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "core/text.h"
#include "events/names_table.h"
#include "events/test_records.h"

namespace portolan::events {
namespace {

TEST(EventNames, EveryListedCallIsFoundByNameAndService) {
  std::size_t calls = 0;
  for (const NameGroup& group : kNameTable) {
    for (const std::string_view name : split(group.names, ' ')) {
      EXPECT_TRUE(find_name(name).has_value()) << name;
      EXPECT_EQ(class_of(group.source, name), group.event_class) << name;
      ++calls;
    }
  }
  EXPECT_EQ(calls, listed_calls());
  EXPECT_EQ(calls, 811U);  // 807 that change a network, 4 that blind the trail
}

/// In each of the shapes that a request can have: which one a call has hangs on its service and
/// age.
TEST(EventNames, EveryListedCallIsReadInEachShape) {
  for (const NameGroup& group : kNameTable) {
    for (const std::string_view name : split(group.names, ' ')) {
      const std::string wrapped = fmt::format(R"({{"{}Request":{{"X":{{"tag":1}}}}}})", name);
      for (const std::string& request :
           {std::string("null"), std::string("{}"), std::string(R"({"x":{"items":[{}]}})"),
            std::string(R"({"x":""})"), wrapped}) {
        for (const std::string error : {"", "Client.UnauthorizedOperation"}) {
          const Readings readings =
              test::read(text(test::Spelled{.name = std::string(name),
                                            .request = request,
                                            .error = error,
                                            .source = std::string(group.source)}));
          ASSERT_EQ(readings.events.size(), 1U) << name << " " << request;
          EXPECT_EQ(readings.events.front().event_class, group.event_class) << name;
          EXPECT_EQ(readings.events.front().took_effect(), error.empty()) << name;
          EXPECT_EQ(readings.counts.foreign, 0U) << name;
        }
      }
    }
  }
}

TEST(EventNames, OthersAreNot) {
  for (const std::string_view name :
       {"", "A", "DescribeInstances", "AuthorizeSecurityGroupIngres",
        "authorizesecuritygroupingress", "AuthorizeSecurityGroupIngressX", "PutObject"}) {
    EXPECT_FALSE(find_name(name).has_value()) << name;
    EXPECT_FALSE(class_of("ec2.amazonaws.com", name).has_value()) << name;
  }
}

TEST(EventNames, TheServiceCounts) {
  EXPECT_EQ(class_of("ec2.amazonaws.com", "CreateSecurityGroup"), EventClass::SgLife);
  EXPECT_EQ(class_of("ec2.amazonaws.com.cn", "CreateSecurityGroup"), EventClass::SgLife);
  EXPECT_EQ(class_of("s3.amazonaws.com", "CreateSecurityGroup"), std::nullopt);
  EXPECT_EQ(text(EventClass::SgLife), "sg_life");
  EXPECT_EQ(text(EventClass::VpcSubnet), "vpc_subnet");
  EXPECT_EQ(text(EventClass::AttachOther), "attach_other");
}

}  // namespace
}  // namespace portolan::events
