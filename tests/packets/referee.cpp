#include "tests/packets/referee.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include "reach/reach.h"
#include "tests/packets/attempts.h"
#include "tests/packets/blueprint.h"
#include "tests/packets/plan.h"

namespace portolan::packets {

namespace {

/// One thing to ask both sides.
struct Question {
  std::size_t from = 0;  // index of a party
  std::size_t to = 0;
  IpAddress destination;
  Protocol protocol = Protocol::Tcp;
  std::uint16_t port = 0;

  [[nodiscard]] ServiceSet service() const {
    switch (protocol) {
      case Protocol::Tcp:
        return ServiceSet::tcp(port);
      case Protocol::Udp:
        return ServiceSet::udp(port);
      case Protocol::Icmp:
        break;
    }
    return destination.is_v4() ? ServiceSet::icmp(8, 0) : ServiceSet::icmpv6(128, 0);
  }
};

/// What the kernel did with the attempts for one question, by client port.
struct Seen {
  Ports passed;
  Ports blocked;

  [[nodiscard]] std::string text() const {
    return fmt::format("passed from client ports [{}], not from [{}]", fmt::join(passed, " "),
                       fmt::join(blocked, " "));
  }
};

bool is_within(const Ports& ports, const Party& client) {
  return std::any_of(ports.begin(), ports.end(), [&](std::uint16_t port) {
    return port == 0 || (client.client_ports_first <= port && port <= client.client_ports_last);
  });
}

/// The definition of the verdicts, said of what was seen. ICMP has no ports: its only one is 0.
reach::Verdict verdict(const Seen& seen, const Party& client) {
  if (seen.passed.empty()) {
    return reach::Verdict::No;
  }
  return is_within(seen.blocked, client) ? reach::Verdict::Depends : reach::Verdict::Yes;
}

std::vector<Question> questions(const Plan& plan) {
  std::vector<Question> result;
  const auto add = [&](Question question) {
    question.protocol = Protocol::Icmp;
    result.push_back(question);
    for (const auto& [protocol, ports] :
         {std::pair(Protocol::Tcp, &plan.tcp), std::pair(Protocol::Udp, &plan.udp)}) {
      for (const std::uint16_t port : *ports) {
        question.protocol = protocol;
        question.port = port;
        result.push_back(question);
      }
    }
  };
  for (std::size_t from = 0; from < plan.parties.size(); ++from) {
    for (std::size_t to = 0; to < plan.parties.size(); ++to) {
      const Party& a = plan.parties[from];
      const Party& b = plan.parties[to];
      const bool is_one_host =
          a.host.node == b.host.node || (!a.instance.empty() && a.instance == b.instance);
      for (const IpAddress& destination : b.asked_by) {
        // A host out there that asks for a private address asks somebody else.
        const bool is_elsewhere = a.host.node == kInternet && !destination.is_public();
        if (!is_one_host && !is_elsewhere && destination.family() == a.host.address.family()) {
          add({.from = from, .to = to, .destination = destination});
        }
      }
    }
  }
  return result;
}

class Referee {
 public:
  Referee(const reach::Network& network, Plan plan, const World& world)
      : network_(network), plan_(std::move(plan)), world_(world), questions_(questions(plan_)) {}

  Verdicts run() {
    for (const Question& question : questions_) {
      const Party& to = plan_.parties[question.to];
      reach::Place place = to.place;
      place.address = question.destination;
      answers_.push_back(
          reach::trace(network_, plan_.parties[question.from].place, place, question.service()));
    }
    seen_.resize(questions_.size());
    attempt_all();
    attempt_again();
    compare();
    verdicts_.hosts = plan_.parties.size();
    verdicts_.questions = questions_.size();
    return std::move(verdicts_);
  }

 private:
  [[nodiscard]] Attempt attempt(std::size_t index, std::uint16_t client_port) const {
    const Question& question = questions_[index];
    return {.from = question.from,
            .to = plan_.parties[question.to].host.node,
            .destination = question.destination,
            .protocol = question.protocol,
            .port = question.port,
            .client_port = client_port};
  }

  /// A NAT gateway sends from whichever port of 1024-65535 it likes, where the kernel keeps the
  /// client's: beyond one, that it passes from all ports of the client shows nothing for the rest.
  /// SOURCE: VPC guide, "Ephemeral ports".
  [[nodiscard]] bool is_settled(std::size_t index) const {
    const reach::Answer& answer = answers_[index];
    const bool is_by_nat =
        std::any_of(answer.hops.begin(), answer.hops.end(),
                    [](const reach::Hop& hop) { return hop.component.starts_with("nat-"); });
    Party nat = client(index);
    nat.client_ports_first = kEphemeralFirst;
    nat.client_ports_last = kLastPort;
    return answer.verdict == verdict(seen_[index], client(index)) ||
           (is_by_nat && answer.verdict == verdict(seen_[index], nat));
  }
  [[nodiscard]] const Party& client(std::size_t index) const {
    return plan_.parties[questions_[index].from];
  }

  /// What is to be tried, and for which questions.
  struct Round {
    std::vector<std::size_t> asked;
    std::vector<Attempt> attempts;
  };

  void attempt_all() {
    Round round;
    for (std::size_t i = 0; i < questions_.size(); ++i) {
      add_attempts(i, questions_[i].from, round);
    }
    make_and_note(round);
  }

  /// The kernel may have been too busy to answer in time. And a client port that is also a service
  /// can be tried only now that the other attempts are over.
  void attempt_again() {
    Round round;
    for (std::size_t i = 0; i < questions_.size(); ++i) {
      if (is_settled(i) || answers_[i].verdict == reach::Verdict::Unknown) {
        continue;
      }
      seen_[i] = {};
      add_attempts(i, plan_.parties.size() + questions_[i].from, round);
      for (const PortRange& range : plan_.client_ranges) {
        if (questions_[i].protocol != Protocol::Icmp && !plan_.client_port(range, 0)) {
          round.asked.push_back(i);
          round.attempts.push_back(attempt(i, range.first));
        }
      }
    }
    make_and_note(round);
  }

  void add_attempts(std::size_t index, std::size_t turn, Round& round) const {
    const bool has_ports = questions_[index].protocol != Protocol::Icmp;
    for (const PortRange& range :
         has_ports ? plan_.client_ranges : std::vector<PortRange>{PortRange{}}) {
      if (const auto port = has_ports ? plan_.client_port(range, turn) : 0) {
        round.asked.push_back(index);
        round.attempts.push_back(attempt(index, *port));
      }
    }
  }

  void make_and_note(Round& round) {
    auto& [asked, attempts] = round;
    std::vector<Host> hosts;
    for (const Party& party : plan_.parties) {
      hosts.push_back(party.host);
    }
    Ports services = plan_.tcp;
    services.insert(services.end(), plan_.udp.begin(), plan_.udp.end());
    std::sort(services.begin(), services.end());
    services.erase(std::unique(services.begin(), services.end()), services.end());
    make(world_, hosts, services, attempts);
    for (std::size_t i = 0; i < attempts.size(); ++i) {
      Seen& seen = seen_[asked[i]];
      (attempts[i].passed ? seen.passed : seen.blocked).push_back(attempts[i].client_port);
      verdicts_.passed += attempts[i].passed ? 1 : 0;
    }
    verdicts_.attempts += attempts.size();
  }

  void compare() {
    for (std::size_t i = 0; i < questions_.size(); ++i) {
      verdicts_.depends += answers_[i].verdict == reach::Verdict::Depends ? 1 : 0;
      if (answers_[i].verdict == reach::Verdict::Unknown) {
        ++verdicts_.unknown;
      } else if (!is_settled(i)) {
        verdicts_.disagreements.push_back(describe(i));
      }
    }
  }

  [[nodiscard]] std::string describe(std::size_t index) const {
    const Question& question = questions_[index];
    const reach::Answer& answer = answers_[index];
    std::string result = fmt::format(
        "{} ({}) -> {} ({}) {}\n  trace: {}\n", client(index).host.node,
        client(index).host.address.text(), plan_.parties[question.to].host.node,
        question.destination.text(), question.service().text(), reach::text(answer.verdict));
    for (const reach::Because& because : answer.because) {
      result += fmt::format("    because {} at {}: {}\n", reach::text(because.reason),
                            because.component, because.detail);
    }
    for (const reach::Hop& hop : answer.hops) {
      result +=
          fmt::format("    {} {} [{}] {} yes {} depends {} ({})\n", reach::text(hop.direction),
                      hop.component, hop.rule, reach::text(hop.reason), hop.passage.yes.text(),
                      hop.passage.depends.text(), hop.detail);
    }
    return result + fmt::format("  kernel: {}, {}\n",
                                reach::text(verdict(seen_[index], client(index))),
                                seen_[index].text());
  }

  const reach::Network& network_;
  const Plan plan_;
  const World& world_;
  const std::vector<Question> questions_;
  std::vector<reach::Answer> answers_;
  std::vector<Seen> seen_;
  Verdicts verdicts_;
};

}  // namespace

Verdicts judge(const std::vector<collect::Document>& built,
               const std::vector<collect::Document>& asked) {
  const Documents raw(built);
  const std::vector<IpAddress> outside = internet_hosts(raw);
  const collect::Decoded decoded = collect::decode(asked, {}, 1);
  const reach::Network network = reach::build(decoded.snapshot);
  const auto world = World::build(draw(raw, outside));
  if (!world) {
    ADD_FAILURE() << world.error().message << "\n" << world.error().context;
    return {};
  }
  return Referee(network, plan(raw, outside), *world).run();
}

}  // namespace portolan::packets
