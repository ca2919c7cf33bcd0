#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "bench/support/estate.h"
#include "bench/support/row.h"
#include "collect/collect.h"
#include "reach/pair_lookup.h"
#include "tests/support/random.h"
#include "tests/support/random_network.h"
#include "tests/z3/known.h"
#include "tests/z3/referee.h"
#include "tests/z3/whole.h"
#include "tools/scenario/scenario.h"

/// One reach question beside the same question put to Z3, whose formulas the referee of the tests
/// writes. The verdicts must be the same.
///
/// Z3 is given the formulas of the two ends alone, twice: written anew and with a solver of its own
/// for each question; and at hand, with one solver that has judged all questions before. It is
/// given the whole network in one formula as well, twice likewise. Ours three times: `trace`; a
/// look-up in all connections, where a target's column is made when it is not among the last ones;
/// a look-up with the column at hand. Documents are read, and connections compiled, before.
namespace portolan::bench {
namespace {

using tests::Random;
using tests::Referee;
using Documents = std::vector<collect::Document>;

constexpr double kTarget = 1000;
constexpr int kRuns = 5;  // of which the best counts

/// The same question for both.
struct Question {
  Referee::End from;
  Referee::End to;
  Referee::Service service;
  reach::Place source;
  reach::Place target;
  ServiceSet services;
};

/// Seconds for all questions.
struct Times {
  std::size_t questions = 0;
  std::size_t open = 0;
  double written = 0;  // Z3, formulas and solver made for each
  double solved = 0;   // Z3, neither
  std::size_t whole_questions = 0;
  double told = 0;          // Z3, told of the whole network for each
  double known = 0;         // Z3, which knows it already
  double whole_traced = 0;  // ours, the same questions as these
  double traced = 0;
  double looked_up = 0;
  double at_hand = 0;
  double referee = 0;  // what comes before: the referee reads the documents
  double engine = 0;   // … of the decoded ones our connections are compiled
};

// Questions

reach::Place place_of(const NetworkInterface& interface) {
  return {.kind = reach::Place::Kind::Interface, .id = interface.id.value, .address = {}};
}

Referee::End end_of(const NetworkInterface& interface) {
  return {.interface = interface.id.value,
          .address = interface.addresses.front().private_ip.text()};
}

/// One with a single address, by which both ask for it; null if the dice give another one.
const NetworkInterface* draw_interface(const Snapshot& snapshot, Random& random) {
  const auto rows = snapshot.all<NetworkInterface>();
  const NetworkInterface& drawn =
      *std::next(rows.begin(), static_cast<std::ptrdiff_t>(random.below(rows.size())));
  return drawn.addresses.size() == 1 && drawn.ipv6.empty() ? &drawn : nullptr;
}

/// Of ten questions seven between interfaces, one to the internet, two from there.
std::optional<Question> draw_question(const Snapshot& snapshot, Random& random) {
  static const IpAddress kHost = IpAddress::v4(0x08080808);
  static const std::vector<int> kPorts{22, 53, 80, 443, 3306, 3389, 5432, 6379, 8080, 8443};
  const int kind = random.between(0, 9);
  const int port = random.pick(kPorts);
  const NetworkInterface* from = draw_interface(snapshot, random);
  const NetworkInterface* to = draw_interface(snapshot, random);
  if (from == nullptr || to == nullptr || from == to) {
    return std::nullopt;
  }
  Question question{.from = end_of(*from),
                    .to = end_of(*to),
                    .service = {.protocol = kProtocolTcp, .port = port},
                    .source = place_of(*from),
                    .target = place_of(*to),
                    .services = ServiceSet::tcp(port)};
  const reach::Place host{.kind = reach::Place::Kind::Outside, .id = {}, .address = kHost};
  if (kind == 0) {
    question.to = {.interface = {}, .address = kHost.text()};
    question.target = host;
  } else if (kind <= 2) {
    const auto& shown = to->addresses.front().public_ip;
    if (!shown) {
      return std::nullopt;
    }
    question.from = {.interface = {}, .address = kHost.text()};
    question.source = host;
    question.to.address = shown->text();
  }
  return question;
}

std::vector<Question> draw_questions(const reach::Connections& connections, std::size_t count,
                                     std::uint64_t seed) {
  const Snapshot& snapshot = connections.network().snapshot();
  Random random(seed);
  reach::PairLookup lookup(connections);
  std::vector<Question> questions;
  for (std::size_t tries = 0; tries < 100 * count && questions.size() < count; ++tries) {
    auto question = draw_question(snapshot, random);
    if (question && lookup.passage(question->source, question->target)) {
      questions.push_back(*std::move(question));
    }
  }
  return questions;
}

// Answers

/// What the referee calls it. It knows no gaps, and is asked about networks without.
std::optional<Referee::Verdict> as_referee(reach::Verdict verdict) {
  switch (verdict) {
    case reach::Verdict::No:
      return Referee::Verdict::No;
    case reach::Verdict::Depends:
      return Referee::Verdict::Depends;
    case reach::Verdict::Yes:
      return Referee::Verdict::Yes;
    case reach::Verdict::Unknown:
      return std::nullopt;
  }
  return std::nullopt;
}

using Verdicts = std::vector<std::optional<Referee::Verdict>>;

/// Ends the program unless the verdicts are the expected ones.
void expect_same(std::string_view who, const std::vector<Question>& questions,
                 const Verdicts& verdicts, const Verdicts& expected) {
  for (std::size_t i = 0; i < questions.size(); ++i) {
    if (verdicts[i] != expected[i]) {
      const Question& question = questions[i];
      fmt::print(stderr, "bench_z3: {} and Z3 do not agree about {} -> {} {}\n", who,
                 question.source.text(), question.target.text(), question.services.text());
      std::exit(2);
    }
  }
}

struct Timed {
  Verdicts verdicts;
  double seconds = 0;  // of the best run
};

/// Answers all questions, some times over; each run begins with what `prepare` makes, untimed.
template <class Prepare, class Answer>
Timed time_answers(const std::vector<Question>& questions, const Prepare& prepare,
                   const Answer& answer) {
  Timed timed;
  for (int run = 0; run < kRuns; ++run) {
    auto means = prepare();
    timed.verdicts.clear();
    const double start = now_s();
    for (std::size_t i = 0; i < questions.size(); ++i) {
      timed.verdicts.push_back(answer(means, i));
    }
    const double took = now_s() - start;
    timed.seconds = run == 0 ? took : std::min(timed.seconds, took);
  }
  return timed;
}

/// The verdicts of Z3.
Verdicts time_z3(Referee& referee, z3::context& context, const std::vector<Question>& questions,
                 Times& times) {
  const Timed written = time_answers(
      questions, [] { return 0; },
      [&](int, std::size_t i) {
        return referee.ask(questions[i].from, questions[i].to, questions[i].service);
      });
  std::vector<Referee::Wishes> wishes;
  wishes.reserve(questions.size());
  for (const Question& question : questions) {
    wishes.push_back(referee.wishes(question.from, question.to, question.service));
  }
  z3::solver solver(context, z3::solver::simple());
  const Timed solved = time_answers(
      questions, [&] { return &solver; },
      [&](z3::solver* used, std::size_t i) { return Referee::judge(*used, wishes[i]); });
  expect_same("a solver in use", questions, solved.verdicts, written.verdicts);
  times.written += written.seconds;
  times.solved += solved.seconds;
  return written.verdicts;
}

std::optional<Referee::Verdict> look_up(reach::PairLookup& lookup, const Question& question) {
  const auto passage = lookup.passage(question.source, question.target);
  return passage ? as_referee(passage->only(question.services).verdict()) : std::nullopt;
}

/// Each question some times more before the next one: its column is there.
Timed time_at_hand(const reach::Connections& connections, const std::vector<Question>& questions) {
  constexpr int kTimes = 20;
  reach::PairLookup lookup(connections);
  Timed timed;
  for (const Question& question : questions) {
    timed.verdicts.push_back(look_up(lookup, question));
    const double start = now_s();
    for (int i = 0; i < kTimes; ++i) {
      timed.verdicts.back() = look_up(lookup, question);
    }
    timed.seconds += (now_s() - start) / kTimes;
  }
  return timed;
}

void time_ours(const reach::Connections& connections, const std::vector<Question>& questions,
               const Verdicts& expected, Times& times) {
  const Timed traced = time_answers(
      questions, [&] { return &connections.network(); },
      [&](const reach::Network* network, std::size_t i) {
        return as_referee(
            reach::trace(*network, questions[i].source, questions[i].target, questions[i].services)
                .verdict);
      });
  const Timed looked_up = time_answers(
      questions, [&] { return reach::PairLookup(connections); },
      [&](reach::PairLookup& lookup, std::size_t i) { return look_up(lookup, questions[i]); });
  const Timed at_hand = time_at_hand(connections, questions);
  expect_same("trace", questions, traced.verdicts, expected);
  expect_same("the look-up", questions, looked_up.verdicts, expected);
  expect_same("the look-up at hand", questions, at_hand.verdicts, expected);
  times.traced += traced.seconds;
  times.looked_up += looked_up.seconds;
  times.at_hand += at_hand.seconds;
}

/// The whole network put to Z3: some of the questions between interfaces, for each takes long.
void time_whole(z3::context& context, const Documents& documents,
                const reach::Connections& connections, const std::vector<Question>& questions,
                const Verdicts& expected, Times& times) {
  constexpr std::size_t kKnown = 40;
  constexpr std::size_t kTold = 4;
  tests::WholeNetwork whole(context, documents);
  std::size_t asked = 0;
  for (std::size_t i = 0; i < questions.size() && asked < kKnown; ++i) {
    const Question& question = questions[i];
    if (question.from.interface.empty() || question.to.interface.empty()) {
      continue;
    }
    double start = now_s();
    const auto verdict = whole.ask(question.from, question.to, question.service);
    times.known += asked == 0 ? 0 : now_s() - start;  // the first makes the solver know it
    Verdicts verdicts{verdict};
    if (asked < kTold) {
      start = now_s();
      verdicts.push_back(whole.ask_anew(question.from, question.to, question.service));
      times.told += (now_s() - start) * (kKnown - 1) / kTold;
    }
    start = now_s();
    verdicts.push_back(as_referee(
        reach::trace(connections.network(), question.source, question.target, question.services)
            .verdict));
    times.whole_traced += asked == 0 ? 0 : now_s() - start;
    expect_same("the whole network", std::vector(verdicts.size(), question), verdicts,
                Verdicts(verdicts.size(), expected[i]));
    ++asked;
  }
  times.whole_questions += asked - 1;
}

// Networks

/// Adds to the times what questions about one network take.
void measure(z3::context& context, const Documents& documents, std::size_t count,
             std::uint64_t seed, bool is_whole, Times& times) {
  const collect::Decoded decoded = collect::decode(Documents(documents), {});
  const double start = now_s();
  const reach::Network network = reach::build(decoded.snapshot);
  const reach::Connections connections(network);
  const double compiled = now_s();
  Referee referee(context, documents);
  times.referee += now_s() - compiled;
  times.engine += compiled - start;
  const std::vector<Question> questions = draw_questions(connections, count, seed);
  const Verdicts verdicts = time_z3(referee, context, questions, times);
  time_ours(connections, questions, verdicts, times);
  if (is_whole) {
    time_whole(context, documents, connections, questions, verdicts, times);
  }
  times.questions += questions.size();
  times.open += static_cast<std::size_t>(
      std::count(verdicts.begin(), verdicts.end(), std::optional(Referee::Verdict::Yes)));
}

void report_all(const std::string& network, const Times& times) {
  const auto count = static_cast<double>(times.questions);
  fmt::print(
      "{}: {} questions, {} of them open; the same verdicts; read for Z3 in {:.4f} s, compiled by "
      "us "
      "in {:.4f} s\n",
      network, times.questions, times.open, times.referee, times.engine);
  for (const auto& [ours, took] : {std::pair("trace", times.traced),
                                   {"look-up", times.looked_up},
                                   {"look-up-at-hand", times.at_hand}}) {
    for (const auto& [theirs, other] :
         {std::pair("z3", times.written), {"z3-solving-only", times.solved}}) {
      report({.name = fmt::format("{}/{}/{}", theirs, network, ours),
              .figure = count / took,
              .peer = count / other,
              .unit = "questions/s",
              .target = kTarget,
              .is_at_least = true});
    }
  }
  const auto asked = static_cast<double>(times.whole_questions);
  for (const auto& [theirs, other] :
       {std::pair("z3-whole-network", times.told), {"z3-whole-network-known", times.known}}) {
    if (times.whole_questions != 0) {
      report({.name = fmt::format("{}/{}/trace", theirs, network),
              .figure = asked / times.whole_traced,
              .peer = asked / other,
              .unit = "questions/s",
              .target = kTarget,
              .is_at_least = true});
    }
  }
}

/// Random networks of at most that many interfaces, and so many of them.
void run_random(z3::context& context, int interfaces, std::uint64_t networks) {
  tests::RandomNetwork setting = tests::kKnown;
  setting.ipv6 = false;  // an interface with two addresses is not looked up
  setting.acls_percent = 50;
  setting.groups_max = interfaces / 3;
  setting.interfaces_max = interfaces;
  Times times;
  for (std::uint64_t seed = 1; seed <= networks; ++seed) {
    const auto network = scenario::read_scenario(tests::random_network(seed, setting));
    measure(context, network.documents, 25, seed, false, times);
  }
  report_all(fmt::format("random-{}", interfaces), times);
}

void run_estate(z3::context& context, int interfaces, bool groups_follow_roles) {
  Times times;
  measure(context, documents_of(interfaces, groups_follow_roles), 500, 1, true, times);
  report_all(estate_name(interfaces, groups_follow_roles), times);
}

}  // namespace

void run_z3() {
  z3::context context;
  run_random(context, 12, 40);
  run_random(context, 120, 20);
  // One VPC each: the referee knows no transit gateway, which joins the VPCs of larger ones.
  for (const int interfaces : {100, 1000}) {
    for (const bool groups_follow_roles : {true, false}) {
      run_estate(context, interfaces, groups_follow_roles);
    }
  }
}

}  // namespace portolan::bench

int main() {
  portolan::bench::run_z3();
  return 0;
}
