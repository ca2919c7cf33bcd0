#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "checks/check.h"
#include "checks/finding_text.h"
#include "checks/group_rules.h"
#include "checks/missing.h"
#include "checks/openings.h"
#include "checks/public_sources.h"
#include "checks/world_findings.h"

namespace portolan::checks {

extern const Check sg_ingress_dangling_eip;

namespace {

constexpr std::string_view kReferences[] = {
    "VPC User Guide: Elastic IP addresses",
    "CWE-672: Operation on a Resource after Expiration or Release"};
constexpr std::string_view kYieldsTo[] = {"sg-ingress-world-*"};

/// The single addresses of strangers that a rule lets in.
std::vector<IpAddress> strangers(const Context& context, const std::vector<IpPrefix>& blocks) {
  std::vector<IpAddress> result;
  for (const IpPrefix& block : blocks) {
    if (block == IpPrefix::host(block.first()) && widest_strange(context, {block})) {
      result.push_back(block.first());
    }
  }
  return result;
}

/// Where nobody looked for addresses that the estate or an account that it trusts may still have:
/// one may have been transferred there.
std::vector<std::string> unread_places(const Context& context) {
  std::set<std::pair<AccountId, Region>> places;
  for (const Vpc& vpc : context.snapshot().all<Vpc>()) {
    places.emplace(vpc.owned.account, vpc.owned.region);
    for (const AccountId& account : context.config().trusted_accounts) {
      places.emplace(account, vpc.owned.region);
    }
  }
  std::vector<std::string> gaps;
  for (const auto& [account, region] : places) {
    for (const Noun noun : {Noun::Addresses, Noun::NetworkInterfaces}) {
      if (!context.snapshot().coverage().has(noun, account, region)) {
        gaps.push_back(not_collected(noun, Owned{.account = account, .region = region}));
      }
    }
  }
  return gaps;
}

class Run {
 public:
  explicit Run(const Context& context) : context_(context), unread_(unread_places(context)) {}

  void judge(const SecurityGroup& group, std::vector<Finding>& findings) const {
    const GroupOpenings& openings = context_.openings().of(group);
    for (const OpenRule& open : openings.rules) {
      const auto blocks = peer_blocks(context_.snapshot(), open.rule->peer);
      const auto found = blocks ? strangers(context_, *blocks) : std::vector<IpAddress>{};
      if (!found.empty()) {
        judge(open, found, findings);
      }
    }
    for (const SecurityGroupRule* rule : openings.unresolved) {
      findings.push_back(unresolved(context_, about(kId, group), group, *rule, Risk::High));
    }
  }

 private:
  static constexpr std::string_view kId = "sg-ingress-dangling-eip";

  void judge(const OpenRule& open, const std::vector<IpAddress>& found,
             std::vector<Finding>& findings) const {
    Finding finding = about(kId, *open.group);
    finding.rules = {name_rule(*open.group, *open.rule)};
    const auto& former = context_.config().former_addresses;
    if (!former) {
      findings.push_back(
          unknown(std::move(finding), Risk::Low,
                  fmt::format("whether {} was yours once is not known", found.front().text()),
                  {"no earlier inventory was given (--earlier), nor former_addresses"}));
      return;
    }
    const auto lost = std::find_if(found.begin(), found.end(), [&](const IpAddress& address) {
      return std::binary_search(former->begin(), former->end(), address);
    });
    if (lost == found.end()) {
      return;
    }
    if (!unread_.empty()) {
      findings.push_back(unknown(std::move(finding), Risk::High,
                                 fmt::format("{} was yours once, and whether another account of "
                                             "yours has it now is not known: {}",
                                             lost->text(), unread_.front()),
                                 unread_));
      return;
    }
    findings.push_back(told(std::move(finding), open, *lost));
  }

  [[nodiscard]] Finding told(Finding finding, const OpenRule& open, const IpAddress& lost) const {
    const IpPrefix block = IpPrefix::host(lost);
    finding = judge_public(
        context_, std::move(finding), open, block,
        fmt::format("{}, which was yours once and is whoever rents it now", lost.text()));
    if (finding.outcome == Outcome::Fail) {
      finding.risk = std::max(finding.risk, finding.is_latent ? Risk::Medium : Risk::High);
    }
    finding.fix = revocation(finding.rules.front());
    return finding;
  }

  const Context& context_;
  std::vector<std::string> unread_;
};

std::vector<Finding> run(const Context& context) {
  const Run run(context);
  return judge_groups(context, sg_ingress_dangling_eip.id,
                      "no rule trusts an address that was given back",
                      [&](const SecurityGroup& group, std::vector<Finding>& findings) {
                        run.judge(group, findings);
                      });
}

}  // namespace

const Check sg_ingress_dangling_eip = {
    .id = "sg-ingress-dangling-eip",
    .title = "Source is an address that was given back",
    .risk = Risk::High,
    .resources = "SecurityGroup",
    .why =
        "An Elastic IP that is released, or the public address of an instance that stops, goes to "
        "the next customer who asks, minutes later. A rule that still trusts it lets that "
        "customer in.",
    .fix =
        "Name groups, prefix lists or peered ranges instead of addresses where you can, and "
        "release "
        "addresses after the rules that name them. Revoke the rule.",
    .references = kReferences,
    .run = run,
    .yields_to = kYieldsTo};

}  // namespace portolan::checks
