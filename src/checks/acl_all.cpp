#include "checks/acl_all.h"

#include <utility>

#include <fmt/format.h>

#include "checks/acl_order.h"
#include "checks/finding_text.h"
#include "checks/world.h"

namespace portolan::checks {

namespace {

/// The default NACL as AWS makes it is one cause, whichever check tells it: all its entries.
void name_all(const NetworkAcl& acl, std::vector<FindingRule>& rules) {
  for (const NetworkAclEntry& entry : acl.entries) {
    if (entry.allows) {
      rules.push_back(name_entry(acl, entry));
    }
  }
}

}  // namespace

void judge_openness(std::string_view check, const NetworkAcl& acl, bool is_egress, Risk risk,
                    std::vector<Finding>& findings) {
  const WorldAccess access = world_access(acl, is_egress, ServiceSet::all());
  if (!access.services.contains(ServiceSet::tcp(1, kPortsEvery))) {
    return;
  }
  Finding finding = about(check, acl);
  finding.risk = is_as_made(acl) ? Risk::Info : risk;
  finding.is_latent = acl.subnets.empty();
  if (is_as_made(acl)) {
    name_all(acl, finding.rules.edit());
  } else {
    for (const NetworkAclEntry* entry : access.entries) {
      finding.rules.push_back(name_entry(acl, *entry));
    }
  }
  for (const SubnetId& subnet : acl.subnets) {
    finding.affected.push_back(subnet.value);
  }
  finding.message =
      fmt::format("{} is open {} the internet by {}{}", services_text(access.services),
                  is_egress ? "to" : "from", entry_text(*access.entries.front()),
                  is_as_made(acl)       ? ", as AWS made the default NACL"
                  : acl.subnets.empty() ? "; no subnet has the NACL now"
                                        : "");
  finding.fix = fmt::format("allow what the subnets serve by entries of their own, then: {}",
                            deletion(acl, *access.entries.front()));
  findings.push_back(std::move(finding));
}

}  // namespace portolan::checks
