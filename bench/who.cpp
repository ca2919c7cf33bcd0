#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "bench/support/row.h"
#include "iam/iam.h"
#include "iam/test_compare.h"
#include "tests/support/random.h"

/// Who can change what: every principal, security group and action of one account, of which the
/// most differ from each other. Policies are read before. Principals have twelve statements: some
/// of policies that are shared, some of their own that name groups, prefixes, regions and tags; a
/// part holds only for some source addresses or with MFA; two levels of service control above.
/// Answers are held against the oracle on a sample, in the same run, and the sample's requests are
/// given to @cloud-copilot/iam-simulate too, which decides them one by one. In the end ten million
/// random requests, as in the test.
namespace portolan::bench {
namespace {

using tests::Random;

constexpr double kTarget_s = 5;
constexpr double kTargetBytes = 1e9;
constexpr std::string_view kAccount = "111122223333";
constexpr std::string_view kPlace = "arn:aws:ec2";

/// Seconds of processor time: all of this is one thread, and the peer counts its own alike.
double processor_s() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

const std::vector<std::string> kActions = {
    "ec2:AuthorizeSecurityGroupIngress",
    "ec2:AuthorizeSecurityGroupEgress",
    "ec2:RevokeSecurityGroupIngress",
    "ec2:RevokeSecurityGroupEgress",
    "ec2:UpdateSecurityGroupRuleDescriptionsIngress",
    "ec2:UpdateSecurityGroupRuleDescriptionsEgress",
    "ec2:ModifySecurityGroupRules",
    "ec2:DeleteSecurityGroup",
    "ec2:CreateSecurityGroup",
    "ec2:AssociateSecurityGroupVpc",
    "ec2:CreateTags",
    "ec2:DeleteTags",
};

std::string group_id(std::size_t number) {
  return fmt::format("sg-{:08x}", number * 2654435761U % 4294967291U);
}

std::string_view region_of(std::size_t number) {
  static constexpr std::string_view kRegions[] = {"eu-west-1", "us-east-1", "ap-south-1",
                                                  "eu-central-1"};
  return kRegions[number % std::size(kRegions)];
}

std::vector<iam::Resource> make_groups(std::size_t count) {
  std::vector<iam::Resource> groups;
  for (std::size_t i = 0; i < count; ++i) {
    const auto arn = Arn::parse(
        fmt::format("{}:{}:{}:security-group/{}", kPlace, region_of(i), kAccount, group_id(i)));
    groups.push_back(iam::security_group(
        *arn, fmt::format("vpc-{}", i % 40),
        {{"Team", fmt::format("team-{}", i % 100)}, {"Env", i % 3 == 0 ? "prod" : "test"}}));
  }
  return groups;
}

std::string statement(std::string_view effect, std::string_view action, std::string_view resource,
                      std::string_view condition = "") {
  return fmt::format(R"({{"Effect":"{}","Action":{},"Resource":"{}"{}}})", effect, action, resource,
                     condition.empty() ? "" : fmt::format(R"(,"Condition":{{{}}})", condition));
}

std::string own_statement(Random& random, std::size_t groups) {
  const std::string action(
      random.pick({R"("ec2:*SecurityGroup*")", R"(["ec2:AuthorizeSecurityGroup*","ec2:Revoke*"])",
                   R"("ec2:DeleteSecurityGroup")", R"("ec2:*Tags")"}));
  const std::size_t group = random.below(groups);
  const std::string id = group_id(group);
  const std::string in_region = fmt::format("{}:{}:*:security-group/", kPlace, region_of(group));
  switch (random.below(6)) {
    case 0:
      return statement("Allow", action, in_region + id);
    case 1:
      return statement("Allow", action, in_region + id.substr(0, 5) + "*");
    case 2:
      return statement(
          "Allow", action, "*",
          fmt::format(R"("StringEquals":{{"aws:ResourceTag/Team":"team-{}"}})", random.below(100)));
    case 3:
      return statement(
          "Allow", action, in_region + "*",
          fmt::format(R"("IpAddress":{{"aws:SourceIp":"10.{}.0.0/16"}})", random.below(50)));
    case 4:
      return statement(
          "Deny", action, "*",
          fmt::format(R"("ArnLike":{{"ec2:Vpc":"arn:aws:ec2:*:*:vpc/vpc-{}"}})", random.below(40)));
    default:
      return statement("Allow", action, in_region + "*",
                       R"("Bool":{"aws:MultiFactorAuthPresent":"true"})");
  }
}

const iam::Policy* keep(iam::Directory& directory, const std::vector<std::string>& statements,
                        std::string name) {
  Diagnostics problems;
  return directory.keep(iam::parse_policy(
      fmt::format(R"({{"Version":"2012-10-17","Statement":[{}]}})", fmt::join(statements, ",")),
      std::move(name), problems));
}

iam::Directory make_directory(std::size_t principals, std::size_t groups) {
  Random random(1);
  iam::Directory directory;
  std::vector<const iam::Policy*> shared;
  for (std::size_t i = 0; i < 40; ++i) {
    std::vector<std::string> statements;
    for (int n = 0; n < 3; ++n) {
      statements.push_back(own_statement(random, groups));
    }
    statements.push_back(
        statement("Allow", R"("ec2:*SecurityGroup*")", "*",
                  R"("StringEquals":{"aws:ResourceTag/Team":"${aws:PrincipalTag/Team}"})"));
    shared.push_back(keep(directory, statements, fmt::format("shared {}", i)));
  }
  for (std::size_t i = 0; i < principals; ++i) {
    const std::string name = fmt::format("role-{:05}", i);
    std::vector<std::string> own;
    for (int n = 0; n < 4; ++n) {
      own.push_back(own_statement(random, groups));
    }
    iam::Principal principal{
        .caller = iam::Caller::parse(fmt::format("arn:aws:iam::{}:role/{}", kAccount, name)),
        .name = name,
        .tags = {{"Team", fmt::format("team-{}", random.below(100))}}};
    principal.identity = {random.pick(shared), random.pick(shared), keep(directory, own, name)};
    directory.principals.push_back(std::move(principal));
  }
  iam::Organization organization{.id = "o-1", .management_account = "999999999999"};
  const std::string all = statement("Allow", R"("*")", "*");
  const std::string regions =
      statement("Deny", R"("ec2:*")", "*",
                R"("StringNotEquals":{"aws:RequestedRegion":["eu-west-1","us-east-1"]},
                   "ArnNotLike":{"aws:PrincipalArn":"arn:aws:iam::*:role/role-0*"})");
  organization.nodes["r-1"] = {.id = "r-1",
                               .service_control = {keep(directory, {all, regions}, "root")}};
  organization.nodes[std::string(kAccount)] = {
      .id = std::string(kAccount),
      .parent = "r-1",
      .service_control = {keep(directory, {all}, "account")}};
  directory.organization = std::move(organization);
  return directory;
}

/// Of random triples how many are decided in a second, and the requests as lines.
struct Sample {
  double rate = 0;
  std::size_t allowed = 0;  // of the lines
  std::size_t lines = 0;
  std::string requests;
};

/// Random triples through the oracle. Ends the program if one of them contradicts a verdict.
Sample oracle_sample(const iam::Directory& directory, const iam::Who& who) {
  constexpr int samples = 20000;
  constexpr std::size_t lines = 5000;
  Random random(2);
  Sample sample;
  double seconds = 0;
  for (int i = 0; i < samples; ++i) {
    const std::size_t p = random.below(directory.principals.size());
    const std::size_t a = random.below(kActions.size());
    const std::size_t r = random.below(who.resources().size());
    const iam::Principal& principal = directory.principals[p];
    iam::Context open;
    open.set("aws:SourceIp", fmt::format("10.{}.0.1", random.below(60)));
    open.set("aws:TokenIssueTime", "2026-01-01T00:00:00Z");
    open.set("aws:MultiFactorAuthPresent", random.chance(50) ? "true" : "false");
    const iam::Authority authority = iam::authority_of(directory, principal);
    const iam::Request request =
        iam::request_of(directory, principal, kActions[a], who.resources()[r], open);
    const double begin = processor_s();
    const bool allowed = iam::decide(request, authority).outcome == iam::Outcome::Allowed;
    seconds += processor_s() - begin;
    const iam::Verdict verdict = who.verdict(p, a, r);
    if ((allowed && verdict == iam::Verdict::Never) ||
        (!allowed && verdict == iam::Verdict::Always)) {
      fmt::print(stderr, "engine and oracle differ: {} {} {}\n", p, a, r);
      std::exit(1);
    }
    if (sample.lines < lines) {
      ++sample.lines;
      sample.allowed += allowed ? 1U : 0U;
      sample.requests += iam::request_line(std::to_string(i), request, authority) + '\n';
    }
  }
  sample.rate = samples / seconds;
  return sample;
}

/// How many of them the peer decides in a second; 0 where it cannot run. Ends the program if it
/// allows other ones.
double peer_rate(const Sample& sample) {
  std::ofstream(PORTOLAN_SOURCE_DIR "/build/who-requests.jsonl") << sample.requests;
  std::FILE* peer = ::popen("cd " PORTOLAN_SOURCE_DIR
                            " && python3 tests/peer/rate.py build/peer <build/who-requests.jsonl",
                            "r");
  double rate = 0;
  unsigned long allowed = 0;
  const bool is_read = peer != nullptr && std::fscanf(peer, "%lf %lu", &rate, &allowed) == 2;
  if (peer == nullptr || ::pclose(peer) != 0 || !is_read) {
    return 0;
  }
  if (allowed != sample.allowed) {
    fmt::print(stderr, "the peer allows {} requests, the oracle {}\n", allowed, sample.allowed);
    std::exit(1);
  }
  return rate;
}

/// The engine and the oracle on random policies. Ends the program at a difference.
bool run_random() {
  constexpr std::size_t requests = 10'000'000;
  iam::test::Tally tally;
  const double begin = processor_s();
  for (std::uint64_t seed = 1'000'000; tally.requests < requests && tally.difference.empty();
       ++seed) {
    iam::test::Comparison(seed, tally).run();
  }
  if (!tally.difference.empty()) {
    fmt::print(stderr, "engine and oracle differ: {}\n", tally.difference);
    std::exit(1);
  }
  fmt::print("who/random: {} requests in {:.0f} s, {} witnesses replayed, no difference\n",
             tally.requests, processor_s() - begin, tally.witnesses);
  return report({.name = "who/random requests",
                 .figure = static_cast<double>(tally.requests),
                 .unit = "requests",
                 .target = static_cast<double>(requests),
                 .is_at_least = true});
}

bool run(std::size_t count) {
  const iam::Directory directory = make_directory(count, count);
  auto groups = make_groups(count);
  const double before = processor_s();
  const iam::Who who(directory, std::move(groups), kActions);
  const iam::Totals totals = who.totals();
  const double compiled_s = processor_s() - before;
  const double begin = processor_s();
  constexpr std::size_t queries = 20;
  std::size_t grants = 0;
  for (std::size_t i = 0; i < queries; ++i) {
    grants += who.of_resource(i * count / queries).size();
  }
  const double query_ms = (processor_s() - begin) * 1e3 / queries;
  const double triples = static_cast<double>(count) * static_cast<double>(count) *
                         static_cast<double>(kActions.size());
  const Sample sample = oracle_sample(directory, who);
  const double rate = sample.rate;
  fmt::print(
      "who/{}: {:.0f} triples: {} always, {} possible, {} unknown, {} never; "
      "{} grants of a group; the oracle decides {:.0f}/s\n",
      count, triples, totals.always, totals.possible, totals.unknown, totals.never,
      grants / queries, rate);
  const std::string name = fmt::format("who/{}", count);
  const bool is_fast =
      report({.name = name, .figure = compiled_s, .unit = "s", .target = kTarget_s});
  const bool is_small = report({.name = name + "/memory",
                                .figure = peak_memory_bytes(),
                                .unit = "B",
                                .target = kTargetBytes});
  report({.name = name + "/one group", .figure = query_ms, .unit = "ms", .target = 10});
  report({.name = name + "/beside the oracle",
          .figure = triples / compiled_s,
          .peer = rate,
          .unit = "triples/s",
          .target = 1000,
          .is_at_least = true});
  if (const double peer = peer_rate(sample); peer > 0) {
    report({.name = name + "/beside iam-simulate",
            .figure = triples / compiled_s,
            .peer = peer,
            .unit = "triples/s",
            .target = 1000,
            .is_at_least = true});
  } else {
    fmt::print("{}: iam-simulate cannot run here\n", name);
  }
  return is_fast && is_small;
}

}  // namespace
}  // namespace portolan::bench

int main() {
  bool is_met = true;
  for (const std::size_t count : {1000U, 3000U, 10000U}) {
    is_met = portolan::bench::run(count) && is_met;
  }
  return portolan::bench::run_random() && is_met ? 0 : 1;
}
