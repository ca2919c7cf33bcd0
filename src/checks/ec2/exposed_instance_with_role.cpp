#include <fmt/format.h>

#include "checks/check.h"
#include "checks/each.h"
#include "checks/instances.h"
#include "checks/role_powers.h"
#include "core/text.h"

namespace portolan::checks {

extern const Check exposed_instance_with_role;

namespace {

constexpr std::string_view kReferences[] = {
    "Prowler: ec2_instance_internet_facing_with_instance_profile",
    "MITRE ATT&CK: T1552.005 Cloud Instance Metadata API"};

/// What makes a stolen role worse: the metadata service hands it out, or it opens the network.
struct Aggravation {
  bool is_open_handed = false;
  RoleAnswer role;  // Nothing where nobody read what roles may do

  [[nodiscard]] bool is_critical() const {
    return is_open_handed || role.kind == RoleAnswer::Kind::Can;
  }
  [[nodiscard]] std::string words() const {
    using Kind = RoleAnswer::Kind;
    const bool is_told = role.kind == Kind::Can || role.kind == Kind::MayBe;
    return (is_open_handed ? " and gives its keys away by IMDSv1" : "") +
           (is_told ? "; " + role.words : std::string());
  }
};

Aggravation aggravation_of(const Context& context, const Instance& instance) {
  const Authorities& authorities = context.authorities();
  const bool is_read = authorities.is_known() && authorities.knows(instance.owned.account.text());
  return {.is_open_handed = instance.metadata.endpoint_enabled != false &&
                            instance.metadata.tokens_required == false,
          .role = is_read ? role_answer(context, instance) : RoleAnswer{}};
}

std::string fix_of(const Instance& instance, const Aggravation& worse) {
  const std::string_view rest = worse.role.kind == RoleAnswer::Kind::Can
                                    ? "take the right to change the network from its role"
                                    : "see that its role may do no more than it must";
  return worse.is_open_handed
             ? fmt::format(
                   "aws ec2 modify-instance-metadata-options --instance-id {} --http-tokens "
                   "required, then put it behind a balancer{}",
                   instance.id.value,
                   worse.role.kind == RoleAnswer::Kind::Can ? fmt::format(", and {}", rest) : "")
             : fmt::format("put it behind a balancer, or {}", rest);
}

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
  const Aggravation worse = aggravation_of(context, instance);
  finding.risk = worse.is_critical() ? Risk::Critical : Risk::High;
  finding.affected = affected_ids(Interfaces{exposure.interface});
  finding.message = fmt::format(
      "the internet reaches {} of {}, which has the role of {}{}", services_text(exposure.services),
      title_of(context.estate(), *exposure.interface), profile, worse.words());
  if (const auto way = context.exposure().way(Flow::Inbound, *exposure.interface, exposure.family,
                                              exposure.services)) {
    finding.witness = witness_of(*way);
  }
  finding.fix = fix_of(instance, worse);
  if (is_stopped(instance)) {
    call_stopped(finding);
  }
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
        "reaches, not by a public address. Worst where the keys come with a forged request "
        "(IMDSv1), "
        "or where the account details of IAM say that the role can change the network.",
    .fix =
        "Put the service behind a balancer, and give the role the few actions that it needs. "
        "Remove what is left with aws ec2 disassociate-iam-instance-profile where nothing uses it.",
    .references = kReferences,
    .run = run};

}  // namespace portolan::checks
