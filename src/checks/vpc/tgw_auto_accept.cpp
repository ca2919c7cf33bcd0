#include <fmt/format.h>

#include "checks/check.h"
#include "checks/each.h"
#include "checks/missing.h"

namespace portolan::checks {

extern const Check tgw_auto_accept;

namespace {

constexpr std::string_view kReferences[] = {
    "AWS FSBP: EC2.23", "AWS Config: ec2-transit-gateway-auto-vpc-attach-disabled"};

void judge(const TransitGateway& gateway, std::vector<Finding>& findings) {
  Finding finding = about(tgw_auto_accept.id, gateway);
  if (!gateway.accepts_by_itself) {
    findings.push_back(
        unknown(std::move(finding), Risk::High,
                "whether the gateway accepts attachments by itself is not known",
                {"the document of the gateway does not tell AutoAcceptSharedAttachments"}));
  } else if (*gateway.accepts_by_itself) {
    finding.risk = Risk::High;
    finding.message =
        "the gateway accepts every attachment by itself: whoever it is shared with joins the "
        "network";
    finding.fix = fmt::format(
        "aws ec2 modify-transit-gateway --transit-gateway-id {} --options "
        "AutoAcceptSharedAttachments=disable",
        gateway.id.value);
    findings.push_back(std::move(finding));
  }
}

std::vector<Finding> run(const Context& context) {
  auto findings = judge_each<TransitGateway>(
      context, tgw_auto_accept.id, "somebody has to accept each attachment",
      [](const TransitGateway& gateway, std::vector<Finding>& found) { judge(gateway, found); });
  ask_for<Vpc>(context,
               {.check = tgw_auto_accept.id,
                .noun = Noun::TransitGateways,
                .risk = Risk::High,
                .unsaid = "whether its transit gateways accept attachments by themselves is not "
                          "known"},
               findings);
  return findings;
}

}  // namespace

const Check tgw_auto_accept = {
    .id = "tgw-auto-accept",
    .title = "Transit gateway accepts attachments automatically",
    .risk = Risk::High,
    .resources = "TransitGateway",
    .why =
        "A transit gateway is shared with whole organisations. If it accepts by itself, any "
        "account that it is shared with attaches a network of its own, and is inside wherever "
        "the gateway's tables propagate routes.",
    .fix =
        "See which attachments came by themselves, and delete those that nobody knows. Turn the "
        "setting off with aws ec2 modify-transit-gateway; attachments that are there stay.",
    .references = kReferences,
    .run = run};

}  // namespace portolan::checks
