#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "checks/remedy.h"
#include "core/ip.h"
#include "core/name.h"
#include "core/service.h"
#include "core/time.h"
#include "model/finding.h"
#include "model/snapshot.h"
#include "reach/pair_lookup.h"
#include "reach/reach.h"

namespace portolan::iam {
struct Directory;
struct Intent;
}  // namespace portolan::iam

/// The door of the checks module: what is wrong. One constant per check, one file per constant.
///
/// Example:
///     const reach::Network network = reach::build(snapshot);
///     const checks::Context context(network, checks::Config{});
///     for (const Finding& finding : checks::audit(context)) { … }
namespace portolan::checks {

/// A range of others that is let in on purpose: a CDN, a partner, an office.
struct KnownNetwork {
  std::string name;
  IpPrefix cidr;
};

/// What the user says that one part of the estate needs of another.
struct Dependency {
  reach::Selector from;
  reach::Selector to;
  ServiceSet services = ServiceSet::all();
};

/// What anybody may reach: web sites, and the ICMP that path MTU discovery and ping need.
/// SOURCE: RFC 4890, section 4.3.1, for the types that IPv6 cannot do without.
ServiceSet default_public_services();
/// SOURCE: Security Hub control EC2.19.
ServiceSet default_high_risk_services();

/// What the user says about the estate: which resources are production, which tier they are of …
/// Made by the caller (the CLI reads it from `portolan.yaml`); the defaults suit common tags.
struct Config {
  /// `KEY=VALUE` patterns (`*` and `?` as wildcards, case-insensitive) of tags on an instance, its
  /// interface, subnet or VPC; any match counts.
  std::vector<std::string> production_tags = {"env=prod*", "environment=prod*", "stage=prod*"};
  std::vector<std::string> data_tier_tags = {"tier=db", "tier=data", "tier=database", "role=db*",
                                             "role=database*"};
  /// Who may open admin sessions to production: bastions, automation hosts.
  std::vector<std::string> admin_source_tags = {"role=bastion*", "role=jump*",   "role=automation*",
                                                "role=rundeck*", "role=puppet*", "role=chef*",
                                                "role=vpn*"};
  /// World-open port counts above which a range is wide: low, medium, high.
  int wide_ports_low = 10;
  int wide_ports_medium = 100;
  int wide_ports_high = 1000;
  /// A group should have a tag that matches each of these.
  std::vector<std::string> group_tags = {"*=*"};
  /// What time it is, for dates that have passed. A check reads no clock; without this it says
  /// that it does not know.
  std::optional<Time> now;
  /// Subnets and VPCs that say of themselves that the internet has no business there.
  std::vector<std::string> private_tags = {"name=*private*",
                                           "name=*isolated*",
                                           "tier=private*",
                                           "network=private*",
                                           "aws-cdk:subnet-type=private*",
                                           "aws-cdk:subnet-type=isolated"};
  /// VPCs that may have an internet gateway; without any, all that do not say they are private.
  std::vector<std::string> internet_vpc_tags;
  /// What may be open to the internet without a finding of sg-ingress-world-unauthorized-port,
  /// -icmp and -other-protocol.
  ServiceSet public_services = default_public_services();
  /// What sg-ingress-world-high-risk-port is about.
  ServiceSet high_risk_services = default_high_risk_services();
  /// Public ranges that a rule may name.
  std::vector<KnownNetwork> known_networks;
  /// Accounts of others to which peerings and attachments may lead, and whose groups and prefix
  /// lists a rule may name.
  std::vector<AccountId> trusted_accounts;
  /// Which connections tiers need beside those that balancers, endpoints and the rules of other
  /// groups tell of.
  std::vector<Dependency> dependencies;
  /// Public addresses that the estate had once, sorted: `public_addresses` of an earlier inventory.
  /// Absent: nobody said.
  std::optional<std::vector<IpAddress>> former_addresses;
  /// After how many tried changes exposure-one-change-away and exposure-sole-guard say of the rest
  /// that they do not know: each costs a trace.
  std::size_t tried_changes_max = 5000;
};

/// The public addresses of the snapshot's interfaces and its Elastic IPs, sorted.
std::vector<IpAddress> public_addresses(const Snapshot& snapshot);

/// What is known of who may do what, and what is meant. Both are borrowed.
struct Authority {
  const iam::Directory* directory = nullptr;  // null: nobody read one
  const iam::Intent* allowed = nullptr;       // null: nobody said who may change what
};

// Private: lazily computed answers that several checks share.
class Authorities;
class EgressNeeds;
class Estate;
class Exposure;
class GroupUses;
class Guards;
class Openings;

/// What a check may look at. Cheap to pass by reference; the answers are computed once, when first
/// asked for, by whichever thread asks: several checks may run at a time. Network and configuration
/// must outlive it.
class Context {
 public:
  Context(const reach::Network& network, const Config& config);
  /// Where all connections are known already: they and the configuration must outlive it.
  Context(const reach::Connections& connections, const Config& config);
  Context(Context&&) noexcept;
  ~Context();

  /// Before anything is asked. Without it, nothing is known of who may do what.
  void set_authority(const Authority& authority) { authority_ = authority; }
  [[nodiscard]] const Authority& authority() const { return authority_; }

  [[nodiscard]] const Snapshot& snapshot() const { return network_->snapshot(); }
  [[nodiscard]] const reach::Network& network() const { return *network_; }
  [[nodiscard]] const Config& config() const { return *config_; }
  /// Who is where: interfaces by group and address, what their tags say.
  [[nodiscard]] const Estate& estate() const;
  /// Which rules let in public addresses.
  [[nodiscard]] const Openings& openings() const;
  /// What the internet reaches.
  [[nodiscard]] const Exposure& exposure() const;
  /// All of them.
  [[nodiscard]] const reach::Connections& connections() const;
  /// Whether one place reaches another, looked up in all connections. Each thread has its own.
  [[nodiscard]] reach::PairLookup& pairs() const;
  /// What each group is used by.
  [[nodiscard]] const GroupUses& group_uses() const;
  /// What the members of each group have to reach.
  [[nodiscard]] const EgressNeeds& egress_needs() const;
  /// What alone keeps the internet away.
  [[nodiscard]] const Guards& guards() const;
  /// Who can change the network.
  [[nodiscard]] const Authorities& authorities() const;

 private:
  struct Answers;

  const reach::Network* network_;
  const Config* config_;
  Authority authority_;
  const reach::Connections* connections_ = nullptr;  // null: worked out when first asked for
  std::unique_ptr<Answers> answers_;
};

/// One check. `run` gives a Fail finding for each cause, an Unknown one where something was
/// missing, and a Pass one for each resource that it judged and found in order.
struct Check {
  std::string_view id;         // kebab-case, noun first: `sg-ingress-world-admin`
  std::string_view title;      // one line, states the wrong: "Admin port open to the internet"
  Risk risk;                   // the worst it reports
  std::string_view resources;  // AWS nouns it judges: "SecurityGroup"
  std::string_view why;        // why it matters, a few sentences
  std::string_view fix;        // how to mend it
  std::span<const std::string_view> references;  // pages and framework numbers: "CIS AWS 5.0: 5.3"
  std::vector<Finding> (*run)(const Context& context);
  /// Ids (with `*` as wildcard) of checks that tell more of the same rules: one rule makes one
  /// finding. Where such a check runs too, and names every rule of a finding with the same outcome
  /// and no lower risk, that finding is left out.
  std::span<const std::string_view> yields_to = {};
  /// What takes a finding away, as edits; most are about rules that should not be there.
  Remedy (*remedy)(const Context& context, const Finding& finding) = revoke_rules;
  /// It repeats for a framework what other checks tell better: where both would yield to each other
  /// with the same risk, this one does.
  bool is_roll_up = false;
};

/// All checks, sorted by id. The table is written by cmake/checks.cmake from the files.
std::span<const Check* const> all_checks();
/// Null if there is no such check.
const Check* find_check(std::string_view id);

/// Services that are dangerous to show to strangers: of all checks `sg-ingress-world-…` that are
/// about one service that is no web site (SSH, databases …).
ServiceSet risky_services();

/// The findings of `selected` (all checks if empty), one for each cause, ranked by `ranks_before`.
/// Works in two threads.
std::vector<Finding> audit(const Context& context, std::span<const Check* const> selected = {});

}  // namespace portolan::checks
