#include "report/exposure.h"

#include <algorithm>
#include <map>
#include <optional>

#include "core/ip.h"

namespace portolan::report {
namespace {

/// The first line of a witness, `1.0.0.0 -> eni-0a1b (52.18.144.51) tcp/22`.
struct Ends {
  std::string_view from;
  std::string_view to;
  std::string_view address;
  std::string_view services;
};

std::optional<Ends> ends_of(std::string_view line) {
  constexpr std::string_view kArrow = " -> ";
  const std::size_t arrow = line.find(kArrow);
  if (arrow == std::string_view::npos) {
    return std::nullopt;
  }
  Ends ends{.from = line.substr(0, arrow)};
  std::string_view rest = line.substr(arrow + kArrow.size());
  ends.to = rest.substr(0, rest.find(' '));
  rest.remove_prefix(std::min(rest.size(), ends.to.size() + 1));
  if (rest.starts_with('(')) {
    const std::size_t end = std::min(rest.find(") "), rest.size());
    ends.address = rest.substr(1, end - 1);
    rest.remove_prefix(std::min(rest.size(), end + 2));
  }
  ends.services = rest;
  return ends;
}

/// What leads in from a public address; nothing if the finding proves no such thing.
std::optional<Ends> way_in(const Finding& finding) {
  if (finding.outcome != Outcome::Fail || finding.is_latent || finding.witness.empty()) {
    return std::nullopt;
  }
  const std::optional<Ends> ends = ends_of(finding.witness.front());
  if (!ends || ends->services.empty() || ends->services == "none") {
    return std::nullopt;
  }
  const auto from = IpAddress::parse(ends->from);
  return from && from->is_public() ? ends : std::nullopt;
}

/// `web-1`, if the message says `eni-0a1b (web-1)`.
std::string_view name_in(std::string_view message, std::string_view target) {
  const std::string wanted = std::string(target) + " (";
  const std::size_t start = message.find(wanted);
  if (start == std::string_view::npos) {
    return {};
  }
  const std::string_view rest = message.substr(start + wanted.size());
  return rest.substr(0, rest.find(')'));
}

std::size_t others_of(const Finding& finding, std::string_view target) {
  return static_cast<std::size_t>(
      std::count_if(finding.affected.begin(), finding.affected.end(),
                    [&](const std::string& id) { return id.starts_with("eni-") && id != target; }));
}

}  // namespace

std::vector<Exposed> exposed_of(const AuditReport& report) {
  std::vector<Exposed> result;
  std::map<std::string_view, std::size_t> rows;  // by target
  for (std::size_t i = 0; i < report.findings.size(); ++i) {
    const Finding& finding = report.findings[i];
    const std::optional<Ends> ends = way_in(finding);
    if (!ends) {
      continue;
    }
    const auto [row, is_new] = rows.emplace(ends->to, result.size());
    if (is_new) {
      result.push_back({.target = std::string(ends->to), .address = std::string(ends->address)});
    }
    Exposed& exposed = result[row->second];
    if (exposed.name.empty()) {
      exposed.name = name_in(finding.message, ends->to);
    }
    exposed.others = std::max(exposed.others, others_of(finding, ends->to));
    const bool is_there =
        std::any_of(exposed.services.begin(), exposed.services.end(),
                    [&](const ExposedService& each) { return each.services == ends->services; });
    if (!is_there) {
      exposed.services.push_back(
          {.services = std::string(ends->services), .risk = finding.risk, .finding = i});
    }
  }
  return result;  // findings are ranked, so the rows are
}

}  // namespace portolan::report
