#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "report/report.h"

/// What the tests of the formats share.
namespace portolan::report {

inline Finding open_ssh() {
  Finding finding;
  finding.check = "sg-ingress-world-ssh";
  finding.resource = "sg-0a";
  finding.name = "web";
  finding.account = *AccountId::parse("123456789012");
  finding.region = *Region::parse("eu-west-1");
  finding.risk = Risk::High;
  finding.message = "tcp/22 is open to 0.0.0.0/0 and reaches i-0b";
  finding.rules = {{"sgr-1", "sg-0a", "0.0.0.0/0", "tcp/22"}};
  finding.affected = {"eni-1", "i-0b"};
  finding.witness = {"internet -> igw-1"};
  finding.fix = "remove the rule";
  return finding;
}

inline Finding passed_ssh() {
  Finding finding = open_ssh();
  finding.outcome = Outcome::Pass;
  finding.risk = Risk::Info;
  finding.resource = "sg-0b";
  finding.message = "no rule opens SSH to the world";
  finding.rules.clear();
  finding.affected.clear();
  finding.witness.clear();
  finding.fix.clear();
  return finding;
}

inline Finding unknown_ssh() {
  Finding finding = open_ssh();
  finding.outcome = Outcome::Unknown;
  finding.resource = "sg-0c";
  finding.gaps = {"run `ec2 describe-network-acls`"};
  return finding;
}

/// A finding in which all that a stranger may write attacks whoever reads it.
inline Finding hostile() {
  constexpr std::string_view kName =
      "=cmd|' /C calc'!A0\"</style><script>alert(1)</script><img src=x onerror=alert(1)>|`[x]"
      "(http://evil)@user\n\x1b[2J\u202e\u2028\xff]]>{0}\xef\xbf\xbe";
  Finding finding = open_ssh();
  finding.name = kName;
  finding.message = kName;
  finding.rules = {{std::string(kName), std::string(kName), std::string(kName), "tcp/22"}};
  finding.affected = {std::string(kName)};
  finding.witness = {"1.0.0.0 -> eni-1 (52.0.0.1) tcp/22", std::string(kName)};
  finding.gaps = {std::string(kName)};
  finding.fix = kName;
  return finding;
}

inline AuditReport report_of(std::vector<Finding> findings) {
  AuditReport report;
  report.source = "dump";
  report.version = "0.1.0";
  report.now = *Time::parse("2026-05-03T14:03:00Z");
  report.findings = std::move(findings);
  report.resources = 12;
  report.checks = {{.id = "sg-ingress-world-ssh",
                    .title = "SSH open to the internet",
                    .risk = Risk::High,
                    .why = "Every server is tried.",
                    .fix = "Use Session Manager.",
                    .references = {"CIS AWS 5.0: 5.3, 5.4", "VPC User Guide: Security groups"}}};
  return report;
}

/// An audit of which the one finding is muted.
inline AuditReport muted_report() {
  AuditReport report = report_of({});
  report.muted = {{.finding = open_ssh(),
                   .reason = "the bastion",
                   .owner = "ops",
                   .expires = *Time::parse("2026-06-01T00:00:00Z")}};
  return report;
}

inline std::string text_of(void (*write)(const AuditReport&, const Sink&),
                           const AuditReport& report) {
  std::string out;
  write(report, [&](std::string_view piece) { out += piece; });
  return out;
}

}  // namespace portolan::report
