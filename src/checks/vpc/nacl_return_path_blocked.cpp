#include <map>
#include <set>
#include <tuple>

#include <fmt/format.h>

#include "checks/check.h"
#include "checks/exposure.h"
#include "checks/world_findings.h"

namespace portolan::checks {

namespace {

constexpr std::string_view kReferences[] = {"VPC User Guide: Network ACLs, ephemeral ports"};

/// A request that a network ACL lets in, and its replies out again only in part or not at all.
struct Blocked {
  ServiceSet services;
  Interfaces interfaces;
  std::string reason;
  std::vector<std::string> witness;
  bool is_partly = false;  // it hangs on the port that the client has chosen
};

class Run {
 public:
  explicit Run(const Context& context) : context_(context) {
    for (const NetworkInterface& interface : context.snapshot().all<NetworkInterface>()) {
      for (const SecurityGroupId& id : interface.groups) {
        if (const SecurityGroup* group = context.snapshot().find(id)) {
          judge_rules(interface, *group);
        }
      }
    }
  }

  std::vector<Finding> run() {
    std::vector<Finding> findings;
    for (const NetworkAcl& acl : context_.snapshot().all<NetworkAcl>()) {
      findings.push_back(judge(acl));
    }
    for (const Subnet& subnet : context_.snapshot().all<Subnet>()) {
      if (!context_.snapshot().coverage().has(Noun::NetworkAcls, subnet.owned.account,
                                              subnet.owned.region)) {
        findings.push_back(not_collected(subnet));
      }
    }
    return findings;
  }

 private:
  static constexpr std::string_view kId = "nacl-return-path-blocked";

  void judge_rules(const NetworkInterface& interface, const SecurityGroup& group) {
    for (const OpenRule& open : context_.openings().of(group).rules) {
      for (const IpFamily family : kFamilies) {
        const bool is_new =
            seen_.emplace(context_.estate().kind_of(interface), open.rule, family).second;
        if (is_new && is_world(open.sources, family)) {
          attempt(interface, *open.rule, family);
        }
      }
    }
  }

  void attempt(const NetworkInterface& interface, const SecurityGroupRule& rule, IpFamily family) {
    const auto answer = context_.exposure().attempt(interface, family, rule.services);
    if (!answer) {
      return;
    }
    for (const reach::Because& because : answer->because) {
      const bool is_partly = because.reason == reach::Reason::AclLimitsReply;
      if (!is_partly && because.reason != reach::Reason::AclDeniesReply) {
        continue;
      }
      Blocked& blocked = by_acl_[because.component];
      if (blocked.interfaces.empty()) {
        blocked.reason = because.detail;
        blocked.witness = witness_of(*answer);
        blocked.is_partly = is_partly;
      }
      blocked.services = blocked.services.united(rule.services);
      if (blocked.interfaces.empty() || blocked.interfaces.back() != &interface) {
        blocked.interfaces.push_back(&interface);
      }
    }
  }

  Finding judge(const NetworkAcl& acl) const {
    Finding finding = about(kId, acl.id.value, acl.owned);
    const auto found = by_acl_.find(acl.id.value);
    if (found == by_acl_.end()) {
      return passed(std::move(finding), "replies to what it lets in get out");
    }
    const Blocked& blocked = found->second;
    finding.risk = Risk::Low;
    finding.affected = affected_ids(blocked.interfaces);
    finding.witness = blocked.witness;
    finding.message = fmt::format(
        "{} of {} is let in from the internet, but replies get out {}: {}",
        services_text(blocked.services), names_of(context_.estate(), blocked.interfaces),
        blocked.is_partly ? "to some clients only" : "to nobody", blocked.reason);
    finding.fix = fmt::format(
        "allow tcp and udp 1024-65535 to 0.0.0.0/0 outbound in {}, or deny "
        "the request",
        acl.id.value);
    return finding;
  }

  static Finding not_collected(const Subnet& subnet) {
    const std::string gap = fmt::format("the network ACL of {} was not collected: {}",
                                        subnet.id.value, call_of(Noun::NetworkAcls));
    return unknown(about(kId, subnet.id.value, subnet.owned), Risk::Low,
                   "whether replies get out is not known", {gap});
  }

  const Context& context_;
  std::set<std::tuple<std::size_t, const SecurityGroupRule*, IpFamily>> seen_;
  std::map<std::string, Blocked> by_acl_;
};

std::vector<Finding> run(const Context& context) { return Run(context).run(); }

}  // namespace

extern const Check nacl_return_path_blocked = {
    .id = "nacl-return-path-blocked",
    .title = "NACL allows a request but blocks the reply",
    .risk = Risk::Low,
    .resources = "NetworkAcl, Subnet",
    .why =
        "Network ACLs keep no state: a request that is let in needs a rule that lets the reply "
        "out to the client's port, 1024 to 65535. Without it the service is down for its "
        "clients, and the next repair in a hurry is a rule for everything.",
    .fix =
        "Decide whether the request is meant to pass. Add an outbound entry for the clients' "
        "ports with aws ec2 create-network-acl-entry, or deny the request.",
    .references = kReferences,
    .run = run,
    .remedy = no_remedy};

}  // namespace portolan::checks
