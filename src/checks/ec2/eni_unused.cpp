#include <fmt/format.h>

#include "checks/check.h"
#include "checks/each.h"
#include "core/text.h"

namespace portolan::checks {

extern const Check eni_unused;

namespace {

constexpr std::string_view kReferences[] = {"EC2 User Guide: Elastic network interfaces"};

Finding judge(const NetworkInterface& interface) {
  Finding finding = about(eni_unused.id, interface);
  finding.risk = Risk::Info;
  finding.message = "the interface is attached to nothing";
  if (!interface.groups.empty()) {
    finding.message += fmt::format(", and keeps {} in use", interface.groups.front().value);
  }
  if (interface.groups.size() > 1) {
    finding.message += fmt::format(" and {} more", interface.groups.size() - 1);
  }
  for (const SecurityGroupId& group : interface.groups) {
    finding.affected.push_back(group.value);
  }
  finding.fix =
      interface.requester.empty()
          ? fmt::format("aws ec2 delete-network-interface --network-interface-id {}",
                        interface.id.value)
          : fmt::format("delete it through {}, which made it", printable(interface.requester));
  return finding;
}

std::vector<Finding> run(const Context& context) {
  return judge_each<NetworkInterface>(
      context, eni_unused.id, "the interface is attached",
      [&](const NetworkInterface& interface, std::vector<Finding>& findings) {
        if (interface.status == "available") {
          findings.push_back(judge(interface));
        } else if (interface.status.empty() && interface.instance.empty()) {
          findings.push_back(
              unknown(about(eni_unused.id, interface), Risk::Info,
                      "whether the interface is attached is not known",
                      {fmt::format("the Status of {} is not in the document: {}",
                                   interface.id.value, call_of(Noun::NetworkInterfaces))}));
        }
      });
}

}  // namespace

const Check eni_unused = {
    .id = "eni-unused",
    .title = "Interface attached to nothing",
    .risk = Risk::Info,
    .resources = "NetworkInterface",
    .why =
        "An idle interface keeps its addresses and groups: the groups cannot be deleted while it "
        "exists, and whoever attaches it to a machine gives that machine all they open.",
    .fix =
        "Make sure that no failover script attaches it when needed. Delete it with aws ec2 "
        "delete-network-interface.",
    .references = kReferences,
    .run = run,
    .remedy = no_remedy};

}  // namespace portolan::checks
