#include "checks/launches.h"

#include <algorithm>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "checks/finding_text.h"
#include "checks/places.h"
#include "core/text.h"

namespace portolan::checks {

namespace {

constexpr Noun kNouns[] = {Noun::LaunchTemplates, Noun::LaunchTemplateVersions,
                           Noun::LaunchConfigurations, Noun::AutoScalingGroups};

/// A version that instances are started from, and who does.
struct UsedVersion {
  std::string name;                        // `version 3`, `the default version`
  const LaunchVersion* version = nullptr;  // null: not collected
  std::vector<std::string> groups;
};

const LaunchVersion* version_of(const LaunchTemplate& launch, std::string_view wanted) {
  const auto found = std::find_if(
      launch.versions.begin(), launch.versions.end(), [&](const LaunchVersion& version) {
        if (wanted.empty() || wanted == "$Default") {
          return version.is_default;
        }
        return wanted == "$Latest" ? version.number == launch.latest
                                   : std::to_string(version.number) == wanted;
      });
  return found == launch.versions.end() ? nullptr : &*found;
}

std::string name_of(const LaunchTemplate& launch, const LaunchVersion* version,
                    std::string_view wanted) {
  if (launch.is_configuration) {
    return "it";
  }
  if (version != nullptr) {
    return fmt::format("version {}", version->number);
  }
  return wanted.empty() || wanted == "$Default" ? std::string("the default version")
         : wanted == "$Latest"                  ? std::string("the latest version")
                                                : fmt::format("version {}", printable(wanted));
}

bool names(const AutoScalingGroup& group, const LaunchUse& use, const LaunchTemplate& launch) {
  if (!use.id.empty()) {
    return use.id == launch.id.value;
  }
  return use.name == launch.template_name && group.owned.account == launch.owned.account &&
         group.owned.region == launch.owned.region;
}

class Run {
 public:
  Run(const Context& context, const LaunchQuestion& question,
      const std::function<LaunchVerdict(const LaunchTemplate&, const LaunchVersion&)>& judge)
      : context_(context), question_(question), judge_(judge) {}

  std::vector<Finding> run() {
    std::vector<Finding> findings;
    for (const LaunchTemplate& launch : context_.snapshot().all<LaunchTemplate>()) {
      findings.push_back(judge(launch));
    }
    ask_places(context_,
               {.check = question_.check,
                .nouns = kNouns,
                .risk = question_.risk,
                .unsaid = "not all launch templates and their users are known"},
               findings);
    return findings;
  }

 private:
  /// Each version once, by its name.
  [[nodiscard]] std::map<std::string, UsedVersion> used(const LaunchTemplate& launch) const {
    std::map<std::string, UsedVersion> used;
    const auto add = [&](std::string_view wanted) -> UsedVersion& {
      const LaunchVersion* version = version_of(launch, wanted);
      std::string name = name_of(launch, version, wanted);
      UsedVersion& entry = used[name];
      entry.name = std::move(name);
      entry.version = version;
      return entry;
    };
    add("$Default");
    if (question_.asks_latest) {
      add("$Latest");
    }
    for (const AutoScalingGroup& group : context_.snapshot().all<AutoScalingGroup>()) {
      for (const LaunchUse& use : group.launches) {
        if (names(group, use, launch)) {
          add(use.version).groups.push_back(group.group_name);
        }
      }
    }
    return used;
  }

  [[nodiscard]] Finding judge(const LaunchTemplate& launch) const {
    Finding finding = about(question_.check, launch);
    finding.name = launch.template_name;
    std::vector<std::string> wrong;
    std::vector<std::string> gaps;
    for (const auto& [name, entry] : used(launch)) {
      if (entry.version == nullptr) {
        gaps.push_back(fmt::format("{} of {} was not collected: {}", name, launch.id.value,
                                   call_of(Noun::LaunchTemplateVersions)));
        continue;
      }
      LaunchVerdict verdict = judge_(launch, *entry.version);
      if (verdict.is_wrong) {
        wrong.push_back(text_of(entry));
      } else if (!verdict.gap.empty()) {
        gaps.push_back(std::move(verdict.gap));
      }
    }
    if (!wrong.empty()) {
      finding.risk = question_.risk;
      finding.message = fmt::format("{}: {} {}", printable(launch.template_name),
                                    fmt::join(wrong, ", "), question_.wrong);
      finding.fix = question_.fix;
      return finding;
    }
    if (!gaps.empty()) {
      return unknown(std::move(finding), question_.risk, std::string(question_.unsaid),
                     std::move(gaps));
    }
    return passed(std::move(finding), question_.praise);
  }

  static std::string text_of(const UsedVersion& entry) {
    std::vector<std::string> groups;
    for (const std::string& group : entry.groups) {
      groups.push_back(printable(group));
    }
    return groups.empty()
               ? entry.name
               : fmt::format("{} (of Auto Scaling group {})", entry.name, fmt::join(groups, ", "));
  }

  const Context& context_;
  const LaunchQuestion& question_;
  const std::function<LaunchVerdict(const LaunchTemplate&, const LaunchVersion&)>& judge_;
};

}  // namespace

std::vector<Finding> judge_launches(
    const Context& context, const LaunchQuestion& question,
    const std::function<LaunchVerdict(const LaunchTemplate&, const LaunchVersion&)>& judge) {
  return Run(context, question, judge).run();
}

}  // namespace portolan::checks
