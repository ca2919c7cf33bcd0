#include <algorithm>

#include <fmt/format.h>

#include "answers/who_answer.h"
#include "reach/reach.h"

namespace portolan::answers {
namespace {

/// What the instance's own settings say about getting at the role.
/// SOURCE: EC2 User Guide, "Use the Instance Metadata Service": version 1 answers any request, so a
/// forged one is enough; with version 2 it takes code on the instance.
std::string metadata_words(const MetadataOptions& options) {
  if (options.endpoint_enabled == false) {
    return "";
  }
  if (!options.tokens_required) {
    return "IMDS settings not known";
  }
  return *options.tokens_required ? "IMDSv2, so by code on the instance"
                                  : "IMDSv1, so a forged request is enough";
}

/// What a session of the role can do, from that mask.
const Reach* reach_of(const WhoAnswer& answer, const iam::Principal& role, std::size_t mask) {
  const auto has_way = [](const Reach& each) {
    return each.verdict() >= iam::Verdict::Possible || !each.detours.empty();
  };
  if (const auto session = answer.sessions.find(mask); session != answer.sessions.end()) {
    return has_way(session->second) ? &session->second : nullptr;
  }
  const auto found = std::ranges::find_if(answer.reaches, [&](const Reach& each) {
    return each.principal->caller == role.caller && has_way(each);
  });
  return found == answer.reaches.end() ? nullptr : &*found;
}

std::size_t mask_of(const iam::Escalation& escalation, std::size_t role, const Instance& instance) {
  const auto resource = iam::resource_of(instance);
  return resource ? escalation.on_instance(role, resource->arn.text()) : role;
}

std::string power_words(const Reach& reach) {
  if (reach.verdict() == iam::Verdict::Always) {
    return "which can change it";
  }
  return reach.verdict() == iam::Verdict::Possible
             ? "which can change it if " + reach.powers.front().answer.condition
             : "which comes to it by " + reach.detours.front().path;
}

}  // namespace

void add_doors(WhoAnswer& answer, const Snapshot& snapshot, const iam::Escalation& escalation) {
  const reach::Network network = reach::build(snapshot);
  for (const Instance& instance : snapshot.all<Instance>()) {
    const std::string metadata = metadata_words(instance.metadata);
    for (std::size_t p = 0; p < escalation.principals() && !metadata.empty(); ++p) {
      const iam::Principal& role = escalation.directory().principals[p];
      const Reach* power = std::ranges::find(role.instance_profiles, instance.instance_profile) ==
                                   role.instance_profiles.end()
                               ? nullptr
                               : reach_of(answer, role, mask_of(escalation, p, instance));
      if (power == nullptr) {
        continue;
      }
      const auto question =
          reach::parse_question(fmt::format("internet -> {} any", instance.id.value));
      const auto reached = question ? reach::ask(network, *question)
                                    : Result<reach::Answer>(tl::unexpected(question.error()));
      if (reached && !reached->passage.yes.empty()) {
        answer.doors.push_back(fmt::format("internet → {} {} → role/{} ({}), {}", instance.id.value,
                                           reached->passage.yes.text(), role.name, metadata,
                                           power_words(*power)));
      }
    }
  }
}

}  // namespace portolan::answers
