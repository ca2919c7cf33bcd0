#include <fmt/format.h>

#include "checks/check.h"
#include "checks/each.h"
#include "checks/places.h"
#include "core/text.h"

namespace portolan::checks {

extern const Check eks_node_remote_access_open;

namespace {

constexpr std::string_view kReferences[] = {"EKS API: RemoteAccessConfig", "Checkov: CKV_AWS_100"};
constexpr Noun kNouns[] = {Noun::EksNodeGroups};

/// SOURCE: EKS API, RemoteAccessConfig: with a key and no source groups, port 22 of the nodes is
/// opened to the internet (0.0.0.0/0).
void judge(const EksNodeGroup& group, std::vector<Finding>& findings) {
  if (!group.has_remote_access || !group.from_groups.empty()) {
    return;
  }
  Finding finding = about(eks_node_remote_access_open.id, group);
  finding.name = group.group_name;
  finding.risk = Risk::High;
  finding.message = fmt::format("node group {} of {} takes SSH from everywhere",
                                printable(group.group_name), printable(group.cluster));
  finding.fix =
      "make a node group without remote access, or with sourceSecurityGroups, move the pods, and "
      "delete this one";
  findings.push_back(std::move(finding));
}

std::vector<Finding> run(const Context& context) {
  std::vector<Finding> findings = judge_each<EksNodeGroup>(
      context, eks_node_remote_access_open.id, "its nodes take no SSH, or from named groups only",
      [](const EksNodeGroup& group, std::vector<Finding>& found) { judge(group, found); });
  ask_places(context,
             {.check = eks_node_remote_access_open.id,
              .nouns = kNouns,
              .risk = Risk::High,
              .unsaid = "whether nodes of EKS take SSH from everywhere is not known"},
             findings);
  return findings;
}

}  // namespace

const Check eks_node_remote_access_open = {
    .id = "eks-node-remote-access-open",
    .title = "EKS node group takes SSH from everywhere",
    .risk = Risk::High,
    .resources = "EksNodeGroup",
    .why =
        "Where a key is given and no group to come from, EKS opens port 22 of all nodes to the "
        "internet. Who gets into a node gets at the pods and roles on it.",
    .fix =
        "Use Session Manager in place of SSH. Remote access of a node group cannot be changed. "
        "Replace the group by one without it, or with sourceSecurityGroups.",
    .references = kReferences,
    .run = run};

}  // namespace portolan::checks
