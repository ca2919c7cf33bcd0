#include <algorithm>
#include <span>
#include <string>
#include <vector>

#include <boost/uuid/name_generator_sha1.hpp>
#include <boost/uuid/uuid.hpp>
#include <boost/uuid/uuid_io.hpp>
#include <fmt/format.h>

#include "report/report.h"

// A UUID of version 5 (RFC 4122 section 4.3): the name is written with a newline before each part
// but the first, so that anybody can make it again, as with Python's uuid.uuid5. Neither the
// message nor the outcome is part of it: a finding that is mended keeps its id.
namespace portolan::report {
namespace {

// Made once with a random generator; another one would rename every finding.
constexpr boost::uuids::uuid kSpace = {{0x5c, 0x1e, 0x8f, 0x0a, 0x3d, 0x52, 0x4b, 0x8e, 0x9a, 0x47,
                                        0x60, 0xd1, 0x2f, 0x7b, 0xc3, 0x94}};

/// A rule of a group that is revoked and made again, as Terraform does, has another id and is the
/// same rule: it is known by what it says. AWS has no two rules of a group that say the same.
std::string name_of(const FindingRule& rule) {
  return rule.id.starts_with("sgr-")
             ? fmt::format("{}/{}/{}/{}", rule.holder, rule.is_egress ? "egress" : "ingress",
                           rule.services, rule.peer)
             : rule.id;
}

}  // namespace

std::string fingerprint(const Finding& finding) {
  std::vector<std::string> rules;
  for (const FindingRule& rule : finding.rules) {
    rules.push_back(name_of(rule));
  }
  std::sort(rules.begin(), rules.end());
  std::string name = finding.check;
  for (const std::string_view part :
       {std::string_view(finding.account.text()), std::string_view(finding.region.text()),
        std::string_view(finding.resource)}) {
    name += '\n';
    name += part;
  }
  for (const std::string& rule : rules) {
    name += '\n';
    name += rule;
  }
  return boost::uuids::to_string(boost::uuids::name_generator_sha1(kSpace)(name));
}

}  // namespace portolan::report
