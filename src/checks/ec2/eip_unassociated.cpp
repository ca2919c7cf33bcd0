#include <fmt/format.h>

#include "checks/check.h"
#include "checks/each.h"
#include "checks/places.h"

namespace portolan::checks {

extern const Check eip_unassociated;

namespace {

constexpr std::string_view kReferences[] = {"AWS FSBP: EC2.12", "AWS Config: eip-attached"};
constexpr Noun kNouns[] = {Noun::Addresses};

void judge(const ElasticIp& row, std::vector<Finding>& findings) {
  if (row.is_used) {
    return;
  }
  Finding finding = about(eip_unassociated.id, row);
  finding.risk = Risk::Info;
  finding.message =
      fmt::format("{} is at nothing", row.address ? row.address->text() : row.id.value);
  finding.fix = fmt::format("aws ec2 release-address --allocation-id {}", row.id.value);
  findings.push_back(std::move(finding));
}

std::vector<Finding> run(const Context& context) {
  std::vector<Finding> findings = judge_each<ElasticIp>(
      context, eip_unassociated.id, "the address is in use",
      [](const ElasticIp& row, std::vector<Finding>& found) { judge(row, found); });
  ask_places(context,
             {.check = eip_unassociated.id,
              .nouns = kNouns,
              .risk = Risk::Info,
              .unsaid = "whether an Elastic IP is left over is not known"},
             findings);
  return findings;
}

}  // namespace

const Check eip_unassociated = {
    .id = "eip-unassociated",
    .title = "Elastic IP not associated",
    .risk = Risk::Info,
    .resources = "ElasticIp",
    .why =
        "It costs money, and records of DNS or rules of others may still trust it: whoever "
        "attaches it speaks in its name.",
    .fix =
        "Find out whether DNS or an allow-list still names it. Release it with aws ec2 "
        "release-address; it does not come back.",
    .references = kReferences,
    .run = run};

}  // namespace portolan::checks
