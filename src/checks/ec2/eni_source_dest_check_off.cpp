#include <algorithm>
#include <unordered_map>

#include <fmt/format.h>

#include "checks/check.h"
#include "checks/each.h"
#include "checks/instances.h"

namespace portolan::checks {

extern const Check eni_source_dest_check_off;

namespace {

constexpr std::string_view kReferences[] = {
    "AWS FSBP: EC2.180", "AWS Config: ec2-enis-source-destination-check-enabled"};

/// AWS runs these itself, as it must: NAT gateways, balancers, transit gateways …
bool is_run_by_aws(const NetworkInterface& interface) {
  return interface.instance.empty() &&
         (interface.interface_type != "interface" || interface.requester.starts_with("amazon-"));
}

/// The tables that send traffic to each interface.
std::unordered_map<std::string, std::string> routed(const Snapshot& snapshot) {
  std::unordered_map<std::string, std::string> tables;
  for (const RouteTable& table : snapshot.all<RouteTable>()) {
    for (const Route& route : table.routes) {
      if (route.target.kind == RouteTargetKind::NetworkInterface) {
        tables.emplace(route.target.id, table.id.value);
      }
    }
  }
  return tables;
}

class Judge {
 public:
  explicit Judge(const Context& context) : context_(context), routed_(routed(context.snapshot())) {}

  void judge(const NetworkInterface& interface, std::vector<Finding>& findings) const {
    if (interface.checks_source_dest || is_run_by_aws(interface)) {
      return;
    }
    Finding finding = about(eni_source_dest_check_off.id, interface);
    if (is_appliance(context_.snapshot(), interface)) {
      findings.push_back(
          passed(std::move(finding), "its tags say that it forwards the traffic of others"));
      return;
    }
    if (!interface.instance.empty() && context_.snapshot().find(interface.instance) == nullptr) {
      findings.push_back(
          unknown(std::move(finding), Risk::Medium,
                  "it may forward the traffic of others, and whether it is meant to is not known",
                  {fmt::format("the tags of {} were not collected: {}", interface.instance.value,
                               call_of(Noun::Instances))}));
      return;
    }
    findings.push_back(off(interface, std::move(finding)));
  }

 private:
  [[nodiscard]] Finding off(const NetworkInterface& interface, Finding finding) const {
    const auto table = routed_.find(interface.id.value);
    const std::string title = title_of(context_.estate(), interface);
    finding.affected = affected_ids(Interfaces{&interface});
    finding.risk = table == routed_.end() ? Risk::Medium : Risk::Low;
    finding.message =
        table == routed_.end()
            ? fmt::format(
                  "{} may send from and take for any address, and neither a tag nor a route "
                  "says that it is a gateway",
                  title)
            : fmt::format(
                  "{} may send from and take for any address; {} sends it the traffic of "
                  "others, but no tag says that it is a gateway",
                  title, table->second);
    finding.fix = table == routed_.end()
                      ? fmt::format(
                            "aws ec2 modify-network-interface-attribute --network-interface-id {} "
                            "--source-dest-check",
                            interface.id.value)
                      : std::string(
                            "tag it with role=nat, role=firewall or role=vpn if it is meant to be "
                            "one");
    return finding;
  }

  const Context& context_;
  std::unordered_map<std::string, std::string> routed_;
};

std::vector<Finding> run(const Context& context) {
  const Judge judge(context);
  return judge_each<NetworkInterface>(
      context, eni_source_dest_check_off.id, "it sends from and takes for its own addresses only",
      [&](const NetworkInterface& interface, std::vector<Finding>& findings) {
        judge.judge(interface, findings);
      });
}

}  // namespace

const Check eni_source_dest_check_off = {
    .id = "eni-source-dest-check-off",
    .title = "Source/destination check is off where nothing is a gateway",
    .risk = Risk::Medium,
    .resources = "NetworkInterface",
    .why =
        "Without the check a machine may forward traffic of others and send with false addresses. "
        "A NAT instance, a firewall and a VPN server need that; on any other machine it makes a "
        "quiet bridge between networks.",
    .fix =
        "Tag gateways as such (role=nat, role=firewall, role=vpn). Turn the check on elsewhere "
        "with aws ec2 modify-network-interface-attribute --source-dest-check.",
    .references = kReferences,
    .run = run};

}  // namespace portolan::checks
