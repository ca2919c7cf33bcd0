#include "checks/finding_text.h"

#include <utility>

#include <fmt/format.h>

#include "core/text.h"

namespace portolan::checks {

namespace {

/// Findings that follow one another say much the same: one copy of it for all of them.
SharedText shared(std::string_view text, SharedText& last) {
  if (std::string_view(last) != text) {
    last = SharedText(text);
  }
  return last;
}

Finding named(std::string_view check, const std::string& resource, const Owned& owned,
              std::string_view name) {
  thread_local SharedText last_check;
  Finding finding;
  finding.check = shared(check, last_check);
  finding.resource = resource;
  finding.name = std::string(name);
  finding.account = owned.account;
  finding.region = owned.region;
  return finding;
}

std::string hop_line(const reach::Hop& hop) {
  std::string line = hop.direction == reach::Direction::Forward ? "->" : "<-";
  if (!hop.component.empty()) {
    line += " " + hop.component;
  }
  if (!hop.rule.empty()) {
    line += fmt::format(" ({})", hop.rule);
  }
  if (!hop.detail.empty()) {
    line += ": " + hop.detail;
  }
  return line;
}

}  // namespace

Finding about(std::string_view check, const std::string& resource, const Owned& owned) {
  return named(check, resource, owned, owned.name());
}

Finding about(std::string_view check, const SecurityGroup& group) {
  return named(check, group.id.value, group.owned, group.group_name);
}

Finding passed(Finding finding, std::string_view message) {
  thread_local SharedText last_message;
  finding.outcome = Outcome::Pass;
  finding.risk = Risk::Info;
  finding.message = shared(message, last_message);
  return finding;
}

Finding unknown(Finding finding, Risk risk, std::string message, std::vector<std::string> gaps) {
  finding.outcome = Outcome::Unknown;
  finding.risk = risk;
  finding.message = std::move(message);
  finding.gaps = std::move(gaps);
  return finding;
}

std::string services_text(const ServiceSet& services) {
  return services.is_all() ? std::string("every protocol and port") : services.text();
}

std::string names_of(const Estate& estate, const Interfaces& interfaces) {
  if (interfaces.empty()) {
    return "no interface";
  }
  const std::string first = title_of(estate, *interfaces.front());
  return interfaces.size() == 1 ? first
                                : fmt::format("{} and {} more", first, interfaces.size() - 1);
}

std::vector<std::string> witness_of(const reach::Answer& answer) {
  std::vector<std::string> lines;
  lines.push_back(
      fmt::format("{} -> {} {}", answer.from, answer.to, services_text(answer.passage.possible())));
  for (const reach::Hop& hop : answer.hops) {
    lines.push_back(hop_line(hop));
  }
  return lines;
}

std::string reason_of(const reach::Answer& answer) {
  if (answer.because.empty()) {
    return "nothing is in the way";
  }
  const reach::Because& because = answer.because.front();
  const std::string place =
      because.component.empty() ? std::string() : fmt::format(" at {}", because.component);
  return fmt::format("{} ({}{})", because.detail, reach::text(because.reason), place);
}

std::string revocation(const FindingRule& rule, bool is_egress) {
  const std::string_view direction = is_egress ? "egress" : "ingress";
  if (rule.id.starts_with("sgr-")) {
    return fmt::format(
        "aws ec2 revoke-security-group-{} --group-id {} --security-group-rule-ids {}", direction,
        rule.holder, rule.id);
  }
  return fmt::format("revoke the {} rule {} {} of {}", direction, rule.services, rule.peer,
                     rule.holder);
}

}  // namespace portolan::checks
