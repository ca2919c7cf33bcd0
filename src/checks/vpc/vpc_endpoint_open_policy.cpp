#include <fmt/format.h>

#include "checks/check.h"
#include "checks/each.h"
#include "checks/missing.h"

namespace portolan::checks {

extern const Check vpc_endpoint_open_policy;

namespace {

constexpr std::string_view kReferences[] = {
    "VPC User Guide: Control access to VPC endpoints using endpoint policies",
    "AWS PrivateLink Guide: Accept or reject connection requests"};

constexpr std::string_view kAws = "com.amazonaws.";
constexpr std::string_view kOfOthers = "com.amazonaws.vpce.";

/// Policies say nothing about endpoints of others' services, nor of Gateway Load Balancers.
bool heeds_policy(const VpcEndpoint& endpoint) {
  return endpoint.kind != EndpointKind::GatewayLoadBalancer &&
         endpoint.service_name.starts_with(kAws) && !endpoint.service_name.starts_with(kOfOthers);
}

void judge(const VpcEndpoint& endpoint, std::vector<Finding>& findings) {
  Finding finding = about(vpc_endpoint_open_policy.id, endpoint);
  if (!heeds_policy(endpoint)) {
    return;
  }
  switch (endpoint.policy) {
    case EndpointPolicy::Bounded:
      return;
    case EndpointPolicy::Open:
      finding.risk = Risk::Medium;
      finding.affected = {endpoint.vpc.value};
      finding.message =
          fmt::format("the policy lets anybody do anything in {}, with resources of any account",
                      endpoint.service_name);
      finding.fix = fmt::format(
          "aws ec2 modify-vpc-endpoint --vpc-endpoint-id {} --policy-document with conditions for "
          "aws:PrincipalOrgID and aws:ResourceOrgID",
          endpoint.id.value);
      findings.push_back(std::move(finding));
      return;
    case EndpointPolicy::NotTold:
      findings.push_back(unknown(std::move(finding), Risk::Medium,
                                 "what its policy allows is not known",
                                 {"the document of the endpoint does not tell PolicyDocument"}));
      return;
    case EndpointPolicy::Unclear:
      findings.push_back(unknown(
          std::move(finding), Risk::Medium,
          "its policy is for anybody, and what its actions, resources and conditions leave open "
          "is not worked out",
          {"the endpoint's policy has more than plain statements"}));
      return;
  }
}

void judge(const EndpointService& service, std::vector<Finding>& findings) {
  Finding finding = about(vpc_endpoint_open_policy.id, service);
  if (!service.asks_acceptance) {
    findings.push_back(unknown(std::move(finding), Risk::Low,
                               "whether it accepts every connection is not known",
                               {"the document of the service does not tell AcceptanceRequired"}));
  } else if (!*service.asks_acceptance) {
    finding.risk = Risk::Low;
    finding.message =
        "the service accepts connections by itself: whoever its permissions name is let in";
    finding.fix = fmt::format(
        "aws ec2 modify-vpc-endpoint-service-configuration --service-id {} --acceptance-required",
        service.id.value);
    findings.push_back(std::move(finding));
  }
}

std::vector<Finding> run(const Context& context) {
  constexpr std::string_view kId = "vpc-endpoint-open-policy";
  auto findings = judge_each<VpcEndpoint>(
      context, kId, "its policy is not for anybody, or there is none to judge",
      [](const VpcEndpoint& endpoint, std::vector<Finding>& found) { judge(endpoint, found); });
  auto services = judge_each<EndpointService>(
      context, kId, "somebody has to accept each connection",
      [](const EndpointService& service, std::vector<Finding>& found) { judge(service, found); });
  findings.insert(findings.end(), services.begin(), services.end());
  ask_for<Vpc>(context,
               {.check = kId,
                .noun = Noun::VpcEndpoints,
                .risk = Risk::Medium,
                .unsaid = "what the policies of its endpoints allow is not known"},
               findings);
  return findings;
}

}  // namespace

const Check vpc_endpoint_open_policy = {
    .id = "vpc-endpoint-open-policy",
    .title = "Endpoint policy allows any principal",
    .risk = Risk::Medium,
    .resources = "VpcEndpoint, EndpointService",
    .why =
        "An endpoint with the policy that AWS gives it takes anybody's credentials to anybody's "
        "buckets and tables: data leaves a private network by it, into an account of the "
        "intruder, and no firewall sees it.",
    .fix =
        "Find out which accounts and resources the workloads use, buckets of AWS that agents "
        "and package managers read included. Narrow the policy to them with aws ec2 modify- "
        "vpc-endpoint.",
    .references = kReferences,
    .run = run};

}  // namespace portolan::checks
