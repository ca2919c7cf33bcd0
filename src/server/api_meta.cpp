#include <set>

#include "core/text.h"
#include "server/api.h"

namespace portolan::server {
namespace {

namespace json = boost::json;

json::object counts_of(const Snapshot& snapshot) {
  std::set<std::string> accounts;
  std::set<std::string> regions;
  for (const Vpc& vpc : snapshot.all<Vpc>()) {
    accounts.insert(vpc.owned.account.text());
    regions.insert(vpc.owned.region.text());
  }
  std::size_t rules = 0;
  for (const SecurityGroup& group : snapshot.all<SecurityGroup>()) {
    rules += group.rules.size();
  }
  return {{"accounts", accounts.size()},
          {"regions", regions.size()},
          {"vpcs", snapshot.all<Vpc>().size()},
          {"subnets", snapshot.all<Subnet>().size()},
          {"interfaces", snapshot.all<NetworkInterface>().size()},
          {"instances", snapshot.all<Instance>().size()},
          {"groups", snapshot.all<SecurityGroup>().size()},
          {"rules", rules},
          {"balancers", snapshot.all<LoadBalancer>().size()}};
}

/// Of those that fail, by risk; and how many are not known.
json::object findings_of(const report::AuditReport& audit) {
  json::object counts;
  for (const Risk risk : {Risk::Critical, Risk::High, Risk::Medium, Risk::Low, Risk::Info}) {
    std::size_t count = 0;
    for (const Finding& finding : audit.findings) {
      count += finding.outcome == Outcome::Fail && finding.risk == risk ? 1U : 0U;
    }
    counts.emplace(text(risk), count);
  }
  std::size_t unknown = 0;
  for (const Finding& finding : audit.findings) {
    unknown += finding.outcome == Outcome::Unknown ? 1U : 0U;
  }
  counts.emplace("unknown", unknown);
  return counts;
}

json::array gaps_of(const report::AuditReport& audit) {
  json::array gaps;
  for (const Gap& gap : audit.gaps) {
    gaps.push_back(json::object{{"what", printable(gap.code)},
                                {"where", printable(gap.resource)},
                                {"why", printable(gap.message)}});
  }
  return gaps;
}

}  // namespace

Result<Reply> call_meta(const Asked& asked) {
  const Estate& estate = asked.estate;
  const Setting& setting = estate.setting();
  const reach::ConnectionTotals& totals = estate.totals();
  return json_reply(json::object{{"version", setting.version},
                                 {"snapshot", estate.hash()},
                                 {"source", printable(setting.source)},
                                 {"sequence", estate.sequence()},
                                 {"counts", counts_of(estate.snapshot())},
                                 {"findings", findings_of(estate.audit())},
                                 {"totals",
                                  {{"pairs", totals.pairs},
                                   {"open", totals.open},
                                   {"possible", totals.possible},
                                   {"internet", totals.internet}}},
                                 {"gaps", gaps_of(estate.audit())},
                                 {"can",
                                  {{"watch", setting.is_live},
                                   {"history", setting.timeline != nullptr},
                                   {"who", !estate.directory().principals.empty()},
                                   {"at", setting.past != nullptr}}}});
}

}  // namespace portolan::server
