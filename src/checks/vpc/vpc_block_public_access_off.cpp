#include <map>
#include <utility>

#include <fmt/format.h>

#include "checks/check.h"
#include "checks/estate.h"
#include "checks/finding_text.h"
#include "checks/missing.h"
#include "checks/routing.h"

namespace portolan::checks {

extern const Check vpc_block_public_access_off;

namespace {

constexpr std::string_view kReferences[] = {"AWS FSBP: EC2.172",
                                            "VPC User Guide: Block public access to VPCs"};

using Place = std::pair<AccountId, Region>;

/// Interfaces with a public address, for each account and region that has a VPC of its own.
std::map<Place, Interfaces> places_of(const Snapshot& snapshot) {
  std::map<Place, Interfaces> places;
  for (const Vpc& vpc : snapshot.all<Vpc>()) {
    places[{vpc.owned.account, vpc.owned.region}];
  }
  for (const NetworkInterface& interface : snapshot.all<NetworkInterface>()) {
    const Vpc* vpc = snapshot.find(interface.vpc);
    if (vpc != nullptr && is_public(interface)) {
      places[{vpc->owned.account, vpc->owned.region}].push_back(&interface);
    }
  }
  return places;
}

std::vector<std::string> exclusions_in(const Snapshot& snapshot, const Owned& place) {
  std::vector<std::string> resources;
  for (const auto& exclusion : snapshot.all<BlockPublicAccessExclusion>()) {
    if (exclusion.is_active && exclusion.owned.account == place.account &&
        exclusion.owned.region == place.region) {
      resources.push_back(exclusion.resource);
    }
  }
  return resources;
}

Finding judge(const Context& context, const Owned& place, const Interfaces& exposed) {
  const Snapshot& snapshot = context.snapshot();
  const BlockPublicAccessId id{place.account.text() + '/' + place.region.text()};
  Finding finding = about(vpc_block_public_access_off.id, id.value, place);
  const BlockPublicAccess* setting = snapshot.find(id);
  if (setting == nullptr) {
    return unread(std::move(finding),
                  {.check = vpc_block_public_access_off.id,
                   .noun = Noun::BlockPublicAccess,
                   .risk = Risk::Medium,
                   .unsaid = "whether internet gateways are blocked in the region is not known"});
  }
  finding.affected = exclusions_in(snapshot, place);
  if (setting->mode != BlockMode::Off) {
    std::string message =
        fmt::format("internet gateways are blocked in the region, but for {} exclusion{}",
                    finding.affected.size(), finding.affected.size() == 1 ? "" : "s");
    return passed(std::move(finding), std::move(message));
  }
  finding.risk = exposed.empty() ? Risk::Medium : Risk::Info;
  finding.is_latent = exposed.empty();
  finding.message =
      exposed.empty()
          ? std::string(
                "internet gateways are not blocked in a region where nothing has a public "
                "address")
          : fmt::format(
                "internet gateways are not blocked in the region; {} {} a public address "
                "and would need an exclusion",
                names_of(context.estate(), exposed), exposed.size() == 1 ? "has" : "have");
  finding.fix = fmt::format(
      "aws ec2 modify-vpc-block-public-access-options --region {} --internet-gateway-block-mode "
      "block-bidirectional",
      place.region.text());
  return finding;
}

std::vector<Finding> run(const Context& context) {
  std::vector<Finding> findings;
  for (const auto& [place, exposed] : places_of(context.snapshot())) {
    findings.push_back(
        judge(context, {.account = place.first, .region = place.second, .tags = {}}, exposed));
  }
  return findings;
}

}  // namespace

const Check vpc_block_public_access_off = {
    .id = "vpc-block-public-access-off",
    .title = "VPC block public access not set",
    .risk = Risk::Medium,
    .resources = "BlockPublicAccess",
    .why =
        "Block public access stops internet gateways for a whole account and region, whatever "
        "routes, groups and addresses say. Where nothing serves the internet it costs nothing "
        "and stands behind every later mistake.",
    .fix =
        "List what must be reached from the internet, and create exclusions for its VPCs or "
        "subnets first. Set the mode with aws ec2 modify-vpc-block-public-access-options.",
    .references = kReferences,
    .run = run};

}  // namespace portolan::checks
