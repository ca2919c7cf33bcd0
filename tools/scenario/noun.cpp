#include "tools/scenario/noun.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include <fmt/format.h>

namespace portolan::scenario {

namespace {

// clang-format off
constexpr std::array kNouns = {
    NounInfo{"vpc", "vpc-0{hex}", expand_vpc, prepare_vpc},
    NounInfo{"pl", "pl-0{hex}", expand_prefix_list},
    NounInfo{"igw", "igw-0{hex}", expand_internet_gateway},
    NounInfo{"eigw", "eigw-0{hex}", expand_egress_only_gateway},
    NounInfo{"vgw", "vgw-0{hex}", expand_vpn_gateway},
    NounInfo{"vpn", "vpn-0{hex}", expand_vpn},
    NounInfo{"peering", "pcx-0{hex}", expand_peering},
    NounInfo{"subnet", "subnet-0{hex}", expand_subnet},
    NounInfo{"sg", "sg-0{hex}", expand_group, prepare_group},
    NounInfo{"associate", "", expand_association},
    NounInfo{"table", "rtb-0{hex}", expand_table},
    NounInfo{"acl", "acl-0{hex}", expand_acl},
    NounInfo{"nat", "nat-0{hex}", expand_nat},
    NounInfo{"instance", "i-0{hex}", expand_instance, prepare_instance},
    NounInfo{"eni", "eni-0{hex}", expand_interface},
    NounInfo{"db", "arn:aws:rds:{region}:{account}:db:{name}", expand_database},
    NounInfo{"redshift", "arn:aws:redshift:{region}:{account}:cluster:{name}", expand_redshift},
    NounInfo{"launch-template", "lt-0{hex}", expand_launch_template},
    NounInfo{"launch-version", "", expand_launch_version},
    NounInfo{"launch-configuration", "arn:aws:autoscaling:{region}:{account}:launchConfiguration:{hex}:launchConfigurationName/{name}", expand_launch_configuration},
    NounInfo{"asg", "arn:aws:autoscaling:{region}:{account}:autoScalingGroup:{hex}:autoScalingGroupName/{name}", expand_auto_scaling_group},
    NounInfo{"metadata-defaults", "", expand_metadata_defaults},
    NounInfo{"ecs-service", "arn:aws:ecs:{region}:{account}:service/main/{name}", expand_ecs_service},
    NounInfo{"node-group", "arn:aws:eks:{region}:{account}:nodegroup/main/{name}/{hex}", expand_node_group},
    NounInfo{"client-vpn", "cvpn-endpoint-0{hex}", expand_client_vpn},
    NounInfo{"lambda", "arn:aws:lambda:{region}:{account}:function:{name}", expand_function},
    NounInfo{"eip", "eipalloc-0{hex}", expand_elastic_ip},
    NounInfo{"tgw", "tgw-0{hex}", expand_transit_gateway},
    NounInfo{"attachment", "tgw-attach-0{hex}", expand_transit_attachment},
    NounInfo{"tgw-peering", "tgw-attach-0{hex}", expand_transit_peering},
    NounInfo{"tgw-table", "tgw-rtb-0{hex}", expand_transit_table},
    NounInfo{"target-group", "arn:aws:elasticloadbalancing:{region}:{account}:targetgroup/{name}/{hex}", expand_target_group},
    NounInfo{"alb", "arn:aws:elasticloadbalancing:{region}:{account}:loadbalancer/app/{name}/{hex}", expand_balancer},
    NounInfo{"nlb", "arn:aws:elasticloadbalancing:{region}:{account}:loadbalancer/net/{name}/{hex}", expand_balancer},
    NounInfo{"gwlb", "arn:aws:elasticloadbalancing:{region}:{account}:loadbalancer/gwy/{name}/{hex}", expand_balancer},
    NounInfo{"clb", "arn:aws:elasticloadbalancing:{region}:{account}:loadbalancer/{name}", expand_classic_balancer},
    NounInfo{"web-acl", "arn:aws:wafv2:{region}:{account}:regional/webacl/{name}/{hex}", expand_web_acl},
    NounInfo{"listener", "", expand_listener},
    NounInfo{"rule", "", expand_listener_rule},
    NounInfo{"endpoint-service", "vpce-svc-0{hex}", expand_endpoint_service},
    NounInfo{"endpoint", "vpce-0{hex}", expand_endpoint},
    NounInfo{"stateful-rules", "arn:aws:network-firewall:{region}:{account}:stateful-rulegroup/{name}", expand_stateful_rules},
    NounInfo{"stateless-rules", "arn:aws:network-firewall:{region}:{account}:stateless-rulegroup/{name}", expand_stateless_rules},
    NounInfo{"firewall-policy", "arn:aws:network-firewall:{region}:{account}:firewall-policy/{name}", expand_firewall_policy},
    NounInfo{"firewall", "arn:aws:network-firewall:{region}:{account}:firewall/{name}", expand_firewall, prepare_firewall},
    NounInfo{"block-public-access", "", expand_block_public_access},
    NounInfo{"exclusion", "", expand_exclusion},
    NounInfo{"flow-log", "fl-0{hex}", expand_flow_log},
    NounInfo{"trail", "arn:aws:cloudtrail:{region}:{account}:trail/{name}", expand_trail},
    NounInfo{"metric-filter", "", expand_metric_filter},
    NounInfo{"alarm", "arn:aws:cloudwatch:{region}:{account}:alarm:{name}", expand_alarm},
    NounInfo{"subscription", "", expand_subscription},
    NounInfo{"event-rule", "arn:aws:events:{region}:{account}:rule/{name}", expand_event_rule},
};
// clang-format on

void replace(std::string& text, std::string_view what, std::string_view with) {
  if (const std::size_t at = text.find(what); at != std::string::npos) {
    text.replace(at, what.size(), with);
  }
}

}  // namespace

std::span<const NounInfo> all_nouns() { return kNouns; }

const NounInfo* find_noun(std::string_view word) {
  const auto* const found = std::find_if(kNouns.begin(), kNouns.end(),
                                         [&](const NounInfo& noun) { return noun.word == word; });
  return found == kNouns.end() ? nullptr : found;
}

std::string make_id(const NounInfo& noun, std::string_view name, const Place& place) {
  if (is_id_of(noun.word, name)) {
    return std::string(name);
  }
  std::string id(noun.id);
  replace(id, "{region}", place.region);
  replace(id, "{account}", place.account);
  replace(id, "{name}", name);
  replace(id, "{hex}",
          digest(fmt::format("{}/{}/{}/{}", place.account, place.region, noun.word, name)));
  return id;
}

bool is_id_of(std::string_view noun, std::string_view text) {
  const NounInfo* info = find_noun(noun);
  if (info == nullptr || info->id.empty()) {
    return false;
  }
  if (info->id.starts_with("arn:")) {
    return text.starts_with("arn:");
  }
  const std::string_view prefix = info->id.substr(0, info->id.find('{') - 1);
  const std::string_view digits = text.substr(std::min(prefix.size(), text.size()));
  return text.starts_with(prefix) && digits.size() >= 8 &&
         digits.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

}  // namespace portolan::scenario
