#include <map>

#include <fmt/format.h>

#include "checks/check.h"
#include "checks/each.h"
#include "checks/guards.h"

namespace portolan::checks {

extern const Check exposure_sole_guard;

namespace {

constexpr std::string_view kReferences[] = {
    "VPC User Guide: Infrastructure security in Amazon VPC",
    "AWS Well-Architected: SEC05-BP01 Create network layers"};

/// What a group or NACL alone keeps closed.
struct Watch {
  Interfaces interfaces;
  const Guard* guard = nullptr;  // of the first
  ServiceSet services;
  std::string gap;
};

std::map<std::string, Watch> watches(const Context& context) {
  std::map<std::string, Watch> by_resource;
  for (const NetworkInterface& interface : context.snapshot().all<NetworkInterface>()) {
    const Guarded& guarded = context.guards().of(interface);
    const auto& guard = guarded.guard;
    if (guard && (guard->kind == Guard::Kind::Groups || guard->kind == Guard::Kind::Acl)) {
      for (const std::string& resource : guard->resources) {
        Watch& watch = by_resource[resource];
        watch.guard = watch.guard == nullptr ? &*guard : watch.guard;
        watch.interfaces.push_back(&interface);
        watch.services = watch.services.united(guard->services);
      }
    } else if (!guard && !guarded.gap.empty()) {
      for (const SecurityGroupId& group : interface.groups) {
        by_resource[group.value].gap = guarded.gap;
      }
    }
  }
  return by_resource;
}

/// `finding` is about the group or NACL.
void judge(const Context& context, const std::map<std::string, Watch>& by_resource, Finding finding,
           std::vector<Finding>& findings) {
  const auto found = by_resource.find(finding.resource);
  if (found == by_resource.end()) {
    return;
  }
  const Watch& watch = found->second;
  if (watch.interfaces.empty()) {
    findings.push_back(unknown(
        std::move(finding), Risk::Low,
        fmt::format("whether it is the only guard is not known: {}", watch.gap), {watch.gap}));
    return;
  }
  const bool is_acl = watch.guard->kind == Guard::Kind::Acl;
  finding.risk = Risk::Low;
  finding.is_latent = true;
  finding.affected = affected_ids(watch.interfaces);
  finding.witness = watch.guard->way;
  finding.message = fmt::format("nothing else keeps the internet from {} of {}: {}",
                                sensitive_text(context.guards(), watch.services),
                                names_of(context.estate(), watch.interfaces), watch.guard->words);
  finding.fix = is_acl ? "revoke the rules of the groups that let the internet in"
                       : "deny these ports in the network ACL of the subnet, too";
  findings.push_back(std::move(finding));
}

std::vector<Finding> run(const Context& context) {
  const auto by_resource = watches(context);
  const auto judge_row = [&](const auto& row, std::vector<Finding>& findings) {
    judge(context, by_resource, about(exposure_sole_guard.id, row), findings);
  };
  constexpr std::string_view kPraise = "something else keeps the internet away, too";
  auto findings = judge_each<SecurityGroup>(context, exposure_sole_guard.id, kPraise, judge_row);
  auto acls = judge_each<NetworkAcl>(context, exposure_sole_guard.id, kPraise, judge_row);
  findings.insert(findings.end(), acls.begin(), acls.end());
  return findings;
}

}  // namespace

const Check exposure_sole_guard = {
    .id = "exposure-sole-guard",
    .title = "Only one control keeps a sensitive port closed",
    .risk = Risk::Low,
    .resources = "SecurityGroup, NetworkAcl",
    .why =
        "Groups and network ACLs are edited by different people for different reasons. Where both "
        "deny, a mistake in one is harmless; where one of them is all there is, it is an incident. "
        "Admin and database ports deserve both.",
    .fix =
        "Find out which subnets need no admin or database port from the internet, which is most of "
        "them. Add entries to their network ACLs that deny these ports.",
    .references = kReferences,
    .run = run,
    .remedy = no_remedy};

}  // namespace portolan::checks
