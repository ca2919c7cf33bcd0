#include <fmt/format.h>

#include "checks/check.h"
#include "checks/each.h"
#include "checks/guards.h"

namespace portolan::checks {

extern const Check exposure_one_change_away;

namespace {

constexpr std::string_view kReferences[] = {
    "VPC Reachability Analyzer: Explanation codes",
    "AWS Well-Architected: SEC05-BP01 Create network layers"};

/// That the groups are closed is what they are for; that only they are is told for the record.
Risk risk_of(const Guard& guard) {
  return guard.kind == Guard::Kind::Groups ? Risk::Low : Risk::Medium;
}

void judge(const Context& context, const NetworkInterface& interface,
           std::vector<Finding>& findings) {
  const Guarded& guarded = context.guards().of(interface);
  Finding finding = about(exposure_one_change_away.id, interface);
  if (guarded.guard && guarded.guard->is_one_change) {
    const Guard& guard = *guarded.guard;
    finding.risk = risk_of(guard);
    finding.is_latent = true;
    finding.affected = affected_ids(Interfaces{&interface});
    finding.message = fmt::format("one change opens {} of {} to the internet: {}",
                                  sensitive_text(context.guards(), guard.services),
                                  title_of(context.estate(), interface),
                                  guard.kind == Guard::Kind::Address
                                      ? std::string("it has no public address, and that is all")
                                      : guard.words + ", and nothing else does");
    finding.witness = guard.way;
    finding.fix = guard.kind == Guard::Kind::Groups
                      ? "move it to a subnet without a route to an internet gateway, or give it no "
                        "public address"
                      : "revoke the rules of its groups that let the internet in";
    findings.push_back(std::move(finding));
  } else if (!guarded.gap.empty()) {
    findings.push_back(
        unknown(std::move(finding), Risk::Medium,
                fmt::format("how many things keep the internet away is not known: {}", guarded.gap),
                {guarded.gap}));
  }
}

std::vector<Finding> run(const Context& context) {
  return judge_each<NetworkInterface>(
      context, exposure_one_change_away.id,
      "no single change opens its sensitive ports, or they are open now",
      [&](const NetworkInterface& interface, std::vector<Finding>& findings) {
        judge(context, interface, findings);
      });
}

}  // namespace

const Check exposure_one_change_away = {
    .id = "exposure-one-change-away",
    .title = "One change would expose a sensitive port",
    .risk = Risk::Medium,
    .resources = "NetworkInterface",
    .why =
        "Address, route, network ACL and groups each have to let the internet in. Where all but "
        "one do, a single edit by somebody who thinks the others hold makes the port public: an "
        "address for a test, a route for an update, a rule for one afternoon.",
    .fix =
        "See which of the elements were meant to be open. Close a second one: a group without "
        "rules for the world, a subnet without a route to the gateway. Remove the open element "
        "that nothing needs.",
    .references = kReferences,
    .run = run,
    .remedy = no_remedy};

}  // namespace portolan::checks
