#include "checks/services.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "checks/world.h"
#include "core/assert.h"
#include "core/text.h"

namespace portolan::checks {

namespace {

// clang-format off
constexpr std::array<WellKnown, 34> kServices = {{
    {"sg-ingress-world-docker", "Docker daemon", "tcp/2375,2376", Risk::Critical},
    {"sg-ingress-world-cassandra", "Cassandra", "tcp/7000,7001,7199,9042,9160", Risk::High},
    {"sg-ingress-world-elasticsearch", "Elasticsearch", "tcp/5601,9200,9300", Risk::High},
    {"sg-ingress-world-ftp", "FTP", "tcp/20,21", Risk::High},
    {"sg-ingress-world-hadoop", "Hadoop", "tcp/8020,8088,9870,50070,50470", Risk::High},
    {"sg-ingress-world-kafka", "Kafka", "tcp/2181,9092,9094,9096", Risk::High},
    {"sg-ingress-world-kerberos", "Kerberos", "tcp/88,464,749,750 udp/88,464", Risk::High},
    {"sg-ingress-world-kubernetes", "Kubernetes", "tcp/2379,2380,6443,10250,10255", Risk::High},
    {"sg-ingress-world-ldap", "LDAP", "tcp/389,636,3268,3269 udp/389", Risk::High},
    {"sg-ingress-world-memcached", "Memcached", "tcp/11211 udp/11211", Risk::High},
    {"sg-ingress-world-mongodb", "MongoDB", "tcp/27017,27018,27019", Risk::High},
    {"sg-ingress-world-mssql", "SQL Server", "tcp/1433,1434 udp/1434", Risk::High},
    {"sg-ingress-world-mysql", "MySQL", "tcp/3306,4333,33060", Risk::High},
    {"sg-ingress-world-netbios", "NetBIOS", "tcp/137,139 udp/137,138", Risk::High},
    {"sg-ingress-world-nfs", "NFS", "tcp/111,2049 udp/111", Risk::High},
    {"sg-ingress-world-oracle", "Oracle database", "tcp/1521,1522,2483,2484", Risk::High},
    {"sg-ingress-world-postgres", "PostgreSQL", "tcp/5432,5439", Risk::High},
    {"sg-ingress-world-rdp", "RDP", "tcp/3389 udp/3389", Risk::High},
    {"sg-ingress-world-redis", "Redis", "tcp/6379,6380,16379", Risk::High},
    {"sg-ingress-world-rpc", "Windows RPC", "tcp/135", Risk::High},
    {"sg-ingress-world-rservices", "rlogin and rsh", "tcp/512,513,514", Risk::High},
    {"sg-ingress-world-salt", "Salt master", "tcp/4505,4506", Risk::High},
    {"sg-ingress-world-smb", "SMB", "tcp/139,445 udp/445", Risk::High},
    {"sg-ingress-world-snmp", "SNMP", "udp/161,162", Risk::High},
    {"sg-ingress-world-ssh", "SSH", "tcp/22 udp/22", Risk::High},
    {"sg-ingress-world-telnet", "Telnet", "tcp/23", Risk::High},
    {"sg-ingress-world-vnc", "VNC", "tcp/5500,5800,5900,5901,5902,5903", Risk::High},
    {"sg-ingress-world-winrm", "WinRM", "tcp/5985,5986", Risk::High},
    {"sg-ingress-world-dev-web", "development web server", "tcp/3000,5000,8080,8088,8443,8888", Risk::Medium},
    {"sg-ingress-world-dns", "DNS", "tcp/53 udp/53", Risk::Medium},
    {"sg-ingress-world-mail-retrieval", "POP3 or IMAP", "tcp/110,143", Risk::Medium},
    {"sg-ingress-world-smtp", "SMTP", "tcp/25", Risk::Medium},
    {"sg-ingress-world-http", "HTTP", "tcp/80", Risk::Info},
    {"sg-ingress-world-https", "HTTPS", "tcp/443", Risk::Info},
}};
// clang-format on

constexpr std::size_t kNamesMax = 4;

struct Row {
  const WellKnown* service;
  ServiceSet ports;
};

/// The rows with their ports read.
const std::vector<Row>& rows() {
  static const std::vector<Row> kRows = [] {
    std::vector<Row> result;
    for (const WellKnown& service : kServices) {
      auto ports = ServiceSet::parse(service.services);
      PORTOLAN_ASSERT(ports.has_value());
      result.push_back({.service = &service, .ports = *std::move(ports)});
    }
    return result;
  }();
  return kRows;
}

Risk risk_of_width(const ServiceSet& services, const Config& config) {
  const int ports = port_count(services);
  if (services.is_all() || ports >= kPortsEvery) {
    return Risk::Critical;
  }
  if (ports > config.wide_ports_high) {
    return Risk::High;
  }
  return ports > config.wide_ports_medium ? Risk::Medium : Risk::Low;
}

}  // namespace

std::span<const WellKnown> well_known_services() { return kServices; }

const WellKnown& well_known(std::string_view check) {
  const auto found = std::find_if(kServices.begin(), kServices.end(),
                                  [&](const WellKnown& row) { return row.check == check; });
  PORTOLAN_ASSERT(found != kServices.end());
  return *found;
}

Grade grade_known(const ServiceSet& services, const Config& config) {
  Grade grade{.risk = Risk::Info, .names = {}};
  std::vector<std::string> names;
  for (const Row& row : rows()) {
    if (services.overlaps(row.ports)) {
      grade.risk = std::max(grade.risk, row.service->risk);
      if (row.service->risk >= Risk::High) {
        names.emplace_back(row.service->title);
      }
    }
  }
  if (port_count(services) > config.wide_ports_low) {
    grade.risk = std::max(grade.risk, risk_of_width(services, config));
  }
  if (names.size() > kNamesMax) {
    names.resize(kNamesMax);
    names.emplace_back("others");
  }
  grade.names = joined(names, ", ");
  return grade;
}

Grade grade_world(const ServiceSet& services, const Config& config) {
  static const ServiceSet kKnown = [] {
    ServiceSet known;
    for (const Row& row : rows()) {
      known = known.united(row.ports);
    }
    return known;
  }();
  Grade grade = grade_known(services, config);
  // What is no port (ICMP, IP protocols) harms less than a port that nobody knows.
  if (port_count(services.without(kKnown)) > 0) {
    grade.risk = std::max(grade.risk, Risk::Medium);
  }
  return grade;
}

Risk lower(Risk risk) {
  return risk == Risk::Info ? risk : static_cast<Risk>(static_cast<int>(risk) - 1);
}

Risk higher(Risk risk) {
  return risk == Risk::Critical ? risk : static_cast<Risk>(static_cast<int>(risk) + 1);
}

ServiceSet risky_services() {
  ServiceSet services;
  for (const WellKnown& row : well_known_services()) {
    if (row.risk != Risk::Info) {
      services = services.united(ServiceSet::parse(row.services).value_or(ServiceSet{}));
    }
  }
  return services;
}

}  // namespace portolan::checks
