#include "checks/change_watch.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "checks/call_watch.h"
#include "checks/finding_text.h"
#include "core/assert.h"

namespace portolan::checks {

namespace {

/// SOURCE: CIS Amazon Web Services Foundations Benchmark 5.0, 4.10 to 4.14.
constexpr std::string_view kGroupCalls[] = {
    "AuthorizeSecurityGroupEgress", "AuthorizeSecurityGroupIngress", "CreateSecurityGroup",
    "DeleteSecurityGroup",          "ModifySecurityGroupRules",      "RevokeSecurityGroupEgress",
    "RevokeSecurityGroupIngress"};
constexpr std::string_view kAclCalls[] = {"CreateNetworkAcl",       "CreateNetworkAclEntry",
                                          "DeleteNetworkAcl",       "DeleteNetworkAclEntry",
                                          "ReplaceNetworkAclEntry", "ReplaceNetworkAclAssociation"};
constexpr std::string_view kGatewayCalls[] = {"AttachInternetGateway", "CreateCustomerGateway",
                                              "CreateInternetGateway", "DeleteCustomerGateway",
                                              "DeleteInternetGateway", "DetachInternetGateway"};
constexpr std::string_view kRouteCalls[] = {"CreateRoute",
                                            "CreateRouteTable",
                                            "DeleteRoute",
                                            "DeleteRouteTable",
                                            "DisassociateRouteTable",
                                            "ReplaceRoute",
                                            "ReplaceRouteTableAssociation"};
constexpr std::string_view kVpcCalls[] = {"AcceptVpcPeeringConnection",
                                          "AttachClassicLinkVpc",
                                          "CreateVpc",
                                          "CreateVpcPeeringConnection",
                                          "DeleteVpc",
                                          "DeleteVpcPeeringConnection",
                                          "DetachClassicLinkVpc",
                                          "DisableVpcClassicLink",
                                          "EnableVpcClassicLink",
                                          "ModifyVpcAttribute",
                                          "RejectVpcPeeringConnection"};

struct Row {
  std::string_view check;
  std::string_view what;  // that changes
  Calls calls;
};

constexpr std::array kRows = {
    Row{"monitor-gw-changes-missing", "gateways", kGatewayCalls},
    Row{"monitor-nacl-changes-missing", "network ACLs", kAclCalls},
    Row{"monitor-rt-changes-missing", "route tables", kRouteCalls},
    Row{"monitor-sg-changes-missing", "security groups", kGroupCalls},
    Row{"monitor-vpc-changes-missing", "VPCs", kVpcCalls},
};

const Row& row_of(std::string_view check) {
  const auto* const found =
      std::find_if(kRows.begin(), kRows.end(), [&](const Row& row) { return row.check == check; });
  PORTOLAN_ASSERT(found != kRows.end());
  return *found;
}

using Regions = std::set<Region>;

std::map<AccountId, Regions> accounts_of(const Snapshot& snapshot) {
  std::map<AccountId, Regions> accounts;
  for (const Vpc& vpc : snapshot.all<Vpc>()) {
    accounts[vpc.owned.account].insert(vpc.owned.region);
  }
  return accounts;
}

Finding judge_account(const Context& context, const Row& row, const AccountId& account,
                      const Regions& regions) {
  const Owned first{.account = account, .region = *regions.begin(), .tags = {}};
  Finding finding = about(row.check, account.text(), first);
  finding.risk = Risk::Low;
  std::set<std::string> untold;
  std::set<std::string> where;
  std::set<std::string> gaps;
  std::string reason;
  bool is_unclear = false;
  for (const Region& region : regions) {
    const CallWatch watch(context, row.calls, {.account = account, .region = region, .tags = {}});
    for (std::size_t i = 0; i < row.calls.size(); ++i) {
      if (watch.told(i) == Takes::No) {
        untold.emplace(row.calls[i]);
        where.insert(region.text());
        reason = reason.empty() ? watch.reason() : reason;
      }
      is_unclear = is_unclear || watch.told(i) == Takes::Unclear;
    }
    gaps.insert(watch.gaps().begin(), watch.gaps().end());
  }
  if (!untold.empty()) {
    finding.message = fmt::format("nobody is told of {} in {}: {}", fmt::join(untold, ", "),
                                  fmt::join(where, ", "), reason);
    finding.fix =
        "add the calls to a metric filter of the trail's log group that has an alarm, or to an "
        "EventBridge rule";
    return finding;
  }
  if (is_unclear) {
    const std::vector<std::string> list(gaps.begin(), gaps.end());
    return unknown(std::move(finding), Risk::Low,
                   fmt::format("whether somebody is told of changes of {} is not known: {}",
                               row.what, fmt::join(list, "; ")),
                   list);
  }
  return passed(std::move(finding), fmt::format("somebody is told of changes of {}", row.what));
}

}  // namespace

std::vector<Finding> judge_watch(const Context& context, std::string_view check) {
  std::vector<Finding> findings;
  for (const auto& [account, regions] : accounts_of(context.snapshot())) {
    findings.push_back(judge_account(context, row_of(check), account, regions));
  }
  return findings;
}

}  // namespace portolan::checks
