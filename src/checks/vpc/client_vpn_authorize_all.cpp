#include <fmt/format.h>

#include "checks/check.h"
#include "checks/each.h"
#include "checks/places.h"
#include "core/text.h"

namespace portolan::checks {

extern const Check client_vpn_authorize_all;

namespace {

constexpr std::string_view kReferences[] = {"AWS FSBP: EC2.51",
                                            "AWS Config: ec2-client-vpn-not-authorize-all"};
constexpr Noun kNouns[] = {Noun::ClientVpnEndpoints};

/// What everybody who is let in may reach.
std::vector<std::string> open_to_everybody(const ClientVpnEndpoint& endpoint) {
  std::vector<std::string> blocks;
  for (const VpnAuthorization& rule :
       endpoint.authorizations.value_or(std::vector<VpnAuthorization>{})) {
    if (rule.is_everybody) {
      blocks.push_back(printable(rule.cidr));
    }
  }
  return blocks;
}

std::vector<std::string> gaps_of(const ClientVpnEndpoint& endpoint) {
  std::vector<std::string> gaps;
  if (!endpoint.authorizations) {
    gaps.push_back(fmt::format("the authorization rules of {} were not collected: {}",
                               endpoint.id.value, call_of(Noun::ClientVpnAuthorizations)));
  }
  if (!endpoint.logs_connections) {
    gaps.push_back(fmt::format("the document of {} itself was not collected: {}", endpoint.id.value,
                               call_of(Noun::ClientVpnEndpoints)));
  }
  return gaps;
}

void judge(const ClientVpnEndpoint& endpoint, std::vector<Finding>& findings) {
  const std::vector<std::string> blocks = open_to_everybody(endpoint);
  const bool is_silent = endpoint.logs_connections == false;
  Finding finding = about(client_vpn_authorize_all.id, endpoint);
  if (!blocks.empty() || is_silent) {
    finding.risk = blocks.empty() ? Risk::Low : Risk::Medium;
    finding.message = fmt::format(
        "{}{}{}",
        blocks.empty()
            ? ""
            : fmt::format("everybody who connects may reach {}", fmt::join(blocks, ", ")),
        !blocks.empty() && is_silent ? ", and " : "",
        is_silent ? "connections are not logged" : "");
    finding.fix = blocks.empty()
                      ? fmt::format(
                            "aws ec2 modify-client-vpn-endpoint --client-vpn-endpoint-id {} with "
                            "--connection-log-options Enabled=true",
                            endpoint.id.value)
                      : fmt::format(
                            "authorize groups of the directory, then aws ec2 "
                            "revoke-client-vpn-ingress --client-vpn-endpoint-id {} "
                            "--target-network-cidr {} --revoke-all-groups",
                            endpoint.id.value, blocks.front());
    findings.push_back(std::move(finding));
    return;
  }
  if (std::vector<std::string> gaps = gaps_of(endpoint); !gaps.empty()) {
    findings.push_back(unknown(std::move(finding), Risk::Medium,
                               "whom it lets in, or whether it logs, is not known",
                               std::move(gaps)));
  }
}

std::vector<Finding> run(const Context& context) {
  std::vector<Finding> findings = judge_each<ClientVpnEndpoint>(
      context, client_vpn_authorize_all.id, "it lets in named groups only, and logs connections",
      [](const ClientVpnEndpoint& endpoint, std::vector<Finding>& found) {
        judge(endpoint, found);
      });
  ask_places(context,
             {.check = client_vpn_authorize_all.id,
              .nouns = kNouns,
              .risk = Risk::Medium,
              .unsaid = "whether a Client VPN lets everybody in is not known"},
             findings);
  return findings;
}

}  // namespace

const Check client_vpn_authorize_all = {
    .id = "client-vpn-authorize-all",
    .title = "Client VPN lets everybody reach everything",
    .risk = Risk::Medium,
    .resources = "ClientVpnEndpoint",
    .why =
        "One stolen laptop or certificate then reaches all that the rule names, whoever it "
        "belonged to; without a log of connections nobody can say who it was.",
    .fix =
        "Find out which groups of the directory need which networks, authorize those, and log "
        "connections. Revoke the rule for all with aws ec2 revoke-client-vpn-ingress.",
    .references = kReferences,
    .run = run};

}  // namespace portolan::checks
