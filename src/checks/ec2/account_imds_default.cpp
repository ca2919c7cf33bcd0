#include <algorithm>

#include <fmt/format.h>

#include "checks/check.h"
#include "checks/collected.h"
#include "checks/finding_text.h"
#include "checks/missing.h"
#include "checks/places.h"

namespace portolan::checks {

extern const Check account_imds_default;

namespace {

constexpr std::string_view kReferences[] = {
    "EC2 User Guide: Set IMDSv2 as the default for the account",
    "Prowler: ec2_instance_account_imdsv2_enabled"};

template <class Row>
bool has_any(const Snapshot& snapshot, const Owned& place) {
  const auto rows = snapshot.all<Row>();
  return std::any_of(rows.begin(), rows.end(), [&](const Row& row) {
    return row.owned.account == place.account && row.owned.region == place.region;
  });
}

Finding judge(const Context& context, const Owned& place) {
  const Snapshot& snapshot = context.snapshot();
  Finding finding = about(account_imds_default.id, place_id(place), place);
  const Need need = {.check = account_imds_default.id,
                     .noun = Noun::MetadataDefaults,
                     .risk = Risk::Low,
                     .unsaid = "whether new instances want a session token is not known"};
  const MetadataDefaults* defaults = snapshot.find(MetadataDefaultsId{place_id(place)});
  if (defaults == nullptr) {
    return unread(std::move(finding), need);
  }
  if (defaults->options.tokens_required == true) {
    return passed(std::move(finding), "new instances want a session token (IMDSv2)");
  }
  if (has_any<Instance>(snapshot, place) || has_any<LaunchTemplate>(snapshot, place)) {
    finding.risk = Risk::Low;
    finding.message = "new instances answer without a session token unless they are told not to";
    finding.fix =
        fmt::format("aws ec2 modify-instance-metadata-defaults --region {} --http-tokens required",
                    place.region.text());
    return finding;
  }
  if (is_missing(context, Noun::Instances, place)) {
    return unread(std::move(finding), {.check = need.check,
                                       .noun = Noun::Instances,
                                       .risk = Risk::Low,
                                       .unsaid = "whether the region is used is not known"});
  }
  return passed(std::move(finding), "no instance is in the region");
}

std::vector<Finding> run(const Context& context) {
  std::vector<Finding> findings;
  for (const Owned& place : places_of(context.snapshot())) {
    findings.push_back(judge(context, place));
  }
  return findings;
}

}  // namespace

const Check account_imds_default = {
    .id = "account-imds-default",
    .title = "Account does not ask for IMDSv2 by default",
    .risk = Risk::Low,
    .resources = "Account and region",
    .why =
        "Who starts an instance and says nothing of its metadata service gets what the account "
        "says. With the default set, IMDSv1 has to be asked for.",
    .fix =
        "Instances that run already keep what they have. Set the default in every region that is "
        "used with aws ec2 modify-instance-metadata-defaults --http-tokens required.",
    .references = kReferences,
    .run = run};

}  // namespace portolan::checks
