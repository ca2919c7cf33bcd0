#include "collect/aws/namers.h"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

#include <fmt/format.h>

#include "collect/aws/calls.h"

namespace portolan::collect::aws {

namespace {

/// These services name no groups, or a kind of row tells whether they were read.
constexpr std::array<std::string_view, 14> kOthers = {
    "autoscaling", "cloudtrail", "cloudwatch",       "ec2",           "elb", "elbv2", "iam",
    "lambda",      "logs",       "network-firewall", "organizations", "sns", "sts",   "wafv2"};
constexpr std::array<std::string_view, 3> kNamersOfEc2 = {"DescribeInstanceConnectEndpoints",
                                                          "DescribeSpotFleetRequests",
                                                          "DescribeVerifiedAccessEndpoints"};
/// The same of single calls of the services that are left.
constexpr std::array<std::string_view, 4> kTold = {
    "ecs describe-services", "eks describe-nodegroup", "rds describe-db-instances",
    "redshift describe-clusters"};

bool is_in(std::span<const std::string_view> names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// True for calls that list what others are asked about.
bool is_walked(const Call& call) {
  const auto all = all_calls();
  return std::any_of(all.begin(), all.end(), [&](const Call& each) {
    return each.each != nullptr && each.service == call.service && each.each->action == call.action;
  });
}

bool is_namer(const Call& call) {
  return call.asked == Asked::InEachRegion && !is_walked(call) && !is_in(kTold, command_of(call)) &&
         (!is_in(kOthers, call.service) ||
          (call.service == "ec2" && is_in(kNamersOfEc2, call.action)));
}

Commands find_namers() {
  Commands commands;
  for (const Call& call : all_calls()) {
    if (is_namer(call)) {
      commands.insert(command_of(call));
    }
  }
  return commands;
}

}  // namespace

const Commands& naming_commands() {
  static const Commands commands = find_namers();
  return commands;
}

std::set<std::string> unasked_namers(const Commands& asked) {
  const auto is_asked = [&](std::string_view service) {
    const std::string start = fmt::format("{} ", service);
    const auto first = asked.lower_bound(start);
    return first != asked.end() && first->starts_with(start);
  };
  std::set<std::string> unasked;
  for (const std::string& command : naming_commands()) {
    const std::string service = command.substr(0, command.find(' '));
    if (!asked.contains(command)) {
      unasked.insert(is_asked(service) ? command : service);
    }
  }
  return unasked;
}

}  // namespace portolan::collect::aws
