#include "checks/framework.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "checks/check.h"
#include "checks/endpoint_names.h"
#include "core/service.h"

namespace portolan::checks {

namespace {

struct CisVersion {
  std::string_view id;
  std::string_view name;
};

constexpr std::array kCisVersions = {
    CisVersion{"cis-1.2", "CIS Amazon Web Services Foundations Benchmark 1.2"},
    CisVersion{"cis-1.4", "CIS Amazon Web Services Foundations Benchmark 1.4"},
    CisVersion{"cis-1.5", "CIS Amazon Web Services Foundations Benchmark 1.5"},
    CisVersion{"cis-2.0", "CIS Amazon Web Services Foundations Benchmark 2.0"},
    CisVersion{"cis-3.0", "CIS Amazon Web Services Foundations Benchmark 3.0"},
    CisVersion{"cis-4.0", "CIS Amazon Web Services Foundations Benchmark 4.0"},
    CisVersion{"cis-5.0", "CIS Amazon Web Services Foundations Benchmark 5.0"},
    CisVersion{"cis-6.0", "CIS Amazon Web Services Foundations Benchmark 6.0"},
    CisVersion{"cis-7.0", "CIS Amazon Web Services Foundations Benchmark 7.0"},
};

/// One demand, and its number in each version; empty where the version has none.
struct CisRow {
  std::string_view title;
  std::string_view checks;  // separated by spaces
  std::array<std::string_view, kCisVersions.size()> numbers;
  std::string_view services = {};
  std::optional<IpFamily> family = {};
};

constexpr std::string_view kSsh = "tcp/22 udp/22";
constexpr std::string_view kRdp = "tcp/3389 udp/3389";
constexpr std::string_view kAdminPorts = "tcp/22,3389 udp/22,3389";
constexpr std::string_view kAdminChecks =
    "sg-ingress-split-world sg-ingress-world-all-ports sg-ingress-world-all-traffic "
    "sg-ingress-world-rdp sg-ingress-world-ssh";

constexpr std::array kCisRows = {
    CisRow{"Flow logs are on in every VPC",
           "vpc-flow-logs-off",
           {"2.9", "3.9", "3.9", "3.9", "3.7", "3.7", "3.7", "4.7", "4.7"}},
    CisRow{"Changes of security groups are watched",
           "monitor-sg-changes-missing",
           {"3.10", "4.10", "4.10", "4.10", "4.10", "4.10", "4.10", "5.10", "5.10"}},
    CisRow{"Changes of network ACLs are watched",
           "monitor-nacl-changes-missing",
           {"3.11", "4.11", "4.11", "4.11", "4.11", "4.11", "4.11", "5.11", "5.11"}},
    CisRow{"Changes of gateways are watched",
           "monitor-gw-changes-missing",
           {"3.12", "4.12", "4.12", "4.12", "4.12", "4.12", "4.12", "5.12", "5.12"}},
    CisRow{"Changes of route tables are watched",
           "monitor-rt-changes-missing",
           {"3.13", "4.13", "4.13", "4.13", "4.13", "4.13", "4.13", "5.13", "5.13"}},
    CisRow{"Changes of VPCs are watched",
           "monitor-vpc-changes-missing",
           {"3.14", "4.14", "4.14", "4.14", "4.14", "4.14", "4.14", "5.14", "5.14"}},
    CisRow{"CIFS is not open to the internet",
           "sg-ingress-world-smb",
           {"", "", "", "", "", "5.1.2", "5.1.2", "6.1.2", "6.1.2"}},
    CisRow{"Network ACLs keep the internet from admin ports",
           "nacl-allow-all-ingress nacl-ingress-world-admin-port",
           {"", "5.1", "5.1", "5.1", "5.1", "5.2", "5.2", "6.2", "6.2"}},
    CisRow{"Groups keep the internet from SSH",
           "sg-ingress-split-world sg-ingress-world-all-ports sg-ingress-world-all-traffic "
           "sg-ingress-world-ssh",
           {"4.1", "", "", "", "", "", "", "", ""},
           kSsh},
    CisRow{"Groups keep the internet from RDP",
           "sg-ingress-split-world sg-ingress-world-all-ports sg-ingress-world-all-traffic "
           "sg-ingress-world-rdp",
           {"4.2", "", "", "", "", "", "", "", ""},
           kRdp},
    // One control is for both families until there is another for IPv6.
    CisRow{"Groups keep the internet from admin ports",
           kAdminChecks,
           {"", "5.2", "", "", "", "", "", "", ""},
           kAdminPorts},
    CisRow{"Groups keep the IPv4 internet from admin ports",
           kAdminChecks,
           {"", "", "5.2", "5.2", "5.2", "5.3", "5.3", "6.3", "6.3"},
           kAdminPorts,
           IpFamily::V4},
    CisRow{"Groups keep the IPv6 internet from admin ports",
           kAdminChecks,
           {"", "", "5.3", "5.3", "5.3", "5.4", "5.4", "6.4", "6.4"},
           kAdminPorts,
           IpFamily::V6},
    CisRow{"The default group lets nothing through",
           "default-sg-has-rules",
           {"4.3", "5.3", "5.4", "5.4", "5.4", "5.5", "5.5", "6.5", "6.5"}},
    CisRow{"Routes over peerings are no wider than needed",
           "peering-route-too-broad",
           {"4.4", "5.4", "5.5", "5.5", "5.5", "5.6", "5.6", "6.6", "6.6"}},
    CisRow{"Instance metadata wants a session token",
           "imdsv1-allowed",
           {"", "", "", "5.6", "5.6", "5.7", "5.7", "6.7", "6.7"}},
    CisRow{"AWS services are reached by endpoints",
           "vpc-endpoint-missing",
           {"", "", "", "", "", "", "", "", "6.8"}},
};

struct FsbpRow {
  std::string_view number;
  std::string_view title;
  std::string_view checks;  // empty: a service that no check asks for
  std::string_view services = {};
  std::string_view endpoint = {};
};

constexpr std::array kFsbpRows = {
    FsbpRow{"AutoScaling.3", "Launch configurations want IMDSv2", "launch-template-imdsv1"},
    FsbpRow{"AutoScaling.4", "Metadata answers go one hop", "imds-hop-limit"},
    FsbpRow{"AutoScaling.5", "Launch configurations assign no public address",
            "launch-template-public-ip"},
    FsbpRow{"EC2.2", "The default group lets nothing through", "default-sg-has-rules"},
    FsbpRow{"EC2.6", "Flow logs are on in every VPC", "vpc-flow-logs-off"},
    FsbpRow{"EC2.8", "Instance metadata wants a session token", "imdsv1-allowed"},
    FsbpRow{"EC2.9", "Instances have no public address", "instance-public-ip"},
    FsbpRow{"EC2.10", "The EC2 API is reached by an endpoint", "vpc-endpoint-missing", "", "ec2"},
    FsbpRow{"EC2.12", "No Elastic IP is left over", "eip-unassociated"},
    FsbpRow{"EC2.13", "SSH is not open to the internet",
            "sg-ingress-split-world sg-ingress-world-all-ports sg-ingress-world-all-traffic "
            "sg-ingress-world-ssh",
            kSsh},
    FsbpRow{"EC2.14", "RDP is not open to the internet",
            "sg-ingress-split-world sg-ingress-world-all-ports sg-ingress-world-all-traffic "
            "sg-ingress-world-rdp",
            kRdp},
    FsbpRow{"EC2.15", "Subnets assign no public address", "subnet-auto-public-ip"},
    FsbpRow{"EC2.16", "No network ACL is left over", "nacl-unused"},
    FsbpRow{"EC2.17", "Instances have one interface", "instance-multiple-eni"},
    FsbpRow{"EC2.18", "Only allowed ports are open to the internet",
            "sg-ingress-world-all-traffic sg-ingress-world-unauthorized-port "
            "sg-ingress-world-wide-range"},
    FsbpRow{"EC2.19", "No risky port is open to the internet",
            "sg-ingress-world-all-ports sg-ingress-world-all-traffic sg-ingress-world-dev-web "
            "sg-ingress-world-elasticsearch sg-ingress-world-ftp sg-ingress-world-hadoop "
            "sg-ingress-world-high-risk-port sg-ingress-world-mail-retrieval "
            "sg-ingress-world-mssql sg-ingress-world-mysql sg-ingress-world-postgres "
            "sg-ingress-world-rdp sg-ingress-world-rpc sg-ingress-world-smb "
            "sg-ingress-world-smtp sg-ingress-world-ssh sg-ingress-world-telnet "
            "sg-ingress-world-vnc"},
    FsbpRow{"EC2.21", "Network ACLs keep the internet from admin ports",
            "nacl-ingress-world-admin-port"},
    FsbpRow{"EC2.23", "Transit gateways accept no attachment by themselves", "tgw-auto-accept"},
    FsbpRow{"EC2.25", "Launch templates assign no public address", "launch-template-public-ip"},
    FsbpRow{"EC2.51", "Client VPN logs connections", "client-vpn-authorize-all"},
    FsbpRow{"EC2.55", "ECR's API is reached by an endpoint", "vpc-endpoint-missing", "", "ecr.api"},
    FsbpRow{"EC2.56", "Docker registries are reached by an endpoint", "vpc-endpoint-missing", "",
            "ecr.dkr"},
    FsbpRow{"EC2.57", "Systems Manager is reached by an endpoint", "vpc-endpoint-missing", "",
            "ssm"},
    FsbpRow{"EC2.58", "Incident Manager contacts are reached by an endpoint", ""},
    FsbpRow{"EC2.60", "Incident Manager is reached by an endpoint", ""},
    FsbpRow{"EC2.170", "Launch templates want IMDSv2", "launch-template-imdsv1"},
    FsbpRow{"EC2.172", "VPCs block public access", "vpc-block-public-access-off"},
    FsbpRow{"EC2.180", "Interfaces check source and destination", "eni-source-dest-check-off"},
    FsbpRow{"ECS.2", "Tasks get no public address", "ecs-task-public-ip"},
    FsbpRow{"ELB.1", "HTTP is redirected to HTTPS", "lb-plaintext-listener"},
    FsbpRow{"ELB.3", "Classic balancers listen with TLS", "lb-plaintext-listener"},
    FsbpRow{"ELB.4", "Invalid headers are dropped", "alb-request-smuggling"},
    FsbpRow{"ELB.5", "Balancers log accesses", "lb-access-logs-off"},
    FsbpRow{"ELB.12", "Application balancers guard against desync", "alb-request-smuggling"},
    FsbpRow{"ELB.14", "Classic balancers guard against desync", "alb-request-smuggling"},
    FsbpRow{"ELB.16", "Application balancers have a web ACL", "alb-without-waf"},
    FsbpRow{"ELB.17", "Balancers use current TLS policies", "lb-weak-tls-policy"},
    FsbpRow{"ELB.18", "Balancers listen with TLS", "lb-plaintext-listener"},
    FsbpRow{"NetworkFirewall.2", "Firewalls log", "network-firewall-weak-default"},
    FsbpRow{"NetworkFirewall.3", "Firewall policies have rules", "network-firewall-weak-default"},
    FsbpRow{"NetworkFirewall.4", "Firewalls drop or forward what no rule names",
            "network-firewall-weak-default"},
    FsbpRow{"NetworkFirewall.5", "Firewalls drop or forward fragments that no rule names",
            "network-firewall-weak-default"},
    FsbpRow{"NetworkFirewall.6", "Firewall rule groups are not empty",
            "network-firewall-weak-default"},
    FsbpRow{"RDS.2", "Databases are not reachable from the internet",
            "database-internet-reachable"},
    FsbpRow{"Redshift.1", "Clusters are not reachable from the internet",
            "database-internet-reachable"},
};

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    words.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

Framework cis(std::size_t version) {
  Framework framework{
      .id = kCisVersions.at(version).id, .name = kCisVersions.at(version).name, .controls = {}};
  for (const CisRow& row : kCisRows) {
    const std::string_view number = row.numbers.at(version);
    if (!number.empty()) {
      framework.controls.push_back({.id = std::string(number),
                                    .title = row.title,
                                    .checks = words_of(row.checks),
                                    .services = row.services,
                                    .family = row.family});
    }
  }
  return framework;
}

Framework fsbp() {
  Framework framework{
      .id = "fsbp", .name = "AWS Foundational Security Best Practices", .controls = {}};
  for (const FsbpRow& row : kFsbpRows) {
    framework.controls.push_back({.id = std::string(row.number),
                                  .title = row.title,
                                  .checks = words_of(row.checks),
                                  .services = row.services,
                                  .endpoint = row.endpoint});
  }
  return framework;
}

/// True if the rule lets in sources of the family, or nobody knows.
bool is_for(const FindingRule& rule, IpFamily family, const Snapshot& snapshot) {
  if (const auto block = IpPrefix::parse(rule.peer)) {
    return block->family() == family;
  }
  const PrefixList* list = snapshot.find(PrefixListId{rule.peer});
  return list == nullptr || !list->entries ||
         std::any_of(list->entries->begin(), list->entries->end(),
                     [&](const PrefixListEntry& entry) { return entry.cidr.family() == family; });
}

/// True if the control asks what the finding tells: it names no rule, or one that opens some of the
/// control's services to its family; and an endpoint is missing that it wants.
class About {
 public:
  About(const Control& control, const Snapshot& snapshot)
      : control_(control), snapshot_(snapshot), services_(ServiceSet::parse(control.services)) {}

  [[nodiscard]] bool counts(const Finding& finding) const {
    if (!control_.endpoint.empty() && finding.outcome == Outcome::Fail) {
      return names_endpoint(finding, control_.endpoint);
    }
    const auto& rules = finding.rules;
    return rules.empty() || std::any_of(rules.begin(), rules.end(),
                                        [&](const FindingRule& rule) { return counts(rule); });
  }

 private:
  [[nodiscard]] bool counts(const FindingRule& rule) const {
    if (control_.family && !is_for(rule, *control_.family, snapshot_)) {
      return false;
    }
    const auto opened = ServiceSet::parse(rule.services);
    return !services_ || !opened || opened->overlaps(*services_);
  }

  const Control& control_;
  const Snapshot& snapshot_;
  const Result<ServiceSet> services_;
};

void count(const Finding& finding, ControlResult& result) {
  switch (finding.outcome) {
    case Outcome::Fail:
      ++result.failed;
      return;
    case Outcome::Unknown:
      ++result.unknown;
      return;
    case Outcome::Pass:
      ++result.passed;
      return;
  }
}

/// `has_others`: findings that tell of something the control does not ask, so that the resource was
/// judged and is in order as far as the control goes.
ControlResult::Status status_of(const ControlResult& result, bool has_others) {
  using Status = ControlResult::Status;
  const auto& checks = result.control->checks;
  const bool is_covered =
      !checks.empty() && std::all_of(checks.begin(), checks.end(), [](std::string_view check) {
        return find_check(check) != nullptr;
      });
  if (result.failed > 0) {
    return Status::Fail;
  }
  if (!is_covered) {
    return Status::NotCovered;
  }
  if (result.unknown > 0) {
    return Status::Unknown;
  }
  return result.passed > 0 || has_others ? Status::Pass : Status::Nothing;
}

}  // namespace

std::span<const Framework> frameworks() {
  static const std::vector<Framework> kFrameworks = [] {
    std::vector<Framework> all;
    for (std::size_t version = 0; version < kCisVersions.size(); ++version) {
      all.push_back(cis(version));
    }
    all.push_back(fsbp());
    return all;
  }();
  return kFrameworks;
}

const Framework* find_framework(std::string_view id) {
  const auto all = frameworks();
  const auto found = std::find_if(all.begin(), all.end(),
                                  [&](const Framework& framework) { return framework.id == id; });
  return found == all.end() ? nullptr : &*found;
}

std::vector<const Check*> checks_of(const Framework& framework) {
  std::vector<std::string_view> ids;
  for (const Control& control : framework.controls) {
    ids.insert(ids.end(), control.checks.begin(), control.checks.end());
  }
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  std::vector<const Check*> checks;
  for (const std::string_view id : ids) {
    if (const Check* check = find_check(id)) {
      checks.push_back(check);
    }
  }
  return checks;
}

std::string_view text(ControlResult::Status status) {
  switch (status) {
    case ControlResult::Status::Pass:
      return "pass";
    case ControlResult::Status::Fail:
      return "fail";
    case ControlResult::Status::Unknown:
      return "unknown";
    case ControlResult::Status::Nothing:
      return "nothing to judge";
    case ControlResult::Status::NotCovered:
      return "not covered";
  }
  return "";
}

std::vector<ControlResult> judge_framework(const Framework& framework,
                                           std::span<const Finding> findings,
                                           const Snapshot& snapshot) {
  std::map<std::string_view, std::vector<const Finding*>> by_check;
  for (const Finding& finding : findings) {
    by_check[finding.check].push_back(&finding);
  }
  std::vector<ControlResult> results;
  for (const Control& control : framework.controls) {
    ControlResult& result = results.emplace_back(ControlResult{.control = &control});
    const About about(control, snapshot);
    bool has_others = false;
    for (const std::string_view check : control.checks) {
      for (const Finding* finding : by_check[check]) {
        if (about.counts(*finding)) {
          count(*finding, result);
        } else {
          has_others = true;
        }
      }
    }
    result.status = status_of(result, has_others);
  }
  return results;
}

}  // namespace portolan::checks
