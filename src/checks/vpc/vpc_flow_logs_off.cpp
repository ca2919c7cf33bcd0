#include <algorithm>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "checks/check.h"
#include "checks/each.h"
#include "checks/missing.h"
#include "core/text.h"

namespace portolan::checks {

extern const Check vpc_flow_logs_off;

namespace {

constexpr std::string_view kReferences[] = {"CIS AWS 5.0: 3.7", "CIS AWS 7.0: 4.7",
                                            "AWS FSBP: EC2.6", "AWS Config: vpc-flow-logs-enabled"};

/// The logs of one VPC, subnet or interface.
struct Logs {
  bool sees_refused = false;  // what was tried and did not pass, which is what CIS asks for
  std::string fault;          // why another one does not count
};

class Run {
 public:
  explicit Run(const Context& context) : context_(context) {
    for (const FlowLog& log : context.snapshot().all<FlowLog>()) {
      note(log);
    }
    for (const Subnet& subnet : context.snapshot().all<Subnet>()) {
      subnets_[subnet.vpc].push_back(&subnet);
    }
    for (const NetworkInterface& interface : context.snapshot().all<NetworkInterface>()) {
      interfaces_[interface.subnet].push_back(&interface);
    }
  }

  void judge(const Vpc& vpc, std::vector<Finding>& findings) const {
    if (sees(vpc.id.value)) {
      return;
    }
    Finding finding = about(vpc_flow_logs_off.id, vpc);
    for (const Noun noun : {Noun::FlowLogs, Noun::Subnets, Noun::NetworkInterfaces}) {
      if (is_missing(context_, noun, vpc.owned)) {
        findings.push_back(unread(
            std::move(finding), {.check = vpc_flow_logs_off.id,
                                 .noun = noun,
                                 .risk = Risk::Medium,
                                 .unsaid = "whether flow logs see all its traffic is not known"}));
        return;
      }
    }
    const Places places = places_of(vpc);
    if (places.interfaces > 0 && places.unseen.empty()) {
      return;
    }
    finding.risk = places.interfaces == 0 ? Risk::Info : Risk::Medium;
    finding.is_latent = places.interfaces == 0;
    finding.affected = places.unseen;
    finding.message = message_of(vpc, places);
    finding.fix = fmt::format(
        "aws ec2 create-flow-logs --resource-type VPC --resource-ids {} --traffic-type ALL",
        vpc.id.value);
    findings.push_back(std::move(finding));
  }

 private:
  /// What is in a VPC that has no log of its own.
  struct Places {
    std::size_t interfaces = 0;
    std::vector<std::string> unseen;  // subnets with interfaces that no log sees
  };

  void note(const FlowLog& log) {
    Logs& logs = logs_[log.resource];
    if (!log.is_active) {
      logs.fault = fmt::format("{} is not active", log.id.value);
    } else if (!log.is_delivering) {
      logs.fault = fmt::format("{} cannot deliver", log.id.value);
    } else if (log.traffic == FlowLogTraffic::Accept || log.traffic == FlowLogTraffic::Unknown) {
      logs.fault = fmt::format("{} leaves out what was refused", log.id.value);
    } else {
      logs.sees_refused = true;
    }
  }

  [[nodiscard]] bool sees(const std::string& resource) const {
    const auto found = logs_.find(resource);
    return found != logs_.end() && found->second.sees_refused;
  }

  [[nodiscard]] Places places_of(const Vpc& vpc) const {
    Places places;
    const auto subnets = subnets_.find(vpc.id);
    if (subnets == subnets_.end()) {
      return places;
    }
    for (const Subnet* subnet : subnets->second) {
      const auto here = interfaces_.find(subnet->id);
      if (here == interfaces_.end()) {
        continue;
      }
      places.interfaces += here->second.size();
      const bool is_seen =
          sees(subnet->id.value) ||
          std::all_of(here->second.begin(), here->second.end(),
                      [&](const auto* interface) { return sees(interface->id.value); });
      if (!is_seen) {
        places.unseen.push_back(subnet->id.value);
      }
    }
    return places;
  }

  [[nodiscard]] std::string message_of(const Vpc& vpc, const Places& places) const {
    const auto own = logs_.find(vpc.id.value);
    const std::string why =
        own == logs_.end() ? std::string() : fmt::format(" ({})", own->second.fault);
    if (places.interfaces == 0) {
      return fmt::format("no flow log sees what happens in the VPC{}; nothing is in it now", why);
    }
    return fmt::format("no flow log sees what is refused in {}{}", joined(places.unseen, ", "),
                       why);
  }

  const Context& context_;
  std::map<std::string, Logs, std::less<>> logs_;  // by resource
  std::map<VpcId, std::vector<const Subnet*>> subnets_;
  std::map<SubnetId, std::vector<const NetworkInterface*>> interfaces_;
};

std::vector<Finding> run(const Context& context) {
  const Run run(context);
  return judge_each<Vpc>(
      context, vpc_flow_logs_off.id, "flow logs see all its traffic, or what was refused of it",
      [&](const Vpc& vpc, std::vector<Finding>& findings) { run.judge(vpc, findings); });
}

}  // namespace

const Check vpc_flow_logs_off = {
    .id = "vpc-flow-logs-off",
    .title = "Flow logs missing",
    .risk = Risk::Medium,
    .resources = "Vpc",
    .why =
        "Without flow logs nobody can tell afterwards who talked to whom: not which machine was "
        "scanned, not where data went, and not which rule of a group is in use at all.",
    .fix =
        "Decide where logs are kept and for how long, and delete those that cannot deliver. "
        "Add one for all traffic of the VPC with aws ec2 create-flow-logs.",
    .references = kReferences,
    .run = run};

}  // namespace portolan::checks
