#include <algorithm>

#include <fmt/format.h>

#include "checks/check.h"
#include "checks/each.h"
#include "checks/instances.h"
#include "checks/tag_patterns.h"

namespace portolan::checks {

extern const Check imds_hop_limit;

namespace {

constexpr std::string_view kReferences[] = {
    "AWS FSBP: AutoScaling.4", "AWS Config: ec2-token-hop-limit-check", "Checkov: CKV_AWS_341"};

/// What EKS, ECS and their helpers write on the hosts of containers, which are one hop away.
bool runs_containers(const Instance& instance) {
  static const std::vector<std::string> kPatterns = {"kubernetes.io/cluster/*=*",
                                                     "k8s.io/*=*",
                                                     "eks:*=*",
                                                     "aws:eks:*=*",
                                                     "alpha.eksctl.io/*=*",
                                                     "karpenter.sh/*=*",
                                                     "amazonecsmanaged=*",
                                                     "aws:ecs:*=*",
                                                     "runtime=docker*",
                                                     "runtime=container*"};
  return matches_tags(instance.owned, kPatterns);
}

void judge(const Instance& instance, std::vector<Finding>& findings) {
  const MetadataOptions& options = instance.metadata;
  if (is_gone(instance) || options.endpoint_enabled == false) {
    return;
  }
  Finding finding = about(imds_hop_limit.id, instance);
  if (!options.hop_limit) {
    findings.push_back(unknown(std::move(finding), Risk::Medium,
                               "how far answers of the metadata service travel is not known",
                               {fmt::format("the MetadataOptions of {} are not in the document: {}",
                                            instance.id.value, call_of(Noun::Instances))}));
    return;
  }
  const int allowed = runs_containers(instance) ? 2 : 1;
  if (*options.hop_limit <= allowed) {
    return;
  }
  // 2 is what AWS's own images ask for: one hop too many, but nobody's mistake.
  finding.risk = *options.hop_limit == 2 ? Risk::Low : Risk::Medium;
  finding.affected = {instance.id.value};
  finding.message = fmt::format(
      "answers of the metadata service travel {} hops{}", *options.hop_limit,
      allowed == 2 ? ", and containers need 2" : ", and nothing says that it runs containers");
  finding.fix = fmt::format(
      "aws ec2 modify-instance-metadata-options --instance-id {} --http-put-response-hop-limit {}",
      instance.id.value, allowed);
  findings.push_back(std::move(finding));
}

std::vector<Finding> run(const Context& context) {
  return judge_each<Instance>(
      context, imds_hop_limit.id, "answers of its metadata service stay where they are needed",
      [&](const Instance& instance, std::vector<Finding>& findings) { judge(instance, findings); });
}

}  // namespace

const Check imds_hop_limit = {
    .id = "imds-hop-limit",
    .title = "Answers of the metadata service travel too far",
    .risk = Risk::Medium,
    .resources = "Instance",
    .why =
        "With a hop limit of 1 the token of IMDSv2 does not leave the machine itself. With more, a "
        "container or what is forwarded through the machine gets it, and with it the keys of the "
        "role. Hosts of containers (EKS, ECS in bridge mode) may need 2.",
    .fix =
        "Tag hosts of containers as EKS and ECS do. Set the limit of all others to 1 with aws ec2 "
        "modify-instance-metadata-options --http-put-response-hop-limit.",
    .references = kReferences,
    .run = run};

}  // namespace portolan::checks
