#include <fmt/format.h>

#include "checks/check.h"
#include "checks/each.h"
#include "checks/places.h"
#include "core/text.h"

namespace portolan::checks {

extern const Check ecs_task_public_ip;

namespace {

constexpr std::string_view kReferences[] = {"AWS FSBP: ECS.2"};
constexpr Noun kNouns[] = {Noun::EcsServices};

void judge(const EcsService& service, std::vector<Finding>& findings) {
  if (!service.assigns_public_address) {
    return;
  }
  Finding finding = about(ecs_task_public_ip.id, service);
  finding.name = service.service_name;
  finding.risk = Risk::High;
  finding.message =
      fmt::format("tasks of {} get a public address", printable(service.service_name));
  finding.fix =
      "aws ecs update-service with assignPublicIp=DISABLED in its network configuration, in a "
      "subnet with a NAT gateway or endpoints";
  findings.push_back(std::move(finding));
}

std::vector<Finding> run(const Context& context) {
  std::vector<Finding> findings = judge_each<EcsService>(
      context, ecs_task_public_ip.id, "its tasks get no public address",
      [](const EcsService& service, std::vector<Finding>& found) { judge(service, found); });
  ask_places(context,
             {.check = ecs_task_public_ip.id,
              .nouns = kNouns,
              .risk = Risk::High,
              .unsaid = "whether tasks of ECS get a public address is not known"},
             findings);
  return findings;
}

}  // namespace

const Check ecs_task_public_ip = {
    .id = "ecs-task-public-ip",
    .title = "ECS task gets a public address",
    .risk = Risk::High,
    .resources = "EcsService",
    .why =
        "Each task stands on the internet with an address of its own, past the load balancer, and "
        "only its groups stand between.",
    .fix =
        "Give the subnets of the tasks a NAT gateway or endpoints for ECR, S3 and CloudWatch Logs. "
        "Set assignPublicIp to DISABLED with aws ecs update-service.",
    .references = kReferences,
    .run = run};

}  // namespace portolan::checks
