#include <stdexcept>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "checks/check.h"
#include "collect/collect.h"
#include "model/change_text.h"
#include "reach/difference.h"
#include "reach/moment.h"
#include "tools/scenario/scenario.h"

/// What a tier may send, and the rules that are written in place of wider ones.
namespace portolan::scenario {

namespace {

using testing::ElementsAre;
using testing::IsEmpty;

/// An inventory, and what checks say of it.
class Estate {
 public:
  explicit Estate(const std::string& text)
      : scenario_(read_scenario("# about: x\n# origin: y\n" + text)),
        decoded_(collect::decode(scenario_.documents, {}, 1)),
        moment_(reach::Moment::of(decoded_.snapshot)) {}

  /// The finding of the check about the thing with that name.
  Finding finding(const std::string& check, const std::string& name) {
    const checks::Check* const one = checks::find_check(check);
    const checks::Context context(moment_->connections(), config);
    for (Finding& each : checks::audit(context, std::span(&one, 1))) {
      if (each.resource == id(name)) {
        return each;
      }
    }
    throw std::runtime_error(check + " says nothing of " + name);
  }

  /// The edits that take it away, as lines with names for ids; they must open nothing.
  std::vector<std::string> remedy(const Finding& finding) {
    const checks::Context context(moment_->connections(), config);
    const checks::Remedy changes = checks::remedy_of(context, finding);
    expect_promise(finding, changes);
    std::vector<std::string> lines;
    for (const Change& change : changes) {
      lines.push_back(with_names(text(change)));
    }
    return lines;
  }

  checks::Config config;

 private:
  std::string id(const std::string& name) const { return scenario_.ids.at(name); }

  void expect_promise(const Finding& finding, const checks::Remedy& changes) {
    const auto applied = apply_changes(moment_->snapshot(), changes);
    ASSERT_TRUE(applied.has_value()) << applied.error().message;
    const auto after = moment_->next(applied->snapshot, applied->rows);
    const reach::Difference difference = reach::difference(*moment_, *after);
    for (const auto& change : difference.changes()) {
      EXPECT_LT(static_cast<int>(change.after), static_cast<int>(change.before)) << "opens";
    }
    const checks::Check* const check = checks::find_check(finding.check);
    const checks::Context context(after->connections(), config);
    for (const Finding& other : checks::audit(context, std::span(&check, 1))) {
      EXPECT_FALSE(!changes.empty() && other.resource == finding.resource &&
                   other.rules == finding.rules && other.outcome != Outcome::Pass)
          << other.message.text();
    }
  }

  std::string with_names(std::string line) const {
    for (const auto& [name, id] : scenario_.ids) {
      for (std::size_t at = line.find(id); at != std::string::npos; at = line.find(id)) {
        line.replace(at, id.size(), "{" + name + "}");
      }
    }
    return line;
  }

  Scenario scenario_;
  collect::Decoded decoded_;
  std::shared_ptr<const reach::Moment> moment_;
};

constexpr const char* kTiers = R"(
vpc v 10.0.0.0/16 ; igw g v
subnet app v 10.0.1.0/24 routes default=g
subnet data v 10.0.2.0/24 routes
pl s3 52.218.0.0/17 aws list-name=com.amazonaws.eu-west-1.s3
endpoint bucket v gateway s3 tables=app.table
endpoint queue v interface sqs subnets=app sg=door addresses=10.0.1.250
sg door in=tcp/443@10.0.0.0/16
sg api out=any
sg store in=tcp/5432@sg:api in=tcp/9100@10.0.0.0/16
instance a app 10.0.1.10 sg=api tags=tier=app
instance s data 10.0.2.10 sg=store tags=tier=data
)";

TEST(Tiers, a_wide_rule_gives_way_to_what_its_members_need) {
  Estate estate(kTiers);
  const Finding finding = estate.finding("sg-egress-tier-violation", "api");
  EXPECT_EQ(finding.outcome, Outcome::Fail);
  EXPECT_EQ(finding.risk, Risk::Medium);
  EXPECT_FALSE(finding.witness.empty());
  EXPECT_THAT(estate.remedy(finding),
              testing::UnorderedElementsAre(
                  "{api} +egress tcp/443 {s3}", "{api} +egress tcp/443 {door}",
                  "{api} +egress tcp/5432 {store}", "{api} -egress any 0.0.0.0/0"));
}

TEST(Tiers, the_fix_revokes_every_rule_that_the_finding_names) {
  Estate estate(kTiers + std::string("sg twice out=any@10.0.0.0/16 out=tcp/1-65535@10.0.2.0/24\n"
                                     "instance t app 10.0.1.11 sg=twice\n"));
  const Finding finding = estate.finding("sg-egress-tier-violation", "twice");
  ASSERT_EQ(finding.rules.size(), 2U);
  for (const FindingRule& rule : finding.rules) {
    EXPECT_THAT(finding.fix.text(), testing::HasSubstr(rule.id));
  }
}

TEST(Tiers, what_is_declared_is_needed_and_all_else_is_worse) {
  Estate estate(kTiers);
  estate.config.dependencies = {{.from = *reach::parse_selector("tag:tier=app"),
                                 .to = *reach::parse_selector("tag:tier=data"),
                                 .services = ServiceSet::tcp(9100)},
                                {.from = *reach::parse_selector("sg:api"),
                                 .to = *reach::parse_selector("93.184.216.0/24"),
                                 .services = ServiceSet::tcp(443)}};
  const Finding finding = estate.finding("sg-egress-tier-violation", "api");
  EXPECT_EQ(finding.risk, Risk::Info) << "no other tier lets it in";
  EXPECT_TRUE(finding.is_latent);
  const auto lines = estate.remedy(finding);
  EXPECT_THAT(lines, testing::Contains("{api} +egress tcp/9100 {store}"));
  EXPECT_THAT(lines, testing::Contains("{api} +egress tcp/443 93.184.216.0/24"));

  estate.config.dependencies.front().services = ServiceSet::tcp(5432);
  EXPECT_EQ(estate.finding("sg-egress-tier-violation", "api").risk, Risk::High);
}

TEST(Tiers, a_dependency_on_nothing_leaves_the_need_unknown) {
  Estate estate(kTiers);
  estate.config.dependencies = {{.from = *reach::parse_selector("tag:tier=app"),
                                 .to = *reach::parse_selector("tag:tier=queue"),
                                 .services = ServiceSet::tcp(5671)}};
  const Finding finding = estate.finding("sg-egress-tier-violation", "api");
  EXPECT_EQ(finding.outcome, Outcome::Unknown);
  EXPECT_THAT(finding.gaps, ElementsAre(testing::HasSubstr("tag:tier=queue")));
  EXPECT_THAT(estate.remedy(finding), IsEmpty());
}

TEST(Tiers, members_that_a_wide_rule_covers_in_part_are_named_by_their_addresses) {
  Estate estate(R"(
vpc v 10.0.0.0/16
subnet a v 10.0.1.0/24 routes
subnet b v 10.0.2.0/24 routes
sg from out=any@10.0.2.0/24
sg to in=tcp/5432@sg:from
instance f a 10.0.1.10 sg=from
instance t a 10.0.1.20 sg=to
instance u b 10.0.2.20 sg=to
)");
  const Finding finding = estate.finding("sg-egress-tier-violation", "from");
  EXPECT_THAT(estate.remedy(finding), ElementsAre("{from} +egress tcp/5432 10.0.2.20/32",
                                                  "{from} -egress any 10.0.2.0/24"));
}

constexpr const char* kShop = R"(
vpc v 10.0.0.0/16 ; igw g v
subnet pub v 10.0.0.0/24 routes default=g
subnet app v 10.0.1.0/24 routes default=g
alb shop subnets=pub sg=front nodes=10.0.0.20/52.16.0.20
listener shop HTTPS/443 forward=hosts ; target-group hosts HTTP/8080 v targets=w
sg front in=tcp/443,8443 out=any
sg web in=tcp/8080
instance w app 10.0.1.10 sg=web public=52.16.0.10
)";

TEST(Tiers, a_target_lets_in_its_balancer_in_place_of_everybody) {
  Estate estate(kShop);
  EXPECT_THAT(estate.remedy(estate.finding("web-instance-bypasses-elb", "web")),
              ElementsAre("{web} +ingress tcp/8080 {front}", "{web} -ingress tcp/8080 0.0.0.0/0"));
}

TEST(Tiers, a_balancer_sends_to_its_targets_in_place_of_everybody) {
  Estate estate(kShop);
  EXPECT_THAT(estate.remedy(estate.finding("elb-egress-too-wide", "shop")),
              ElementsAre("{front} +egress tcp/8080 {web}", "{front} -egress any 0.0.0.0/0"));
}

}  // namespace

}  // namespace portolan::scenario
