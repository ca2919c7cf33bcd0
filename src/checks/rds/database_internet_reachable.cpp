#include <algorithm>

#include <fmt/format.h>

#include "checks/check.h"
#include "checks/each.h"
#include "checks/estate.h"
#include "checks/exposure.h"
#include "checks/places.h"
#include "core/text.h"

namespace portolan::checks {

extern const Check database_internet_reachable;

namespace {

constexpr std::string_view kReferences[] = {"AWS FSBP: RDS.2, Redshift.1",
                                            "RDS User Guide: Hiding a DB instance in a VPC"};
constexpr Noun kNouns[] = {Noun::DbInstances, Noun::RedshiftClusters};

/// Those that RDS or Redshift made for it, as far as they can be told: by description and groups.
Interfaces interfaces_of(const Context& context, const DbInstance& database) {
  const bool is_redshift = database.engine == "redshift";
  const std::string_view description =
      is_redshift ? "RedshiftNetworkInterface" : "RDSNetworkInterface";
  Interfaces interfaces;
  for (const NetworkInterface& row : context.snapshot().all<NetworkInterface>()) {
    const auto& subnets = database.subnets;
    const bool is_near =
        is_redshift || std::find(subnets.begin(), subnets.end(), row.subnet) != subnets.end();
    if (row.vpc == database.vpc && is_near && row.description == description &&
        row.groups == database.groups) {
      interfaces.push_back(&row);
    }
  }
  return interfaces;
}

class Run {
 public:
  explicit Run(const Context& context) : context_(context) {}

  void judge(const DbInstance& database, std::vector<Finding>& findings) const {
    if (!database.is_publicly_accessible) {
      return;
    }
    Finding finding = about(database_internet_reachable.id, database);
    finding.name = database.identifier;
    finding.fix = fix_of(database);
    const ServiceSet port =
        database.port > 0 ? ServiceSet::tcp(database.port) : ServiceSet::tcp(0, 65535);
    const Interfaces interfaces = interfaces_of(context_, database);
    for (const NetworkInterface* interface : interfaces) {
      if (is_reached(*interface, port, finding)) {
        finding.affected = affected_ids(interfaces);
        finding.message =
            fmt::format("the internet reaches {} ({}) on {}", printable(database.identifier),
                        printable(database.engine), port.text());
        findings.push_back(std::move(finding));
        return;
      }
    }
    finding.risk = Risk::Medium;
    const std::string gap = gap_of(interfaces, port);
    finding.is_latent = gap.empty();
    if (!gap.empty()) {
      finding.gaps = {gap};
    }
    finding.message = fmt::format(
        "{} is set to be publicly accessible; {}", printable(database.identifier),
        gap.empty() ? "the internet does not reach it now: " +
                          context_.exposure().blocker(*interfaces.front(), IpFamily::V4, port)
                    : "whether the internet reaches it is not known: " + gap);
    findings.push_back(std::move(finding));
  }

 private:
  static std::string fix_of(const DbInstance& database) {
    return database.engine == "redshift"
               ? fmt::format(
                     "aws redshift modify-cluster --cluster-identifier {} "
                     "--no-publicly-accessible",
                     printable(database.identifier))
               : fmt::format(
                     "aws rds modify-db-instance --db-instance-identifier {} "
                     "--no-publicly-accessible",
                     printable(database.identifier));
  }

  /// What a part of the internet reaches is reached: a database has no friends out there.
  bool is_reached(const NetworkInterface& interface, const ServiceSet& port,
                  Finding& finding) const {
    for (const IpFamily family : kFamilies) {
      const Exposed& exposed = context_.exposure().of(interface, family);
      const ServiceSet open = exposed.some.united(exposed.world).intersected(port);
      if (open.empty()) {
        continue;
      }
      finding.risk = exposed.world.overlaps(port) ? Risk::Critical : Risk::High;
      if (const auto way = context_.exposure().way(Flow::Inbound, interface, family, open)) {
        finding.witness = witness_of(*way);
      }
      return true;
    }
    return false;
  }

  /// Why nobody can say whether the internet reaches it; empty if it is sure that it does not.
  [[nodiscard]] std::string gap_of(const Interfaces& interfaces, const ServiceSet& port) const {
    if (interfaces.empty()) {
      return "its interfaces were not found";
    }
    const NetworkInterface& first = *interfaces.front();
    return context_.exposure().of(first, IpFamily::V4).unknown.overlaps(port)
               ? context_.exposure().doubt(Flow::Inbound, first)
               : "";
  }

  const Context& context_;
};

std::vector<Finding> run(const Context& context) {
  const Run run(context);
  std::vector<Finding> findings = judge_each<DbInstance>(
      context, database_internet_reachable.id, "it is not publicly accessible",
      [&](const DbInstance& database, std::vector<Finding>& found) { run.judge(database, found); });
  ask_places(context,
             {.check = database_internet_reachable.id,
              .nouns = kNouns,
              .risk = Risk::Critical,
              .unsaid = "whether the internet reaches a managed database is not known"},
             findings);
  return findings;
}

}  // namespace

const Check database_internet_reachable = {
    .id = "database-internet-reachable",
    .title = "Managed database reachable from the internet",
    .risk = Risk::Critical,
    .resources = "DBInstance, RedshiftCluster",
    .why =
        "Everybody can try passwords and known holes on the data itself, past every server that "
        "should stand before it. The flag alone gives it a public address: one rule more is then "
        "enough.",
    .fix =
        "Find out who connects from outside, and give them a VPN or a bastion. Turn public access "
        "off with aws rds modify-db-instance --no-publicly-accessible.",
    .references = kReferences,
    .run = run};

}  // namespace portolan::checks
