#include "report/patch.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "model/change_text.h"
#include "model/test_support.h"

namespace portolan::report {

namespace {

Owned owned() {
  Owned result;
  result.account = *AccountId::parse("111122223333");
  result.region = *Region::parse("eu-west-1");
  return result;
}

SecurityGroupRule ssh() {
  SecurityGroupRule rule;
  rule.services = ServiceSet::tcp(22);
  rule.protocol = "tcp";
  rule.from_port = 22;
  rule.to_port = 22;
  rule.peer = IpPrefix::all(IpFamily::V4);
  return rule;
}

/// One group, one NACL, one instance, one interface with two groups.
Snapshot estate() {
  SecurityGroup group;
  group.id = {"sg-1"};
  group.owned = owned();
  NetworkAcl acl;
  acl.id = {"acl-1"};
  acl.owned = owned();
  NetworkAclEntry entry;
  entry.number = 100;
  entry.services = ServiceSet::all();
  entry.cidr = IpPrefix::all(IpFamily::V4);
  acl.entries = {entry};
  Instance instance;
  instance.id = {"i-1"};
  instance.owned = owned();
  instance.metadata = {.endpoint_enabled = true, .tokens_required = false, .hop_limit = {}};
  NetworkInterface interface;
  interface.id = {"eni-1"};
  interface.owned = owned();
  interface.groups = {{"sg-1"}, {"sg-2"}};
  const std::vector<Change> changes = {
      ResourceSet{std::make_shared<const SecurityGroup>(group)},
      ResourceSet{std::make_shared<const NetworkAcl>(acl)},
      ResourceSet{std::make_shared<const Instance>(instance)},
      ResourceSet{std::make_shared<const NetworkInterface>(interface)}};
  return apply_changes(Snapshot(), changes)->snapshot;
}

Change tokens_required() {
  Instance instance;
  instance.id = {"i-1"};
  instance.owned = owned();
  instance.metadata = {.endpoint_enabled = true, .tokens_required = true, .hop_limit = {}};
  return ResourceSet{std::make_shared<const Instance>(instance)};
}

std::string command(const Change& change) {
  const auto lines = aws_commands(estate(), std::vector<Change>{change});
  EXPECT_EQ(lines.size(), 1U);
  return lines.empty() ? std::string() : lines.front();
}

TEST(Patch, rules_are_revoked_by_id_or_by_what_they_permit) {
  EXPECT_EQ(command(RuleRemoved{{"sg-1"}, ssh()}),
            "aws ec2 revoke-security-group-ingress --region eu-west-1 --group-id sg-1 "
            "--ip-permissions '[{\"IpProtocol\":\"tcp\",\"FromPort\":22,\"ToPort\":22,"
            "\"IpRanges\":[{\"CidrIp\":\"0.0.0.0/0\"}]}]'");
  SecurityGroupRule rule = ssh();
  rule.is_egress = true;
  rule.id = {"sgr-1"};
  EXPECT_EQ(command(RuleRemoved{{"sg-1"}, rule}),
            "aws ec2 revoke-security-group-egress --region eu-west-1 --group-id sg-1 "
            "--security-group-rule-ids sgr-1");
}

TEST(Patch, each_kind_of_peer_has_its_own_list) {
  SecurityGroupRule rule = ssh();
  rule.peer = GroupReference{.group = {"sg-2"}};
  EXPECT_NE(
      command(RuleAdded{{"sg-1"}, rule}).find("\"UserIdGroupPairs\":[{\"GroupId\":\"sg-2\"}]"),
      std::string::npos);
  rule.peer = PrefixListId{"pl-1"};
  EXPECT_NE(
      command(RuleAdded{{"sg-1"}, rule}).find("\"PrefixListIds\":[{\"PrefixListId\":\"pl-1\"}]"),
      std::string::npos);
  rule.peer = IpPrefix::all(IpFamily::V6);
  EXPECT_NE(command(RuleAdded{{"sg-1"}, rule}).find("\"Ipv6Ranges\":[{\"CidrIpv6\":\"::/0\"}]"),
            std::string::npos);
  rule.protocol = "-1";
  rule.from_port = rule.to_port = -1;
  EXPECT_EQ(command(RuleAdded{{"sg-1"}, rule}).find("FromPort"), std::string::npos);
}

TEST(Patch, hostile_text_stays_one_word) {
  SecurityGroupRule rule = ssh();
  rule.description = "x'; rm -rf / #\n$(id) ${var.x} %{if}";
  const std::string line = command(RuleAdded{{"sg-1"}, rule});
  EXPECT_EQ(line.find('\n'), std::string::npos);
  EXPECT_NE(line.find("x'\\''; rm"), std::string::npos);
  const std::string hcl = terraform(estate(), std::vector<Change>{RuleAdded{{"sg-1"}, rule}});
  EXPECT_NE(hcl.find("$${var.x} %%{if}"), std::string::npos) << hcl;
  EXPECT_EQ(shell_word("a b"), "'a b'");
  EXPECT_EQ(shell_word(""), "''");
  EXPECT_EQ(shell_word("sg-1"), "sg-1");
}

TEST(Patch, other_changes_have_their_calls) {
  EXPECT_EQ(command(tokens_required()),
            "aws ec2 modify-instance-metadata-options --region eu-west-1 --instance-id i-1 "
            "--http-tokens required");
  EXPECT_EQ(command(ResourceRemoved{AnyId(SecurityGroupId{"sg-1"})}),
            "aws ec2 delete-security-group --region eu-west-1 --group-id sg-1");
  EXPECT_EQ(command(GroupDetached{{"eni-1"}, {"sg-1"}}),
            "aws ec2 modify-network-interface-attribute --region eu-west-1 "
            "--network-interface-id eni-1 --groups sg-2");
  NetworkAclEntry entry;
  entry.number = 90;
  entry.services = ServiceSet::tcp(22);
  entry.cidr = IpPrefix::all(IpFamily::V4);
  EXPECT_EQ(command(AclEntrySet{{"acl-1"}, entry}),
            "aws ec2 create-network-acl-entry --region eu-west-1 --network-acl-id acl-1 --ingress "
            "--rule-number 90 --protocol 6 --port-range From=22,To=22 --cidr-block 0.0.0.0/0 "
            "--rule-action deny");
  entry.number = 100;
  EXPECT_NE(command(AclEntrySet{{"acl-1"}, entry}).find("replace-network-acl-entry"),
            std::string::npos);
  EXPECT_EQ(command(AclEntryRemoved{{"acl-1"}, true, 100}),
            "aws ec2 delete-network-acl-entry --region eu-west-1 --network-acl-id acl-1 --egress "
            "--rule-number 100");
  EXPECT_EQ(command(TagSet{"sg-1", "a", "b"}), "# sg-1 +tag a=b");
}

TEST(Patch, terraform_and_cloudformation_hold_what_is_added_as_resources) {
  SecurityGroupRule rule = ssh();
  rule.description = "bastion";
  const std::vector<Change> changes = {RuleAdded{{"sg-1"}, rule}, RuleRemoved{{"sg-1"}, ssh()},
                                       tokens_required()};
  EXPECT_EQ(terraform(estate(), changes),
            "resource \"aws_vpc_security_group_ingress_rule\" \"sg_1_1\" {\n"
            "  security_group_id = \"sg-1\"\n"
            "  ip_protocol = \"tcp\"\n"
            "  from_port = 22\n"
            "  to_port = 22\n"
            "  cidr_ipv4 = \"0.0.0.0/0\"\n"
            "  description = \"bastion\"\n"
            "}\n"
            "# delete the aws_vpc_security_group_ingress_rule, or the ingress block, of sg-1:\n"
            "#   ingress tcp/22 0.0.0.0/0\n"
            "# in the aws_instance or aws_launch_template of i-1:\n"
            "#   metadata_options {\n"
            "#     http_endpoint = \"enabled\"\n"
            "#     http_tokens = \"required\"\n"
            "#   }\n");
  EXPECT_EQ(cloudformation(estate(), changes),
            "  Portolansg1Rule1:\n"
            "    Type: AWS::EC2::SecurityGroupIngress\n"
            "    Properties:\n"
            "      GroupId: \"sg-1\"\n"
            "      IpProtocol: \"tcp\"\n"
            "      FromPort: 22\n"
            "      ToPort: 22\n"
            "      CidrIp: \"0.0.0.0/0\"\n"
            "      Description: \"bastion\"\n"
            "  # delete from sg-1: ingress tcp/22 0.0.0.0/0\n"
            "  # i-1: set MetadataOptions in its launch template, HttpTokens: required\n");
}

}  // namespace

}  // namespace portolan::report
