#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "checks/check.h"
#include "checks/each.h"
#include "checks/instances.h"
#include "checks/routing.h"
#include "checks/tag_patterns.h"
#include "core/text.h"

namespace portolan::checks {

extern const Check instance_multiple_eni;

namespace {

constexpr std::string_view kReferences[] = {"AWS FSBP: EC2.17",
                                            "AWS Config: ec2-instance-multiple-eni-check",
                                            "Prowler: ec2_instance_uses_single_eni"};

/// Interfaces that carry pods belong to the cluster's own network, not to a second zone.
/// SOURCE: amazon-vpc-cni-k8s, descriptions and types of its interfaces.
bool is_of_pods(const NetworkInterface& interface) {
  return interface.description.starts_with("aws-K8S-") || interface.interface_type == "branch" ||
         interface.interface_type == "trunk";
}

class Judge {
 public:
  explicit Judge(const Context& context) : context_(context), routing_(context) {}

  void judge(const Instance& instance, std::vector<Finding>& findings) const {
    if (is_gone(instance)) {
      return;
    }
    OwnInterfaces own = interfaces_of(context_.snapshot(), instance);
    std::erase_if(own.interfaces, [](const auto* interface) { return is_of_pods(*interface); });
    std::set<std::string> subnets;
    for (const NetworkInterface* interface : own.interfaces) {
      subnets.insert(interface->subnet.value);
    }
    Finding finding = about(instance_multiple_eni.id, instance);
    if (subnets.size() < 2) {
      if (!own.gap.empty()) {
        findings.push_back(unknown(std::move(finding), Risk::Low,
                                   "in how many subnets it is is not known", {own.gap}));
      }
      return;
    }
    finding.risk = Risk::Low;
    finding.affected = affected_ids(own.interfaces);
    finding.message =
        fmt::format("{} is in {} subnets at once: {}", instance.id.value, subnets.size(),
                    joined(std::vector<std::string>(subnets.begin(), subnets.end()), ", "));
    grade(own.interfaces, finding);
    finding.fix =
        "let it route through the VPC, then aws ec2 detach-network-interface "
        "--attachment-id of the interface that it does not need";
    findings.push_back(std::move(finding));
  }

 private:
  void grade(const Interfaces& interfaces, Finding& finding) const {
    const NetworkInterface* data = nullptr;
    const NetworkInterface* open = nullptr;
    std::string gap;
    for (const NetworkInterface* interface : interfaces) {
      const Subnet* subnet = context_.snapshot().find(interface->subnet);
      const SubnetKind kind = subnet == nullptr ? SubnetKind::Unknown : routing_.kind_of(*subnet);
      if (is_data_subnet(*interface)) {
        data = interface;
      } else if (kind == SubnetKind::Public) {
        open = interface;
      } else if (kind == SubnetKind::Unknown) {
        gap = subnet == nullptr ? interface->subnet.value + " was not collected"
                                : routing_.gap_of(*subnet);
      }
    }
    if (data != nullptr && open != nullptr) {
      finding.risk = Risk::High;
      finding.message += fmt::format(
          "; it joins the public {} and {} of the data tier past every route and "
          "network ACL between them",
          open->subnet.value, data->subnet.value);
    } else if (data != nullptr && !gap.empty()) {
      finding.message += "; whether one of them is public is not known: " + gap;
    }
  }

  /// By the subnet's own tags: the machine's tags would make all its subnets the same tier.
  [[nodiscard]] bool is_data_subnet(const NetworkInterface& interface) const {
    const Subnet* subnet = context_.snapshot().find(interface.subnet);
    return subnet != nullptr && matches_tags(subnet->owned, data_tier_);
  }

  const Context& context_;
  Routing routing_;
  std::vector<std::string> data_tier_ = lowered(context_.config().data_tier_tags);
};

std::vector<Finding> run(const Context& context) {
  const Judge judge(context);
  return judge_each<Instance>(context, instance_multiple_eni.id, "it is in one subnet only",
                              [&](const Instance& instance, std::vector<Finding>& findings) {
                                judge.judge(instance, findings);
                              });
}

}  // namespace

const Check instance_multiple_eni = {
    .id = "instance-multiple-eni",
    .title = "Instance is in several subnets at once",
    .risk = Risk::High,
    .resources = "Instance",
    .why =
        "A machine with a leg in two subnets carries traffic between them that no route table and "
        "no network ACL sees. Whoever takes it over stands in both, which is worst where one is "
        "public and the other holds data.",
    .fix =
        "Reach other subnets by routes and groups. Remove the second interface with aws ec2 "
        "detach-network-interface where no appliance needs it.",
    .references = kReferences,
    .run = run};

}  // namespace portolan::checks
