#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "collect/collect.h"
#include "reach/reach.h"
#include "tests/support/random.h"
#include "tests/support/random_network.h"
#include "tests/z3/known.h"
#include "tests/z3/referee.h"
#include "tools/scenario/scenario.h"

/// `reach::trace` against Z3, which knows AWS's documents and guides and nothing of our code.
namespace portolan::tests {

namespace {

using End = Referee::End;

/// Half of the networks have NACLs and IPv6 nearly everywhere.
RandomNetwork setting_for(std::uint64_t seed) {
  RandomNetwork setting = kKnown;
  if (seed % 2 == 0) {
    setting.acls_percent = 80;
    setting.ipv6_percent = 90;
  }
  return setting;
}

/// `PORTOLAN_Z3_QUESTIONS` for longer runs, `PORTOLAN_Z3_SEED` to begin with another network.
std::uint64_t setting(const char* name, std::uint64_t otherwise) {
  const char* const wanted = std::getenv(name);
  return wanted == nullptr ? otherwise : std::strtoull(wanted, nullptr, 10);
}

reach::Place place_of(const End& end) {
  return {
      .kind = end.interface.empty() ? reach::Place::Kind::Outside : reach::Place::Kind::Interface,
      .id = end.interface,
      .address = IpAddress::parse(end.address).value()};
}

bool is_v6(const End& end) { return end.address.find(':') != std::string::npos; }

/// Who can begin a connection, and what can be asked for, by each address.
struct Ends {
  std::vector<End> clients;
  std::vector<End> servers;
  std::vector<End> hosts;    // on the internet
  std::vector<End> exposed;  // servers by an address that the internet knows
};

Ends ends_of(const Snapshot& snapshot) {
  Ends ends;
  for (const NetworkInterface& interface : snapshot.all<NetworkInterface>()) {
    for (const InterfaceAddress& each : interface.addresses) {
      ends.clients.push_back({.interface = interface.id.value, .address = each.private_ip.text()});
      if (each.public_ip) {
        ends.exposed.push_back(
            {.interface = interface.id.value, .address = each.public_ip->text()});
      }
    }
    for (const IpAddress& each : interface.ipv6) {
      ends.clients.push_back({.interface = interface.id.value, .address = each.text()});
      ends.exposed.push_back(ends.clients.back());
    }
    for (const IpPrefix& block : interface.delegated) {
      ends.servers.push_back({.interface = interface.id.value, .address = block.last().text()});
    }
  }
  ends.servers.insert(ends.servers.end(), ends.clients.begin(), ends.clients.end());
  for (const std::string_view host :
       {"8.8.8.8", "93.184.216.34", "52.218.0.9", "2001:4860:4860::8888"}) {
    ends.hosts.push_back({.interface = {}, .address = std::string(host)});
  }
  return ends;
}

/// Two ends that speak one address family; nothing if the dice do not give any.
std::optional<std::pair<End, End>> draw_pair(const Ends& ends, Random& random) {
  const int kind = random.between(0, 9);
  const auto& sources = kind < 2 ? ends.hosts : ends.clients;
  const auto& targets = kind < 4 ? ends.exposed : kind < 5 ? ends.hosts : ends.servers;
  if (sources.empty() || targets.empty()) {
    return std::nullopt;
  }
  const End& from = random.pick(sources);
  const End& to = random.pick(targets);
  return is_v6(from) == is_v6(to) ? std::optional(std::pair(from, to)) : std::nullopt;
}

/// AWS blocks tcp/25 to the internet by default, which no document tells: not asked.
ServiceSet asked_of(const End& to) {
  return to.interface.empty() ? ServiceSet::all().without(ServiceSet::tcp(25)) : ServiceSet::all();
}

std::vector<Referee::Services> services_of(const ServiceSet& set) {
  static constexpr std::pair<int, ServiceSet::Point> kBlocks[] = {
      {kProtocolTcp, ServiceSet::kTcp},
      {kProtocolUdp, ServiceSet::kUdp},
      {kProtocolIcmp, ServiceSet::kIcmp},
      {kProtocolIcmpV6, ServiceSet::kIcmpV6}};
  std::vector<Referee::Services> services;
  for (const ServiceSet::Segment& segment : set.segments()) {
    for (const auto& [protocol, first] : kBlocks) {
      const ServiceSet::Point last = first + ServiceSet::kBlock - 1;
      if (segment.first <= last && segment.last >= first) {
        services.push_back({.first_protocol = protocol,
                            .last_protocol = protocol,
                            .first_port = static_cast<int>(std::max(segment.first, first) - first),
                            .last_port = static_cast<int>(std::min(segment.last, last) - first)});
      }
    }
    for (ServiceSet::Point point = std::max(segment.first, ServiceSet::kOther);
         point <= segment.last; ++point) {
      const int protocol = static_cast<int>(point - ServiceSet::kOther);
      const bool has_block = std::any_of(std::begin(kBlocks), std::end(kBlocks),
                                         [&](const auto& one) { return one.first == protocol; });
      if (!has_block) {
        services.push_back({.first_protocol = protocol, .last_protocol = protocol});
      }
    }
  }
  return services;
}

/// A service that rules speak of.
struct Sample {
  Referee::Service service;
  ServiceSet set;
};

Sample draw_sample(Random& random) {
  static constexpr int kPorts[] = {22, 53, 80, 443, 550, 1023, 1024, 5432, 8080, 40000, 65535};
  static constexpr int kProtocols[] = {0, 47, 50, 255};
  const int port = kPorts[random.below(std::size(kPorts))];
  const int type = random.pick({"8", "0", "3"})[0] - '0';
  switch (random.between(0, 7)) {
    case 0:
    case 1:
      return {.service = {.protocol = kProtocolUdp, .port = port}, .set = ServiceSet::udp(port)};
    case 2:
      return {.service = {.protocol = kProtocolIcmp, .port = type * 256 + 4},
              .set = ServiceSet::icmp(type, 4)};
    case 3: {
      const int protocol = kProtocols[random.below(std::size(kProtocols))];
      return {.service = {.protocol = protocol, .port = 0}, .set = ServiceSet::protocol(protocol)};
    }
    default:
      return {.service = {.protocol = kProtocolTcp, .port = port}, .set = ServiceSet::tcp(port)};
  }
}

Referee::Verdict verdict_of(const reach::Answer& answer) {
  switch (answer.verdict) {
    case reach::Verdict::Yes:
      return Referee::Verdict::Yes;
    case reach::Verdict::Depends:
      return Referee::Verdict::Depends;
    case reach::Verdict::Unknown:
    case reach::Verdict::No:
      return Referee::Verdict::No;
  }
  return Referee::Verdict::No;
}

std::string_view text_of(Referee::Verdict verdict) {
  switch (verdict) {
    case Referee::Verdict::No:
      return "no";
    case Referee::Verdict::Depends:
      return "depends";
    case Referee::Verdict::Yes:
      return "yes";
  }
  return "";
}

/// How often the two were asked, and agreed.
struct Tally {
  std::uint64_t questions = 0;
  std::uint64_t agreements = 0;
  std::uint64_t sets = 0;       // of the questions, those about all services at once
  std::uint64_t open_sets = 0;  // … of which something passes
  std::uint64_t dependent_sets = 0;
};

class Match {
 public:
  Match(std::uint64_t seed, z3::context& solver, Tally& tally)
      : random_(seed),
        text_(random_network(seed, setting_for(seed))),
        scenario_(scenario::read_scenario(text_)),
        decoded_(collect::decode(scenario_.documents, {}, 1)),
        network_(reach::build(decoded_.snapshot)),
        referee_(solver, scenario_.documents),
        seed_(seed),
        tally_(&tally) {}

  void play(int pairs) {
    const Ends ends = ends_of(decoded_.snapshot);
    for (; pairs > 0; --pairs) {
      if (const auto pair = draw_pair(ends, random_)) {
        compare_sets(pair->first, pair->second);
        compare_samples(pair->first, pair->second);
      }
    }
  }

 private:
  void compare_sets(const End& from, const End& to) {
    const reach::Answer answer = reach::trace(network_, place_of(from), place_of(to), asked_of(to));
    std::string wrong =
        referee_.refute(from, to,
                        {.yes = services_of(answer.passage.yes),
                         .depends = services_of(answer.passage.depends),
                         .not_asked = services_of(ServiceSet::all().without(asked_of(to)))});
    if (!answer.passage.unknown.empty()) {
      wrong += " is unknown: " + answer.passage.unknown.text();
    }
    ++tally_->sets;
    tally_->open_sets += answer.passage.blocked() ? 0 : 1;
    tally_->dependent_sets += answer.passage.depends.empty() ? 0 : 1;
    count(wrong.empty(), fmt::format("{} -> {} any", from.address, to.address), answer, wrong);
  }

  void compare_samples(const End& from, const End& to) {
    for (int i = 0; i < 2; ++i) {
      const Sample sample = draw_sample(random_);
      if (!asked_of(to).contains(sample.set)) {
        continue;
      }
      const reach::Answer answer = reach::trace(network_, place_of(from), place_of(to), sample.set);
      const Referee::Verdict verdict = referee_.ask(from, to, sample.service);
      count(verdict == verdict_of(answer),
            fmt::format("{} -> {} {}", from.address, to.address, sample.set.text()), answer,
            text_of(verdict));
    }
  }

  void count(bool agrees, const std::string& question, const reach::Answer& answer,
             std::string_view other) {
    ++tally_->questions;
    tally_->agreements += agrees ? 1 : 0;
    if (agrees) {
      return;
    }
    std::string hops;
    for (const reach::Hop& hop : answer.hops) {
      hops += fmt::format("\n    {} {} | {} | {} | {}", reach::text(hop.direction), hop.component,
                          hop.rule, hop.passage.possible().text(), hop.detail);
    }
    ADD_FAILURE() << text_
                  << fmt::format(
                         "seed {}: {} ({} -> {})\n  trace: {}; yes {}; depends {}{}\n  Z3: {}",
                         seed_, question, answer.from, answer.to, reach::text(answer.verdict),
                         answer.passage.yes.text(), answer.passage.depends.text(), hops, other);
  }

  Random random_;
  std::string text_;
  scenario::Scenario scenario_;
  collect::Decoded decoded_;
  reach::Network network_;
  Referee referee_;
  std::uint64_t seed_;
  Tally* tally_;
};

TEST(Z3, agrees_with_trace) {
  const std::uint64_t wanted = setting("PORTOLAN_Z3_QUESTIONS", 3000);
  z3::context solver;
  Tally tally;
  for (std::uint64_t seed = setting("PORTOLAN_Z3_SEED", 1); tally.questions < wanted; ++seed) {
    Match(seed, solver, tally).play(12);
    if (tally.questions - tally.agreements > 20) {
      break;
    }
  }
  fmt::print(
      "{} questions, {} agreements; {} about all services at once, of which {} open and {} "
      "dependent on the client\n",
      tally.questions, tally.agreements, tally.sets, tally.open_sets, tally.dependent_sets);
  EXPECT_EQ(tally.agreements, tally.questions);
  // A referee who says no to all is none.
  EXPECT_GT(tally.open_sets, tally.sets / 10);
  EXPECT_GT(tally.dependent_sets, 0U);
}

}  // namespace

}  // namespace portolan::tests
