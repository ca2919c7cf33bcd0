#include "events/names.h"

#include <gtest/gtest.h>

#include "core/text.h"
#include "events/names_table.h"

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
  EXPECT_EQ(calls, 807U);
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
