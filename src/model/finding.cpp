#include "model/finding.h"

#include <array>
#include <tuple>
#include <utility>

namespace portolan {

namespace {

constexpr std::array<std::pair<Risk, std::string_view>, 5> kRisks{{{Risk::Info, "info"},
                                                                   {Risk::Low, "low"},
                                                                   {Risk::Medium, "medium"},
                                                                   {Risk::High, "high"},
                                                                   {Risk::Critical, "critical"}}};

int order(Outcome outcome) {
  switch (outcome) {
    case Outcome::Fail:
      return 0;
    case Outcome::Unknown:
      return 1;
    case Outcome::Pass:
      return 2;
  }
  return 3;
}

}  // namespace

std::string_view text(Risk risk) { return kRisks.at(static_cast<std::size_t>(risk)).second; }

std::optional<Risk> parse_risk(std::string_view text) {
  for (const auto& [risk, name] : kRisks) {
    if (name == text) {
      return risk;
    }
  }
  return std::nullopt;
}

std::string_view text(Outcome outcome) {
  switch (outcome) {
    case Outcome::Pass:
      return "pass";
    case Outcome::Fail:
      return "fail";
    case Outcome::Unknown:
      return "unknown";
  }
  return "";
}

bool ranks_before(const Finding& a, const Finding& b) {
  const auto key = [](const Finding& finding) {
    return std::make_tuple(order(finding.outcome), -static_cast<int>(finding.risk),
                           finding.is_latent ? 1 : 0);
  };
  if (key(a) != key(b)) {
    return key(a) < key(b);
  }
  return std::tie(a.check, a.resource, a.message) < std::tie(b.check, b.resource, b.message);
}

}  // namespace portolan
