#include <fmt/format.h>

#include "checks/check.h"
#include "checks/collected.h"
#include "checks/launches.h"
#include "checks/missing.h"

namespace portolan::checks {

extern const Check launch_template_imdsv1;

namespace {

constexpr std::string_view kReferences[] = {
    "AWS FSBP: EC2.170, AutoScaling.3",
    "EC2 User Guide: Where to configure instance metadata options"};

/// What the template leaves open the AMI decides, and then the account: no template may count on
/// the AMI, which another one takes the place of.
LaunchVerdict judge(const Context& context, const LaunchTemplate& launch,
                    const LaunchVersion& version) {
  const MetadataOptions& options = version.metadata;
  if (options.endpoint_enabled == false || options.tokens_required) {
    return {.is_wrong = options.endpoint_enabled != false && !*options.tokens_required, .gap = {}};
  }
  const auto* defaults = context.snapshot().find(MetadataDefaultsId{place_id(launch.owned)});
  if (defaults == nullptr) {
    return {.is_wrong = false, .gap = not_collected(Noun::MetadataDefaults, launch.owned)};
  }
  return {.is_wrong = defaults->options.tokens_required != true, .gap = {}};
}

std::vector<Finding> run(const Context& context) {
  const LaunchQuestion question = {
      .check = launch_template_imdsv1.id,
      .risk = Risk::Medium,
      .wrong =
          "lets instances answer without a token, and the account's default does not forbid it",
      .unsaid = "whether its instances answer without a token is not known",
      .praise = "its instances want a session token (IMDSv2), or have no metadata service",
      .fix =
          "make a version with MetadataOptions HttpTokens=required, and the default with aws ec2 "
          "modify-launch-template"};
  return judge_launches(context, question,
                        [&](const LaunchTemplate& launch, const LaunchVersion& version) {
                          return judge(context, launch, version);
                        });
}

}  // namespace

const Check launch_template_imdsv1 = {
    .id = "launch-template-imdsv1",
    .title = "Launch template allows IMDSv1",
    .risk = Risk::Medium,
    .resources = "LaunchTemplate, LaunchConfiguration",
    .why =
        "Every instance that is started from it hands out the keys of its role to one request that "
        "it is tricked into. Instances that are mended by hand are replaced by new ones of the "
        "template.",
    .fix =
        "See with the CloudWatch metric MetadataNoToken that nothing uses IMDSv1 any more. Make a "
        "new version with HttpTokens required, and set the account's default with aws ec2 "
        "modify-instance-metadata-defaults.",
    .references = kReferences,
    .run = run};

}  // namespace portolan::checks
