#include <unordered_map>
#include <unordered_set>

#include <fmt/format.h>

#include "checks/check.h"
#include "checks/each.h"
#include "checks/missing.h"

namespace portolan::checks {

extern const Check unused_network_shell;

namespace {

constexpr std::string_view kReferences[] = {"VPC User Guide: Delete your VPC"};

class Run {
 public:
  explicit Run(const Context& context) : context_(context) {
    for (const NetworkInterface& interface : context.snapshot().all<NetworkInterface>()) {
      used_subnets_.insert(interface.subnet);
      used_vpcs_.insert(interface.vpc);
    }
    for (const Subnet& subnet : context.snapshot().all<Subnet>()) {
      subnets_[subnet.vpc].push_back(&subnet);
    }
  }

  std::vector<Finding> run() const {
    auto findings =
        judge_each<Vpc>(context_, kId, "it and its subnets are in use, or it is the default VPC",
                        [&](const Vpc& vpc, std::vector<Finding>& found) { judge(vpc, found); });
    judge_gateways<InternetGateway>("delete-internet-gateway --internet-gateway-id", findings);
    judge_gateways<EgressOnlyInternetGateway>(
        "delete-egress-only-internet-gateway --egress-only-internet-gateway-id", findings);
    judge_gateways<VpnGateway>("delete-vpn-gateway --vpn-gateway-id", findings);
    return findings;
  }

 private:
  /// Subnets are told with their VPC: a finding for each would bury all else. Of the default VPC
  /// default-vpc-used tells.
  void judge(const Vpc& vpc, std::vector<Finding>& findings) const {
    if (vpc.is_default) {
      return;
    }
    Finding finding = about(kId, vpc);
    finding.risk = Risk::Info;
    const Need need{.check = kId,
                    .noun = Noun::NetworkInterfaces,
                    .risk = Risk::Info,
                    .unsaid = "whether anything is in it is not known"};
    const auto found = subnets_.find(vpc.id);
    const std::size_t count = found == subnets_.end() ? 0 : found->second.size();
    for (std::size_t i = 0; i < count; ++i) {
      if (!used_subnets_.contains(found->second[i]->id)) {
        finding.affected.push_back(found->second[i]->id.value);
      }
    }
    const bool is_empty = !used_vpcs_.contains(vpc.id);
    if (!is_empty && finding.affected.empty()) {
      return;
    }
    if (is_missing(context_, need.noun, vpc.owned)) {
      finding.affected.clear();
      findings.push_back(unread(std::move(finding), need));
      return;
    }
    finding.message = is_empty ? std::string("no network interface is in the VPC")
                               : fmt::format("{} of its {} subnet{} {} no network interface",
                                             finding.affected.size(), count, count == 1 ? "" : "s",
                                             finding.affected.size() == 1 ? "has" : "have");
    finding.fix =
        is_empty ? fmt::format("aws ec2 delete-vpc --vpc-id {}", vpc.id.value)
                 : fmt::format("aws ec2 delete-subnet --subnet-id {}", finding.affected.front());
    findings.push_back(std::move(finding));
  }

  template <class Gateway>
  void judge_gateways(std::string_view deletion, std::vector<Finding>& findings) const {
    for (const Gateway& gateway : context_.snapshot().all<Gateway>()) {
      Finding finding = about(kId, gateway);
      if (!gateway.vpcs.empty()) {
        findings.push_back(passed(std::move(finding), "it is attached to a VPC"));
        continue;
      }
      finding.risk = Risk::Info;
      finding.message = "it is attached to no VPC";
      finding.fix = fmt::format("aws ec2 {} {}", deletion, gateway.id.value);
      findings.push_back(std::move(finding));
    }
  }

  const std::string_view kId = unused_network_shell.id;

  const Context& context_;
  std::unordered_set<SubnetId> used_subnets_;
  std::unordered_set<VpcId> used_vpcs_;
  std::unordered_map<VpcId, std::vector<const Subnet*>> subnets_;
};

std::vector<Finding> run(const Context& context) { return Run(context).run(); }

}  // namespace

const Check unused_network_shell = {
    .id = "unused-network-shell",
    .title = "Gateway, VPC or subnet without use",
    .risk = Risk::Info,
    .resources = "Vpc, InternetGateway, EgressOnlyInternetGateway, VpnGateway",
    .why =
        "Empty networks have routes, ACLs and groups that nobody looks after. Whoever launches "
        "something in one later inherits them, and a gateway that lies ready is one call away "
        "from opening a VPC.",
    .fix =
        "Ask who made it, and whether it waits for something. Delete what is left over, subnets "
        "before their VPC: aws ec2 delete-subnet, delete-internet-gateway, delete-vpc.",
    .references = kReferences,
    .run = run};

}  // namespace portolan::checks
