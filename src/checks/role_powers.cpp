#include "checks/role_powers.h"

#include <vector>

#include <fmt/format.h>

#include "core/text.h"

namespace portolan::checks {
namespace {

using iam::Verdict;
using Kind = RoleAnswer::Kind;

RoleAnswer answer_of(const RolePower& power) {
  const std::string name = name_of(*power.role);
  if (power.verdict == Verdict::Always) {
    return {.kind = Kind::Can,
            .words = fmt::format("it runs as {}, which can change the network: {}", name,
                                 actions_text(power.actions)),
            .gap = {}};
  }
  if (power.verdict == Verdict::Possible) {
    return {.kind = Kind::MayBe,
            .words = fmt::format("it runs as {}, which can change the network if {}: {}", name,
                                 power.condition, actions_text(power.actions)),
            .gap = {}};
  }
  if (!power.detour.empty()) {
    return {.kind = Kind::MayBe,
            .words = fmt::format("it runs as {}, which comes to change the network: {}", name,
                                 power.detour),
            .gap = {}};
  }
  if (power.verdict == Verdict::Unknown) {
    return {.kind = Kind::Unknown,
            .words = fmt::format("whether {} can change the network is not known", name),
            .gap = "a policy or the organization was not collected; `portolan who` tells which"};
  }
  return {.words = fmt::format("{} can change nothing of the network", name)};
}

}  // namespace

RoleAnswer role_answer(const Context& context, const Instance& instance) {
  if (instance.state == InstanceState::Terminated ||
      instance.state == InstanceState::ShuttingDown) {
    return {.words = "it is gone"};
  }
  if (instance.instance_profile.empty()) {
    return {.words = "it has no role"};
  }
  const Authorities& authorities = context.authorities();
  const std::string account = instance.owned.account.text();
  if (!authorities.is_known() || !authorities.knows(account)) {
    return {.kind = Kind::Unknown,
            .words = "what its role can do is not known",
            .gap = no_details_of(account)};
  }
  const auto power = authorities.of_profile(instance.instance_profile);
  if (!power) {
    return {.kind = Kind::Unknown,
            .words = fmt::format("no role was collected that has the profile {}",
                                 instance.instance_profile),
            .gap = fmt::format("the roles of {} are not all in the account details", account)};
  }
  return answer_of(*power);
}

}  // namespace portolan::checks
