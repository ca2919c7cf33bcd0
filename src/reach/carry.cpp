#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "reach/carried.h"
#include "reach/link_local.h"
#include "reach/network_index.h"
#include "reach/story.h"
#include "reach/tracer.h"
#include "reach/walk.h"

namespace portolan::reach {

namespace {

/// One connection on the network layer between two things that keep state: an interface, a NAT
/// gateway, a host out there.
struct Leg {
  const NetworkInterface* from = nullptr;
  Header header;  // as it was sent
  ClientPorts ports;
  Arrival arrival;
};

/// NAT gateways translate these three protocols and nothing else.
/// SOURCE: VPC guide, "NAT gateway basics".
Outcome nat_filter(const NatGateway& nat, const ServiceSet& services, bool tells) {
  static const ServiceSet kTranslated = ServiceSet::protocol(kProtocolTcp)
                                            .united(ServiceSet::protocol(kProtocolUdp))
                                            .united(ServiceSet::icmp());
  const ServiceSet passing = services.intersected(kTranslated);
  if (passing.empty()) {
    return blocked(Direction::Forward, nat.id.value, "", Reason::NatProtocol,
                   "a NAT gateway translates tcp, udp and icmp only");
  }
  if (!tells) {
    return {.passage = Passage::of(passing), .hops = {}, .assumptions = {}};
  }
  const IpAddress seen = nat.addresses.front().public_ip.value_or(nat.addresses.front().private_ip);
  return {.passage = Passage::of(passing),
          .hops = {{.direction = Direction::Forward,
                    .component = nat.id.value,
                    .rule = {},
                    .reason = Reason::Passed,
                    .passage = Passage::of(passing),
                    .detail = fmt::format("source becomes {}", seen.text())}},
          .assumptions = {}};
}

/// 64:ff9b::a.b.c.d stands for the IPv4 address a.b.c.d. SOURCE: VPC guide, "DNS64 and NAT64".
std::optional<IpAddress> nat64_destination(const IpAddress& address) {
  static const IpPrefix kPrefix(IpAddress::v6(0x0064'FF9B'0000'0000ULL, 0), 96);
  if (address.is_v4()) {
    return address;
  }
  if (!kPrefix.contains(address)) {
    return std::nullopt;
  }
  return IpAddress::v4(static_cast<std::uint32_t>(address.low() & 0xFFFFFFFFULL));
}

/// Builds up one connection, leg by leg.
class Carrier {
 public:
  Carrier(const Network& network, const End& from, const End& to, const ServiceSet& services,
          const Watch& watch)
      : network_(network),
        from_(from),
        to_(to),
        services_(services),
        story_(services, watch.tells),
        consulted_(watch.consulted) {}

  Carried run() {
    if (from_.interface != nullptr) {
      from_inside();
    } else if (to_.interface == nullptr) {
      story_.then(between_strangers());
    } else if (from_.address.is_public()) {
      from_internet();
    } else {
      from_on_premises();
    }
    return {std::move(story_.outcome()), std::move(seen_by_source_), std::move(seen_by_target_)};
  }

 private:
  [[nodiscard]] bool is_dead() const { return story_.is_dead(); }

  [[nodiscard]] WalkSetting setting(Direction direction, const ClientPorts& ports) const {
    return {.direction = direction,
            .services = services_,
            .ports = ports,
            .exits_as = PublicGateway::InternetGateway,
            .checks_acl_in_subnet = from_.checks_acl_in_subnet,
            .egress_only_gateway = {},
            .tells = story_.tells(),
            .consulted = consulted_};
  }

  void from_inside() {
    Leg leg{.from = from_.interface,
            .header = {.source = from_.address,
                       .destination = to_.address,
                       .shown_source = from_.seen_as,
                       .shown_destination = {}},
            .ports = ClientPorts::of(network_.snapshot(), from_.interface),
            .arrival = {}};
    Walked walked = walk_from_interface(network_, setting(Direction::Forward, leg.ports), *leg.from,
                                        leg.header);
    leg.arrival = std::move(walked.arrival);
    seen_by_source_ = peer_ahead(leg);
    if (!from_.skips_groups_of_source) {
      story_.then(group_filter(network_, *from_.interface, true, *seen_by_source_, services_));
    }
    const ServiceSet admitted = walked.passed_over ? story_.passage().possible() : ServiceSet();
    story_.then(std::move(walked.outcome));
    legs_.push_back(std::move(leg));
    while (!is_dead() && legs_.back().arrival.kind == Arrival::Kind::Nat) {
      next_leg_from_nat();
    }
    if (!is_dead()) {
      at_target();
    }
    for (auto back = legs_.rbegin(); back != legs_.rend() && !is_dead(); ++back) {
      reply(*back);
    }
    if (walked.passed_over) {
      by_gateway_endpoint(*walked.passed_over, admitted);
    }
  }

  /// Had the destination been an address of the service behind a gateway endpoint, another route
  /// would have counted: what does not pass as it is might pass then.
  void by_gateway_endpoint(const PassedOver& passed_over, const ServiceSet& admitted) {
    const ServiceSet services =
        passed_over.services.intersected(admitted).without(story_.passage().possible());
    if (services.empty() || to_.interface != nullptr || !to_.address.is_public()) {
      return;
    }
    Outcome& outcome = story_.outcome();
    Outcome other{.passage = Passage::of(services), .hops = outcome.hops, .assumptions = {}};
    other.then(undecided(Direction::Forward, from_.interface->id.value, "",
                         Reason::PrefixListMissing, passed_over.gap, services));
    if (is_dead()) {
      outcome.hops = std::move(other.hops);
    }
    outcome.passage = outcome.passage.or_else(other.passage);
  }

  /// Nobody in the snapshot has either address. Inside a VPC whose interfaces were read, that
  /// means that nobody is there; elsewhere it is not ours to say.
  Outcome between_strangers() {
    for (const Vpc& vpc : network_.snapshot().all<Vpc>()) {
      const bool is_inside =
          std::any_of(vpc.cidrs.begin(), vpc.cidrs.end(),
                      [&](const IpPrefix& cidr) { return cidr.contains(to_.address); });
      if (is_inside && network_.snapshot().coverage().has(Noun::NetworkInterfaces,
                                                          vpc.owned.account, vpc.owned.region)) {
        return blocked(Direction::Forward, vpc.id.value, "", Reason::NoSuchAddress,
                       fmt::format("no interface in {} has {}", vpc.id.value, to_.address.text()));
      }
      if (is_inside) {
        return undecided(Direction::Forward, vpc.id.value, "", Reason::NotCollected,
                         fmt::format("who has {} in {} is not known: ec2 "
                                     "describe-network-interfaces",
                                     to_.address.text(), vpc.id.value),
                         services_);
      }
    }
    return undecided(Direction::Forward, to_.address.text(), "", Reason::OutOfScope,
                     "both ends are outside the snapshot", services_);
  }

  /// What the sender's egress rules are matched against.
  [[nodiscard]] Peer peer_ahead(const Leg& leg) const {
    const Arrival& arrival = leg.arrival;
    const bool is_direct = arrival.kind == Arrival::Kind::Interface;
    return {.address = leg.header.destination,
            .interface = is_direct ? arrival.interface : nullptr,
            .crossing = arrival.crossing};
  }

  void next_leg_from_nat() {
    const Arrival arrival = legs_.back().arrival;
    const NatGateway& nat = *arrival.nat;
    story_.then(nat_filter(nat, services_, story_.tells()));
    const auto destination = nat64_destination(arrival.header.destination);
    if (!destination) {
      story_.block(Direction::Forward, nat.id.value, "", Reason::AddressFamilyMismatch,
                   "a NAT gateway carries IPv6 to 64:ff9b::/96 only");
    }
    if (is_dead() || legs_.size() >= kLegsMax) {
      return;
    }
    Leg leg{.from = arrival.interface,
            .header = {.source = nat.addresses.front().private_ip,
                       .destination = *destination,
                       .shown_source = {},
                       .shown_destination = {}},
            .ports = {},
            .arrival = {}};
    if (leg.from == nullptr) {
      regional_nat(nat, leg);
      return;
    }
    WalkSetting walk_setting = setting(Direction::Forward, leg.ports);
    walk_setting.exits_as = PublicGateway::NatGateway;
    Walked walked = walk_from_interface(network_, walk_setting, *leg.from, leg.header);
    leg.arrival = std::move(walked.arrival);
    leg.arrival.crossing.hides_private_addresses = true;
    story_.then(std::move(walked.outcome));
    if (leg.arrival.kind == Arrival::Kind::Nat && leg.arrival.nat == &nat) {
      story_.block(Direction::Forward, nat.id.value, "", Reason::NoRoute,
                   "the NAT gateway's subnet routes back to it");
    }
    legs_.push_back(std::move(leg));
  }

  /// A regional NAT gateway has no subnet: it hands on to the internet by itself.
  /// SOURCE: VPC guide, "Regional NAT gateways".
  void regional_nat(const NatGateway& nat, Leg& leg) {
    if (network_.index().interface_of_public(leg.header.destination) != nullptr) {
      story_.unknown(services_, Direction::Forward, nat.id.value, "", Reason::OutOfScope,
                     "a regional NAT gateway towards an address of the snapshot is not modelled");
    } else if (!nat.is_public || !leg.header.destination.is_public()) {
      story_.block(Direction::Forward, nat.id.value, "", Reason::PrivateNatToInternet,
                   "it does not lead to the internet");
    }
    leg.arrival.kind = Arrival::Kind::Outside;
    leg.arrival.edge = {.kind = Edge::Kind::Internet, .gateway = nat.id.value, .transit = {}};
    leg.arrival.header = leg.header;
    legs_.push_back(leg);
  }

  /// The last leg has arrived somewhere: is it where the question meant, and is it let in?
  void at_target() {
    const Leg& leg = legs_.back();
    const Arrival& arrival = leg.arrival;
    if (arrival.kind == Arrival::Kind::Outside) {
      outside_target(arrival);
      return;
    }
    if (arrival.kind != Arrival::Kind::Interface) {
      return;
    }
    if (to_.interface != arrival.interface) {
      story_.block(Direction::Forward, arrival.interface->id.value, "", Reason::NoRoute,
                   "{} is {} as seen from there", to_.address, arrival.interface->id.value);
      return;
    }
    enter_target({.address = arrival.header.source_for_filters(),
                  .interface = arrival.crossing.hides_private_addresses ? nullptr : leg.from,
                  .crossing = arrival.crossing});
  }

  void enter_target(const Peer& peer) {
    seen_by_target_ = peer;
    if (!to_.skips_groups_of_target) {
      story_.then(group_filter(network_, *to_.interface, false, peer, services_));
    }
  }

  void outside_target(const Arrival& arrival) {
    if (to_.interface != nullptr) {
      story_.block(Direction::Forward, arrival.edge.gateway, "", Reason::NoRoute,
                   "the packet leaves by {} instead of reaching {}", arrival.edge.gateway,
                   to_.interface->id.value);
      return;
    }
    story_.assume("the host at {} answers", arrival.header.destination);
    const bool is_internet = arrival.edge.kind == Edge::Kind::Internet ||
                             arrival.edge.kind == Edge::Kind::EgressOnlyInternet;
    if (is_internet && services_.overlaps(ServiceSet::tcp(25))) {
      smtp_restriction();
    }
  }

  /// SOURCE: EC2 guide, "Restriction on email sent using port 25": blocked unless AWS lifted it.
  void smtp_restriction() {
    const ServiceSet smtp = ServiceSet::tcp(25);
    const Passage passage{.yes = services_.without(smtp), .depends = {}, .unknown = smtp};
    story_.then({.passage = passage,
                 .hops = {{.direction = Direction::Forward,
                           .component = from_.interface->id.value,
                           .rule = {},
                           .reason = Reason::PortBlockedByDefault,
                           .passage = passage,
                           .detail = "AWS blocks tcp/25 to the internet unless the account had it "
                                     "lifted"}},
                 .assumptions = {}});
  }

  [[nodiscard]] static Header reversed(const Header& header) {
    return {.source = header.destination,
            .destination = header.source,
            .shown_source = header.shown_destination,
            .shown_destination = header.shown_source};
  }

  /// Replies are not filtered by groups, but by NACLs and routes.
  void reply(const Leg& leg) {
    const Arrival& arrival = leg.arrival;
    WalkSetting walk_setting = setting(Direction::Return, leg.ports);
    walk_setting.egress_only_gateway = arrival.egress_only_gateway;
    const Header header = reversed(arrival.header);
    if (leg.from == nullptr || arrival.kind == Arrival::Kind::Nowhere) {
      return;
    }
    Walked walked;
    if (arrival.kind == Arrival::Kind::Outside) {
      walked = walk_from_outside(network_, walk_setting, arrival.edge, *leg.from, header);
    } else if (arrival.interface == nullptr) {
      walked = walk_from_outside(
          network_, walk_setting,
          {.kind = Edge::Kind::AwsService, .gateway = arrival.nat->id.value, .transit = {}},
          *leg.from, header);
    } else {
      walked = walk_from_interface(network_, walk_setting, *arrival.interface, header);
    }
    story_.then(std::move(walked.outcome));
    if (is_dead()) {
      return;
    }
    if (walked.arrival.kind == Arrival::Kind::Outside) {
      story_.block(Direction::Return, walked.arrival.edge.gateway, "", Reason::AsymmetricReturn,
                   "the reply leaves by {}", walked.arrival.edge.gateway);
    } else if (walked.arrival.interface != nullptr && walked.arrival.interface != leg.from) {
      story_.block(Direction::Return, walked.arrival.interface->id.value, "", Reason::NoReturnRoute,
                   "the reply to {} ends at {}", header.destination,
                   walked.arrival.interface->id.value);
    }
  }

  void from_internet() {
    if (!to_.address.is_public()) {
      story_.block(Direction::Forward, to_.interface->id.value, "", Reason::NoPublicAddress,
                   "{} has no public address", to_.interface->id.value);
      return;
    }
    enter({.kind = Edge::Kind::Internet, .gateway = {}, .transit = {}});
    if (is_dead()) {
      return;
    }
    Walked back = walk_back();
    story_.then(std::move(back.outcome));
    if (!is_dead()) {
      same_edge(Edge::Kind::Internet, back.arrival);
    }
  }

  /// A private address that nobody in the snapshot has: a host behind a VPN or Direct Connect. It
  /// comes in by the gateway that the reply would leave by.
  void from_on_premises() {
    Walked back = walk_back();
    if (back.arrival.kind != Arrival::Kind::Outside) {
      const bool is_unknown = !back.outcome.passage.blocked();
      story_.then(std::move(back.outcome));
      if (is_unknown && back.arrival.kind == Arrival::Kind::Interface) {
        story_.block(Direction::Return, "", "", Reason::NoReturnRoute,
                     "{} is not outside as seen from {}", from_.address, to_.interface->id.value);
      }
      return;
    }
    enter(back.arrival.edge);
    story_.then(std::move(back.outcome));
  }

  Walked walk_back() {
    const IpAddress source = arrived_ ? arrived_->header.destination : to_.address;
    return walk_from_interface(network_, setting(Direction::Return, ClientPorts{}), *to_.interface,
                               {.source = source,
                                .destination = from_.address,
                                .shown_source = {},
                                .shown_destination = {}});
  }

  void enter(const Edge& edge) {
    Walked walked = walk_from_outside(network_, setting(Direction::Forward, ClientPorts{}), edge,
                                      *to_.interface,
                                      {.source = from_.address,
                                       .destination = to_.address,
                                       .shown_source = {},
                                       .shown_destination = {}});
    story_.then(std::move(walked.outcome));
    if (is_dead() || walked.arrival.kind != Arrival::Kind::Interface) {
      return;
    }
    arrived_ = walked.arrival;
    if (walked.arrival.interface != to_.interface) {
      story_.block(Direction::Forward, walked.arrival.interface->id.value, "", Reason::NoRoute,
                   "{} is {} as seen from there", to_.address, walked.arrival.interface->id.value);
    } else {
      enter_target(
          {.address = from_.address, .interface = nullptr, .crossing = walked.arrival.crossing});
    }
  }

  void same_edge(Edge::Kind kind, const Arrival& back) {
    if (back.kind == Arrival::Kind::Outside && back.edge.kind != kind) {
      story_.block(Direction::Return, back.edge.gateway, "", Reason::AsymmetricReturn,
                   "the reply leaves by {}", back.edge.gateway);
    } else if (back.kind == Arrival::Kind::Interface) {
      story_.block(Direction::Return, back.interface->id.value, "", Reason::NoReturnRoute,
                   "the reply to {} ends at {}", from_.address, back.interface->id.value);
    }
  }

  static constexpr std::size_t kLegsMax = 4;

  const Network& network_;
  const End& from_;
  const End& to_;
  const ServiceSet& services_;
  Story story_;
  Mentions* consulted_;
  std::vector<Leg> legs_;
  std::optional<Arrival> arrived_;
  std::optional<Peer> seen_by_source_;
  std::optional<Peer> seen_by_target_;
};

}  // namespace

Carried carry_watched(const Network& network, const End& from, const End& to,
                      const ServiceSet& services, const Watch& watch) {
  if (auto local = link_local(network, from, to, services)) {
    Story story(services, watch.tells);
    story.then(*std::move(local));
    return {std::move(story.outcome()), std::nullopt, std::nullopt};
  }
  return Carrier(network, from, to, services, watch).run();
}

Outcome carry(const Network& network, const End& from, const End& to, const ServiceSet& services) {
  return carry_watched(network, from, to, services).outcome;
}

}  // namespace portolan::reach
