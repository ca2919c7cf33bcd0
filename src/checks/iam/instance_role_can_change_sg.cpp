#include <cstddef>
#include <map>
#include <string>
#include <utility>

#include "checks/check.h"
#include "checks/finding_text.h"
#include "checks/role_powers.h"

namespace portolan::checks {

extern const Check instance_role_can_change_sg;

namespace {

constexpr std::string_view kReferences[] = {
    "IAM User Guide: Use an IAM role to grant permissions to applications running on EC2"};

Finding judge(const Context& context, const Instance& instance) {
  Finding finding = about(instance_role_can_change_sg.id, instance);
  RoleAnswer answer = role_answer(context, instance);
  if (answer.kind == RoleAnswer::Kind::Nothing) {
    return passed(std::move(finding), std::move(answer.words));
  }
  if (answer.kind == RoleAnswer::Kind::Unknown) {
    const bool is_read = context.authority().directory != nullptr;
    return unknown(std::move(finding), is_read ? Risk::High : Risk::Info, std::move(answer.words),
                   {std::move(answer.gap)});
  }
  finding.outcome = Outcome::Fail;
  finding.risk = answer.kind == RoleAnswer::Kind::Can ? Risk::High : Risk::Medium;
  finding.message = std::move(answer.words);
  finding.affected = {instance.id.value};
  finding.fix = "take the statements away that portolan who --principal ROLE names";
  return finding;
}

/// One finding for each role, at the first of its instances.
std::vector<Finding> run(const Context& context) {
  std::vector<Finding> findings;
  std::map<std::string, std::size_t> told;  // by profile: where it stands
  for (const Instance& instance : context.snapshot().all<Instance>()) {
    Finding finding = judge(context, instance);
    if (finding.outcome == Outcome::Fail) {
      const auto [place, is_first] = told.try_emplace(instance.instance_profile, findings.size());
      if (!is_first) {
        findings[place->second].affected.push_back(instance.id.value);
        continue;
      }
    }
    findings.push_back(std::move(finding));
  }
  return findings;
}

}  // namespace

const Check instance_role_can_change_sg = {
    .id = "instance-role-can-change-sg",
    .title = "Instance role can change groups",
    .risk = Risk::High,
    .resources = "Instance",
    .why =
        "Whoever runs code on the instance has its role, and with it opens what the groups close. "
        "Judged are the role's policies, its boundary and the service control policies, and the "
        "ways by which it comes to act as another role.",
    .fix =
        "Let a pipeline or an administrator change the network, not a workload. Remove the actions "
        "from the role, or deny them with a permissions boundary.",
    .references = kReferences,
    .run = run,
    .remedy = no_remedy};

}  // namespace portolan::checks
