#include <algorithm>

#include <fmt/format.h>

#include "checks/acl_order.h"
#include "checks/check.h"
#include "checks/finding_text.h"
#include "checks/world.h"

namespace portolan::checks {

extern const Check nacl_ingress_world_admin_port;

namespace {

constexpr std::string_view kReferences[] = {
    "CIS AWS 1.5: 5.1", "CIS AWS 3.0: 5.1", "CIS AWS 5.0: 5.2",
    "CIS AWS 7.0: 6.2", "AWS FSBP: EC2.21", "AWS Config: nacl-no-unrestricted-ssh-rdp"};

/// The default NACL as AWS makes it is told once, by the checks that are about just that.
constexpr std::string_view kYieldsTo[] = {"nacl-allow-all-ingress", "subnet-default-nacl"};

const ServiceSet& admin_services() {
  static const ServiceSet kServices = ServiceSet::tcp(22)
                                          .united(ServiceSet::tcp(3389))
                                          .united(ServiceSet::udp(22))
                                          .united(ServiceSet::udp(3389));
  return kServices;
}

/// Blocks greater than these are nobody's office.
bool is_wide(const IpSet& addresses) {
  static constexpr int kNarrowV4 = 24;
  static constexpr int kNarrowV6 = 48;
  const auto blocks = addresses.prefixes();
  return std::any_of(blocks.begin(), blocks.end(), [](const IpPrefix& block) {
    return block.length() < (block.first().is_v4() ? kNarrowV4 : kNarrowV6);
  });
}

/// An entry for the ports that replies come back to, among which RDP happens to be.
bool is_for_replies(const NetworkAclEntry& entry) {
  return entry.services.contains(ServiceSet::tcp(49152, kPortsEvery)) &&
         !entry.services.overlaps(ServiceSet::tcp(22).united(ServiceSet::udp(22)));
}

struct Admission {
  ServiceSet world;  // for at least half of the internet
  ServiceSet wide;   // for a large part of it
  std::vector<const NetworkAclEntry*> entries;
};

Admission admission_of(const NetworkAcl& acl) {
  Admission admission;
  for (const IpFamily family : kFamilies) {
    for (const AclOpening& opening : public_openings(acl, false, family, admin_services())) {
      const bool is_open = is_world(opening.addresses, family);
      if (is_open || is_wide(opening.addresses)) {
        ServiceSet& services = is_open ? admission.world : admission.wide;
        services = services.united(opening.services);
        admission.entries.insert(admission.entries.end(), opening.entries.begin(),
                                 opening.entries.end());
      }
    }
  }
  auto& entries = admission.entries;
  std::sort(entries.begin(), entries.end(),
            [](const auto* a, const auto* b) { return a->number < b->number; });
  entries.erase(std::unique(entries.begin(), entries.end()), entries.end());
  return admission;
}

Risk risk_of(const NetworkAcl& acl, const Admission& admission) {
  if (is_as_made(acl)) {
    return Risk::Info;
  }
  const auto& entries = admission.entries;
  const bool is_minor = admission.world.empty() || acl.subnets.empty() ||
                        std::all_of(entries.begin(), entries.end(),
                                    [](const auto* entry) { return is_for_replies(*entry); });
  return is_minor ? Risk::Low : Risk::Medium;
}

void judge(const NetworkAcl& acl, std::vector<Finding>& findings) {
  const Admission admission = admission_of(acl);
  if (admission.entries.empty()) {
    return;
  }
  const NetworkAclEntry& first = *admission.entries.front();
  Finding finding = about(nacl_ingress_world_admin_port.id, acl);
  finding.risk = risk_of(acl, admission);
  finding.is_latent = acl.subnets.empty();
  for (const NetworkAclEntry* entry : admission.entries) {
    finding.rules.push_back(name_entry(acl, *entry));
  }
  for (const SubnetId& subnet : acl.subnets) {
    finding.affected.push_back(subnet.value);
  }
  const bool is_open = !admission.world.empty();
  finding.message =
      fmt::format("{} of the internet is let in to {} by {}{}", is_open ? "most" : "a large part",
                  services_text(is_open ? admission.world : admission.wide), entry_text(first),
                  is_as_made(acl)       ? ", as AWS made it"
                  : acl.subnets.empty() ? "; no subnet has the NACL now"
                                        : "");
  finding.fix =
      fmt::format("deny SSH and RDP by a lower number, or allow fewer sources and then: {}",
                  deletion(acl, first));
  findings.push_back(std::move(finding));
}

std::vector<Finding> run(const Context& context) {
  return judge_acls(context,
                    {.check = nacl_ingress_world_admin_port.id,
                     .risk = Risk::Medium,
                     .praise = "the internet is not let in to SSH or RDP",
                     .unsaid = "whether the internet is let in to SSH or RDP is not known"},
                    judge);
}

}  // namespace

const Check nacl_ingress_world_admin_port = {
    .id = "nacl-ingress-world-admin-port",
    .title = "NACL lets the internet reach admin ports",
    .risk = Risk::Medium,
    .resources = "NetworkAcl",
    .why =
        "A network ACL stands behind every security group of its subnets: it still holds when "
        "somebody opens SSH or RDP in a group for a moment. One that lets the internet in to "
        "these ports, by its entries in their order, is no second line.",
    .fix =
        "Find out who logs in, and from where: Session Manager needs no open port. Replace the "
        "entry by one for these sources with aws ec2 replace-network-acl-entry.",
    .references = kReferences,
    .run = run,
    .yields_to = kYieldsTo};

}  // namespace portolan::checks
