#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "collect/test_documents.h"

namespace portolan::collect {

namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

const std::string kArn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:";
const std::string kAlb = kArn + "loadbalancer/app/shop/1a";
const std::string kNlb = kArn + "loadbalancer/net/front/2b";
const std::string kListener = kArn + "listener/app/shop/1a/3c";
const std::string kWeb = kArn + "targetgroup/web/4d";
const std::string kApp = kArn + "targetgroup/app/5e";

/// `text` with `@NAME` replaced by the ARNs above.
std::string with_arns(std::string text) {
  const std::pair<std::string, std::string> names[] = {
      {"@ALB", kAlb}, {"@NLB", kNlb}, {"@LISTENER", kListener}, {"@WEB", kWeb}, {"@APP", kApp}};
  for (const auto& [name, arn] : names) {
    for (std::size_t at = text.find(name); at != std::string::npos; at = text.find(name)) {
      text.replace(at, name.size(), arn);
    }
  }
  return text;
}

std::string balancers() {
  return with_arns(R"({"LoadBalancers": [
      {"LoadBalancerArn": "@ALB", "LoadBalancerName": "shop", "DNSName": "shop.elb.amazonaws.com",
       "Scheme": "internet-facing", "VpcId": "vpc-1", "State": {"Code": "active"},
       "Type": "application", "IpAddressType": "dualstack", "SecurityGroups": ["sg-2", "sg-1"],
       "AvailabilityZones": [{"ZoneName": "eu-west-1a", "SubnetId": "subnet-1"}]},
      {"LoadBalancerArn": "@NLB", "LoadBalancerName": "front", "Scheme": "internal",
       "State": {"Code": "failed"}, "Type": "network",
       "EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic": "off",
       "AvailabilityZones": [{"ZoneName": "eu-west-1a", "SubnetId": "subnet-1",
           "LoadBalancerAddresses": [{"IpAddress": "198.51.100.7"},
                                     {"PrivateIPv4Address": "10.0.0.9"}]}]}]})");
}

std::string target_groups() {
  return with_arns(R"({"TargetGroups": [
      {"TargetGroupArn": "@WEB", "TargetGroupName": "web", "Protocol": "HTTP", "Port": 8080,
       "VpcId": "vpc-1", "TargetType": "instance", "HealthCheckPort": "traffic-port",
       "LoadBalancerArns": ["@ALB"]},
      {"TargetGroupArn": "@APP", "TargetGroupName": "app", "Protocol": "TCP", "Port": 9000,
       "TargetType": "ip"}]})");
}

TEST(LoadBalancers, are_read_whole) {
  const Decoded decoded = decode_text(balancers());
  const LoadBalancer& alb = row<LoadBalancer>(decoded, kAlb);
  EXPECT_EQ(alb.kind, BalancerKind::Application);
  EXPECT_TRUE(alb.is_internet_facing() && alb.is_active && alb.is_dualstack);
  EXPECT_TRUE(alb.checks_private_link);
  EXPECT_THAT(alb.groups, ElementsAre(SecurityGroupId{"sg-1"}, SecurityGroupId{"sg-2"}));
  EXPECT_FALSE(alb.listeners);
  EXPECT_EQ(alb.owned.account.text(), "123456789012");
  const LoadBalancer& nlb = row<LoadBalancer>(decoded, kNlb);
  EXPECT_EQ(nlb.kind, BalancerKind::Network);
  EXPECT_EQ(nlb.scheme, BalancerScheme::Internal);
  EXPECT_FALSE(nlb.is_active || nlb.checks_private_link);
  ASSERT_THAT(nlb.zones, SizeIs(1));
  EXPECT_THAT(nlb.zones[0].addresses, SizeIs(2));
}

TEST(LoadBalancers, without_a_scheme_are_not_taken_for_internal_ones) {
  for (const std::string type : {"application", "gateway"}) {
    const Decoded decoded = decode_text(R"({"LoadBalancers": [{"LoadBalancerArn": ")" + kAlb +
                                        R"(", "VpcId": "vpc-1", "Type": ")" + type + R"("}]})");
    const LoadBalancer& balancer = row<LoadBalancer>(decoded, kAlb);
    EXPECT_EQ(balancer.scheme, BalancerScheme::Unknown);
    EXPECT_FALSE(balancer.is_internet_facing());
    // A gateway load balancer has none by design.
    EXPECT_EQ(balancer.may_face_internet(), type == "application");
    EXPECT_EQ(balancer.lacks_scheme(), type == "application");
  }
}

TEST(LoadBalancers, classic_ones_get_an_arn) {
  const Decoded decoded = decode_text(R"({"LoadBalancerDescriptions": [{
      "LoadBalancerName": "old", "DNSName": "old.elb.amazonaws.com", "Scheme": "internet-facing",
      "VPCId": "vpc-1", "Subnets": ["subnet-1"], "AvailabilityZones": ["eu-west-1a"],
      "SecurityGroups": ["sg-1"], "Instances": [{"InstanceId": "i-1"}],
      "SourceSecurityGroup": {"OwnerAlias": "123456789012", "GroupName": "default"},
      "ListenerDescriptions": [{"Listener": {"Protocol": "TCP", "LoadBalancerPort": 443,
                                             "InstanceProtocol": "TCP", "InstancePort": 8443},
                                "PolicyNames": ["ELBSecurityPolicy-2016-08"]}]}]})");
  const LoadBalancer& old = row<LoadBalancer>(decoded, kArn + "loadbalancer/old");
  EXPECT_EQ(old.kind, BalancerKind::Classic);
  EXPECT_TRUE(old.is_internet_facing());
  ASSERT_TRUE(old.listeners);
  ASSERT_THAT(*old.listeners, SizeIs(1));
  EXPECT_EQ(old.listeners->front().port, 443);
  EXPECT_EQ(old.listeners->front().instance_port, 8443);
  EXPECT_THAT(old.listeners->front().policies, ElementsAre("ELBSecurityPolicy-2016-08"));
  EXPECT_THAT(old.instances, ElementsAre(InstanceId{"i-1"}));
}

TEST(Listeners, go_to_their_balancers_with_their_rules) {
  const Decoded decoded =
      decode_documents({{kHere + "a.json", balancers()},
                        {kHere + "b.json", with_arns(R"({"Listeners": [{"ListenerArn": "@LISTENER",
            "LoadBalancerArn": "@ALB", "Port": 443, "Protocol": "HTTPS",
            "SslPolicy": "ELBSecurityPolicy-TLS13-1-2-2021-06",
            "DefaultActions": [{"Type": "forward", "TargetGroupArn": "@WEB",
                "ForwardConfig": {"TargetGroups": [{"TargetGroupArn": "@WEB", "Weight": 1},
                                                   {"TargetGroupArn": "@APP", "Weight": 0}]}}]}]})")},
                        {kHere + "c.json", R"({"Rules": [{"RuleArn": ")" + kArn +
                                               R"(listener-rule/app/shop/1a/3c/9z", "Priority": "1",
            "Conditions": [{"Field": "path-pattern", "Values": ["/api/*"],
                            "PathPatternConfig": {"Values": ["/api/*", "/v2/*"]}},
                           {"Field": "http-header", "HttpHeaderConfig": {
                                "HttpHeaderName": "X-A", "Values": ["1"]}},
                           {"Field": "query-string", "QueryStringConfig": {
                                "Values": [{"Key": "a", "Value": "b"}]}}],
            "Actions": [{"Type": "redirect", "RedirectConfig": {"Protocol": "HTTPS", "Port": "443"}}]}]})"}});
  const auto& listeners = row<LoadBalancer>(decoded, kAlb).listeners;
  ASSERT_TRUE(listeners);
  ASSERT_THAT(*listeners, SizeIs(1));
  const Listener& listener = listeners->front();
  EXPECT_EQ(listener.port, 443);
  ASSERT_THAT(listener.actions, SizeIs(1));
  EXPECT_THAT(listener.actions[0].targets, ElementsAre(TargetGroupId{kWeb}));
  ASSERT_TRUE(listener.rules);
  ASSERT_THAT(*listener.rules, SizeIs(1));
  EXPECT_THAT(listener.rules->front().conditions,
              ElementsAre("path-pattern=/api/*,/v2/*", "http-header(X-A)=1", "query-string=a=b"));
  EXPECT_EQ(listener.rules->front().actions[0].type, "redirect");
  EXPECT_EQ(listener.rules->front().actions[0].redirect_protocol, "HTTPS");
  EXPECT_THAT(listener.policies, ElementsAre("ELBSecurityPolicy-TLS13-1-2-2021-06"));
  EXPECT_FALSE(row<LoadBalancer>(decoded, kNlb).listeners);
  EXPECT_THAT(places(decoded), IsEmpty());
}

TEST(Listeners, none_is_known_where_the_answer_is_empty) {
  const Decoded decoded = decode_documents(
      {{kHere + "a.json", balancers()}, {kHere + "listeners-front.json", R"({"Listeners": []})"}});
  EXPECT_FALSE(row<LoadBalancer>(decoded, kAlb).listeners);
  ASSERT_TRUE(row<LoadBalancer>(decoded, kNlb).listeners);
  EXPECT_THAT(*row<LoadBalancer>(decoded, kNlb).listeners, IsEmpty());
}

TEST(Rules, of_other_services_are_theirs) {
  const Decoded decoded = decode_text(
      R"({"Rules": [{"Name": "nightly", "Arn": "arn:aws:events:eu-west-1:123456789012:rule/x"}],
          "Attributes": {"Policy": "x"}, "Listeners": [], "Instances": [{"Id": "x"}]})");
  EXPECT_EQ(decoded.diagnostics.errors(), 0U);
}

TEST(TargetHealth, finds_its_group_by_what_stands_beside_it) {
  const Decoded decoded = decode_documents(
      {{kHere + "a.json", target_groups()},
       {kHere + "b.json", with_arns(R"({"LoadBalancerTargetHealth": [{"TargetGroupArn": "@WEB",
            "TargetHealthDescriptions": [{"Target": {"Id": "i-1", "Port": 8080},
                                          "TargetHealth": {"State": "unhealthy"}}]},
            {"TargetGroupArn": "@APP", "TargetHealthDescriptions": []}]})")}});
  const auto& targets = row<TargetGroup>(decoded, kWeb).targets;
  ASSERT_TRUE(targets);
  const Target target{.id = "i-1", .port = 8080, .health = "unhealthy"};
  EXPECT_THAT(*targets, ElementsAre(target));
  ASSERT_TRUE(row<TargetGroup>(decoded, kApp).targets);
  EXPECT_THAT(*row<TargetGroup>(decoded, kApp).targets, IsEmpty());
}

constexpr std::string_view kInstanceHealth =
    R"({"TargetHealthDescriptions": [{"Target": {"Id": "i-1", "Port": 8080}}]})";
constexpr std::string_view kAddressHealth =
    R"({"TargetHealthDescriptions": [{"Target": {"Id": "10.0.0.5", "Port": 9000}}]})";

TEST(TargetHealth, finds_its_group_by_the_path) {
  const Decoded decoded =
      decode_documents({{kHere + "groups.json", target_groups()},
                        {kHere + "health/targetgroup_web_4d.json", std::string(kInstanceHealth)},
                        {kHere + "health-app.json", std::string(kAddressHealth)}});
  ASSERT_TRUE(row<TargetGroup>(decoded, kWeb).targets);
  EXPECT_EQ(row<TargetGroup>(decoded, kWeb).targets->front().id, "i-1");
  ASSERT_TRUE(row<TargetGroup>(decoded, kApp).targets);
  EXPECT_EQ(row<TargetGroup>(decoded, kApp).targets->front().id, "10.0.0.5");
}

TEST(TargetHealth, finds_its_group_by_elimination) {
  const Decoded decoded = decode_documents({{kHere + "a.json", target_groups()},
                                            {kHere + "b.json", std::string(kInstanceHealth)},
                                            {kHere + "c.json", std::string(kAddressHealth)}});
  EXPECT_TRUE(row<TargetGroup>(decoded, kWeb).targets);
  EXPECT_TRUE(row<TargetGroup>(decoded, kApp).targets);
  EXPECT_THAT(places(decoded), IsEmpty());
}

TEST(TargetHealth, that_could_be_of_two_groups_is_reported) {
  std::string two = target_groups();
  two.replace(two.find("\"ip\""), 4, "\"instance\"");
  const Decoded decoded = decode_documents(
      {{kHere + "a.json", two},
       {kHere + "b.json",
        R"({"TargetHealthDescriptions": [{"Target": {"Id": "i-1", "Port": 1}}]})"}});
  EXPECT_FALSE(row<TargetGroup>(decoded, kWeb).targets);
  EXPECT_THAT(places(decoded), ElementsAre("unattributed_document b.json#"));
  EXPECT_THAT(gaps(decoded), ElementsAre("unattributed_document " + kHere + "b.json"));
}

TEST(Rules, listeners_of_global_accelerator_are_its_own) {
  const Decoded decoded = decode_text(
      R"({"Listeners": [{"ListenerArn": "arn:aws:globalaccelerator::123456789012:accelerator/x"}]})");
  EXPECT_THAT(places(decoded), IsEmpty());
  EXPECT_EQ(decoded.documents_read, 0U);
}

TEST(Tags, go_to_balancers_and_target_groups) {
  const Decoded decoded = decode_documents(
      {{kHere + "a.json", balancers()},
       {kHere + "b.json", target_groups()},
       {kHere + "c.json", with_arns(R"({"TagDescriptions": [
            {"ResourceArn": "@ALB", "Tags": [{"Key": "Name", "Value": "front"}]},
            {"ResourceArn": "@WEB", "Tags": [{"Key": "tier", "Value": "web"}]}]})")},
       {kHere + "d.json", R"({"LoadBalancerDescriptions": [{"LoadBalancerName": "old"}],
            "TagDescriptions": [{"LoadBalancerName": "old",
                                 "Tags": [{"Key": "Name", "Value": "oldest"}]}]})"}});
  EXPECT_EQ(row<LoadBalancer>(decoded, kAlb).owned.name(), "front");
  EXPECT_EQ(row<TargetGroup>(decoded, kWeb).owned.tag("tier"), "web");
  EXPECT_EQ(row<LoadBalancer>(decoded, kArn + "loadbalancer/old").owned.name(), "oldest");
}

TEST(Attributes, go_to_balancers_and_target_groups) {
  const Decoded decoded = decode_documents(
      {{kHere + "a.json", balancers()},
       {kHere + "b.json", target_groups()},
       {kHere + "c.json", with_arns(R"({"LoadBalancerAttributes": [{"LoadBalancerArn": "@NLB",
            "Attributes": [{"Key": "load_balancing.cross_zone.enabled", "Value": "true"},
                           {"Key": "access_logs.s3.enabled", "Value": "false"}]},
            {"LoadBalancerArn": "@ALB", "Attributes": [
                {"Key": "routing.http.desync_mitigation_mode", "Value": "strictest"},
                {"Key": "routing.http.drop_invalid_header_fields.enabled", "Value": "true"}]}]})")},
       {kHere + "attributes_app.json",
        R"({"Attributes": [{"Key": "preserve_client_ip.enabled", "Value": "false"},
                {"Key": "load_balancing.cross_zone.enabled",
                 "Value": "use_load_balancer_configuration"}]})"}});
  EXPECT_EQ(row<LoadBalancer>(decoded, kNlb).is_cross_zone, true);
  EXPECT_EQ(row<LoadBalancer>(decoded, kNlb).logs_access, false);
  EXPECT_FALSE(row<LoadBalancer>(decoded, kAlb).is_cross_zone);
  EXPECT_FALSE(row<LoadBalancer>(decoded, kAlb).logs_access);
  EXPECT_EQ(row<LoadBalancer>(decoded, kAlb).desync_mode, "strictest");
  EXPECT_EQ(row<LoadBalancer>(decoded, kAlb).drops_invalid_headers, true);
  EXPECT_EQ(row<TargetGroup>(decoded, kApp).preserves_client_ip, false);
  EXPECT_EQ(row<TargetGroup>(decoded, kApp).cross_zone, "use_load_balancer_configuration");
  EXPECT_THAT(places(decoded), IsEmpty());
}

TEST(Attributes, of_classic_balancers_go_by_name_or_path) {
  const Decoded decoded = decode_documents(
      {{kHere + "a.json", R"({"LoadBalancerDescriptions": [{"LoadBalancerName": "old"},
            {"LoadBalancerName": "older"}]})"},
       {kHere + "b.json", R"({"LoadBalancerName": "old", "LoadBalancerAttributes": {
            "CrossZoneLoadBalancing": {"Enabled": true}, "AccessLog": {"Enabled": false},
            "ConnectionDraining": {"Enabled": true, "Timeout": 300},
            "AdditionalAttributes": [{"Key": "elb.http.desyncmitigationmode",
                                      "Value": "monitor"}]}})"},
       {kHere + "elb-describe-load-balancer-attributes_older.json",
        R"({"LoadBalancerAttributes": {"CrossZoneLoadBalancing": {"Enabled": false},
            "AccessLog": {"Enabled": true, "S3BucketName": "logs"}}})"}});
  const auto& old = row<LoadBalancer>(decoded, kArn + "loadbalancer/old");
  EXPECT_EQ(old.is_cross_zone, true);
  EXPECT_EQ(old.logs_access, false);
  EXPECT_EQ(old.desync_mode, "monitor");
  const auto& older = row<LoadBalancer>(decoded, kArn + "loadbalancer/older");
  EXPECT_EQ(older.is_cross_zone, false);
  EXPECT_EQ(older.logs_access, true);
  EXPECT_THAT(places(decoded), IsEmpty());
}

}  // namespace

}  // namespace portolan::collect
