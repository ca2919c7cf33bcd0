#include "checks/check.h"
#include "checks/launches.h"

namespace portolan::checks {

extern const Check launch_template_public_ip;

namespace {

constexpr std::string_view kReferences[] = {"AWS FSBP: EC2.25, AutoScaling.5"};

std::vector<Finding> run(const Context& context) {
  const LaunchQuestion question = {
      .check = launch_template_public_ip.id,
      .risk = Risk::High,
      .wrong = "gives instances a public address",
      .unsaid = "whether it gives instances a public address is not known",
      .praise = "it gives instances no public address by itself",
      .fix =
          "make a version with AssociatePublicIpAddress false, and the default with aws ec2 "
          "modify-launch-template",
      .asks_latest = true};
  return judge_launches(context, question, [](const LaunchTemplate&, const LaunchVersion& version) {
    return LaunchVerdict{.is_wrong = version.has_public_address == true, .gap = {}};
  });
}

}  // namespace

const Check launch_template_public_ip = {
    .id = "launch-template-public-ip",
    .title = "Launch template assigns a public address",
    .risk = Risk::High,
    .resources = "LaunchTemplate, LaunchConfiguration",
    .why =
        "Each instance of it stands on the internet with an address of its own, past the load "
        "balancer, and only its groups stand between.",
    .fix =
        "Start instances in private subnets, behind a load balancer and a NAT gateway. Make a "
        "version with AssociatePublicIpAddress false and make it the default.",
    .references = kReferences,
    .run = run};

}  // namespace portolan::checks
