#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "checks/delta.h"
#include "collect/collect.h"
#include "model/change.h"
#include "model/change_text.h"
#include "reach/difference.h"
#include "reach/moment.h"
#include "tools/scenario/scenario.h"

/// `plan-widens-exposure`: what a change lets in that was out.
namespace portolan::scenario {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::string_view kEstate = R"(# about: what changes open
# origin: posture 3.13, row plan-widens-exposure
vpc v 10.0.0.0/16 ; igw g v ; vgw s v ; vpn l vgw=s routes=192.168.0.0/16
subnet pub v 10.0.0.0/24 routes default=g 192.168.0.0/16=s
subnet app v 10.0.1.0/24 routes 192.168.0.0/16=s
sg web v in=tcp/443 out=any
sg db v in=tcp/5432@sg:web out=any
sg ops v out=any
pl offices no-entries
instance w pub 10.0.0.10 sg=web public=52.16.0.10
instance d app 10.0.1.10 sg=db
instance o app 10.0.1.20 sg=ops

reach w -> d tcp/5432   yes
)";

class Widening : public testing::Test {
 protected:
  Widening() : scenario_(read_scenario(kEstate)) {
    EXPECT_TRUE(scenario_.problems.empty());
    before_ = reach::Moment::of(collect::decode(std::vector(scenario_.documents), {}).snapshot);
  }

  /// What is told of the changes: `OUTCOME RISK MESSAGE`, with `w` and `d` for the interfaces.
  std::vector<std::string> told(const std::vector<std::string>& words) {
    std::vector<Change> changes;
    for (const std::string& each : words) {
      const auto change = parse_change(before_->snapshot(), with_ids(scenario_, each));
      EXPECT_TRUE(change.has_value()) << change.error().message;
      changes.push_back(*change);
    }
    auto applied = apply_changes(before_->snapshot(), changes);
    EXPECT_TRUE(applied.has_value());
    const auto after = before_->next(std::move(applied->snapshot), applied->rows);
    std::vector<std::string> lines;
    for (const Finding& finding :
         checks::widened(*before_, *after, reach::difference(*before_, *after))) {
      EXPECT_EQ(finding.check, "plan-widens-exposure");
      EXPECT_EQ(finding.gaps.empty(), finding.outcome != Outcome::Unknown);
      EXPECT_FALSE(finding.affected.empty());
      std::string message = finding.message.text();
      for (const std::string name : {"w", "d"}) {
        const std::string id = scenario_.ids.at(name + ".eni");
        if (const std::size_t at = message.find(id); at != std::string::npos) {
          message.replace(at, id.size(), name);
        }
      }
      lines.push_back(fmt::format("{} {} {}", text(finding.outcome), text(finding.risk), message));
    }
    return lines;
  }

 private:
  Scenario scenario_;
  std::shared_ptr<const reach::Moment> before_;
};

TEST_F(Widening, fails_for_each_connection_from_the_internet) {
  EXPECT_THAT(told({"{web} +ingress tcp/22 52.0.0.0/8"}),
              ElementsAre("fail high tcp/22 of w opens to the internet"));
}

TEST_F(Widening, fails_where_a_wider_kind_of_source_gets_in) {
  EXPECT_THAT(told({"{db} +ingress tcp/5432 192.168.0.0/16"}),
              ElementsAre("fail medium tcp/5432 of d opens to private addresses outside"));
  EXPECT_THAT(told({"{db} +ingress tcp/22 {ops}"}),
              ElementsAre("fail low tcp/22 of d opens to others inside"));
}

TEST_F(Widening, passes_where_nothing_opens) {
  EXPECT_THAT(told({"{web} -ingress tcp/443 0.0.0.0/0"}), IsEmpty());
  EXPECT_THAT(told({"{db} +ingress tcp/22 0.0.0.0/0", "{db} -ingress tcp/22 0.0.0.0/0"}),
              IsEmpty());
}

TEST_F(Widening, passes_where_others_of_that_kind_got_in_before) {
  EXPECT_THAT(told({"{db} +ingress tcp/5432 {ops}"}), IsEmpty());
}

TEST_F(Widening, is_unknown_where_a_gap_hides_who_gets_in) {
  EXPECT_THAT(
      told({"{web} +ingress tcp/22 {offices}"}),
      testing::Contains("unknown high whether tcp/22 of w opens to the internet is not known"));
}

}  // namespace
}  // namespace portolan::scenario
