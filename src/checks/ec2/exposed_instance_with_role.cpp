#include <fmt/format.h>

#include "checks/check.h"
#include "checks/each.h"
#include "checks/instances.h"
#include "core/text.h"

namespace portolan::checks {

extern const Check exposed_instance_with_role;

namespace {

constexpr std::string_view kReferences[] = {
    "Prowler: ec2_instance_internet_facing_with_instance_profile",
    "MITRE ATT&CK: T1552.005 Cloud Instance Metadata API"};

void judge(const Context& context, const Instance& instance, std::vector<Finding>& findings) {
  if (is_gone(instance) || instance.instance_profile.empty()) {
    return;
  }
  const InstanceExposure exposure = exposure_of(context, instance);
  Finding finding = about(exposed_instance_with_role.id, instance);
  const std::string profile = printable(instance.instance_profile);
  if (exposure.interface == nullptr) {
    if (!exposure.doubt.empty()) {
      findings.push_back(unknown(std::move(finding), Risk::High,
                                 fmt::format("it has the role of {}, and whether the internet "
                                             "reaches it is not known: {}",
                                             profile, exposure.doubt),
                                 {exposure.doubt}));
    }
    return;
  }
  const bool is_open_handed =
      instance.metadata.endpoint_enabled != false && instance.metadata.tokens_required == false;
  finding.risk = is_open_handed ? Risk::Critical : Risk::High;
  finding.affected = affected_ids(Interfaces{exposure.interface});
  finding.message =
      fmt::format("the internet reaches {} of {}, which has the role of {}{}",
                  services_text(exposure.services), title_of(context.estate(), *exposure.interface),
                  profile, is_open_handed ? " and gives its keys away by IMDSv1" : "");
  if (const auto way = context.exposure().way(Flow::Inbound, *exposure.interface, exposure.family,
                                              exposure.services)) {
    finding.witness = witness_of(*way);
  }
  finding.fix = is_open_handed
                    ? fmt::format(
                          "aws ec2 modify-instance-metadata-options --instance-id {} --http-tokens "
                          "required, then put it behind a balancer",
                          instance.id.value)
                    : "put it behind a balancer, or see that its role may do no more than it must";
  findings.push_back(std::move(finding));
}

std::vector<Finding> run(const Context& context) {
  return judge_each<Instance>(context, exposed_instance_with_role.id,
                              "the internet does not reach it, or it has no role",
                              [&](const Instance& instance, std::vector<Finding>& findings) {
                                judge(context, instance, findings);
                              });
}

}  // namespace

const Check exposed_instance_with_role = {
    .id = "exposed-instance-with-role",
    .title = "Instance with an IAM role is reachable from the internet",
    .risk = Risk::Critical,
    .resources = "Instance",
    .why =
        "Who breaks into the service gets what the role may do: read the buckets, start machines, "
        "perhaps change the groups that should keep him out. Judged by what the internet truly "
        "reaches, not by a public address; what the role may do is not looked at.",
    .fix =
        "Put the service behind a balancer, and give the role the few actions that it needs. "
        "Remove what is left with aws ec2 disassociate-iam-instance-profile where nothing uses it.",
    .references = kReferences,
    .run = run};

}  // namespace portolan::checks
