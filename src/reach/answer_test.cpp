#include "reach/answer.h"

#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "reach/tracer.h"

namespace portolan::reach {
namespace {

const ServiceSet kSsh = ServiceSet::tcp(22);

/// What a passage says about one service.
enum class Plane { Blocked, Unknown, Depends, Yes };

Passage with(Plane plane) {
  switch (plane) {
    case Plane::Blocked:
      return {};
    case Plane::Unknown:
      return Passage::maybe(kSsh);
    case Plane::Depends:
      return {.yes = {}, .depends = kSsh, .unknown = {}};
    case Plane::Yes:
      return Passage::of(kSsh);
  }
  return {};
}

constexpr Plane kPlanes[] = {Plane::Blocked, Plane::Unknown, Plane::Depends, Plane::Yes};

TEST(Passage, OneFilterAfterTheOtherTakesTheLesserWord) {
  const auto expected = [](Plane a, Plane b) { return std::min(a, b); };
  for (const Plane a : kPlanes) {
    for (const Plane b : kPlanes) {
      EXPECT_EQ(with(a).then(with(b)), with(expected(a, b)));
    }
  }
}

TEST(Passage, TwoWaysSideBySideTakeTheBetterWord) {
  for (const Plane a : kPlanes) {
    for (const Plane b : kPlanes) {
      EXPECT_EQ(with(a).or_else(with(b)), with(std::max(a, b)));
    }
  }
}

TEST(Passage, PlanesStayDisjointWhereServicesOverlapInPart) {
  const Passage a{.yes = ServiceSet::tcp(1, 100),
                  .depends = ServiceSet::tcp(101, 200),
                  .unknown = ServiceSet::tcp(201, 300)};
  const Passage b{
      .yes = ServiceSet::tcp(50, 150), .depends = {}, .unknown = ServiceSet::tcp(151, 400)};
  const Passage both = a.then(b);
  EXPECT_EQ(both.yes, ServiceSet::tcp(50, 100));
  EXPECT_EQ(both.depends, ServiceSet::tcp(101, 150));
  EXPECT_EQ(both.unknown, ServiceSet::tcp(151, 300));
  const Passage either = a.or_else(b);
  EXPECT_EQ(either.yes, ServiceSet::tcp(1, 150));
  EXPECT_EQ(either.depends, ServiceSet::tcp(151, 200));
  EXPECT_EQ(either.unknown, ServiceSet::tcp(201, 400));
}

TEST(Passage, VerdictIsTheBestPlaneThatHasServices) {
  EXPECT_EQ(Passage{}.verdict(), Verdict::No);
  EXPECT_TRUE(Passage{}.blocked());
  EXPECT_EQ(with(Plane::Unknown).verdict(), Verdict::Unknown);
  EXPECT_EQ(with(Plane::Depends).verdict(), Verdict::Depends);
  EXPECT_EQ(Passage::all().verdict(), Verdict::Yes);
  EXPECT_EQ(Passage::all().only(ServiceSet{}).verdict(), Verdict::No);
}

TEST(Answer, TextsAreStable) {
  EXPECT_EQ(text(Verdict::No), "no");
  EXPECT_EQ(text(Verdict::Unknown), "unknown");
  EXPECT_EQ(text(Verdict::Depends), "depends");
  EXPECT_EQ(text(Verdict::Yes), "yes");
  EXPECT_EQ(text(Direction::Forward), "forward");
  EXPECT_EQ(text(Direction::Return), "return");
}

TEST(Outcome, ThenNarrowsThePassageAndKeepsHopsInOrder) {
  Outcome outcome{.passage = Passage::of(kSsh), .hops = {}, .assumptions = {"a"}};
  outcome.then(undecided(Direction::Forward, "acl-1", "rule 100", Reason::NotCollected, "why",
                         ServiceSet::tcp(1, 100)));
  EXPECT_EQ(outcome.passage, Passage::maybe(kSsh));
  Outcome next = blocked(Direction::Return, "rtb-1", "", Reason::NoReturnRoute, "no way back");
  next.assumptions = {"a", "b"};
  outcome.then(next);
  EXPECT_TRUE(outcome.passage.blocked());
  ASSERT_EQ(outcome.hops.size(), 2U);
  EXPECT_EQ(outcome.hops[0].component, "acl-1");
  EXPECT_EQ(outcome.hops[1].reason, Reason::NoReturnRoute);
  EXPECT_EQ(outcome.assumptions, (std::vector<std::string>{"a", "b"}));
}

}  // namespace
}  // namespace portolan::reach
