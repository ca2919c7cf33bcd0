#include "checks/check.h"
#include "checks/world_findings.h"

namespace portolan::checks {

extern const Check sg_ingress_world_kubernetes;

namespace {

constexpr std::string_view kReferences[] = {
    "IANA Service Name and Port Number Registry: tcp 2379, 2380, 6443, 10250, 10255"};

std::vector<Finding> run(const Context& context) {
  return judge_service(context, sg_ingress_world_kubernetes.id);
}

}  // namespace

const Check sg_ingress_world_kubernetes = {
    .id = "sg-ingress-world-kubernetes",
    .title = "Kubernetes API / kubelet / etcd open to the internet",
    .risk = Risk::High,
    .resources = "SecurityGroup",
    .why =
        "The API server, the kubelet and etcd rule the cluster: one flaw or one anonymous "
        "permission and every workload and secret is lost.",
    .fix =
        "Use a private endpoint, or admit the networks of the operators. Revoke the rule "
        "with aws ec2 revoke-security-group-ingress.",
    .references = kReferences,
    .run = run,
    .yields_to = kBesideAService};

}  // namespace portolan::checks
