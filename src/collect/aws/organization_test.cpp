#include "collect/aws/organization.h"

#include <gtest/gtest.h>

namespace portolan::collect::aws {
namespace {

namespace json = boost::json;

/// The document that comes of a walk of an organization of one root and nothing else, where the
/// question what is delegated is answered so.
OrganizationWalk::Found walked(const Answer& delegation) {
  const auto answer = [&](const Call& call) -> Answer {
    const auto of = [](std::string_view text) {
      return Answer{.outcome = Outcome::Collected, .object = json::parse(text).as_object()};
    };
    if (call.action == "DescribeOrganization") {
      return of(R"({"Organization":{"Id":"o-1","MasterAccountId":"111122223333"}})");
    }
    if (call.action == "ListRoots") {
      return of(R"({"Roots":[{"Id":"r-1","PolicyTypes":[]}]})");
    }
    return call.action == "DescribeResourcePolicy" ? delegation : of("{}");
  };
  OrganizationWalk::Found found;
  OrganizationWalk walk([&](const Call& call, const Parameters&,
                            const std::function<void(Answer)>& take) { take(answer(call)); },
                        [&](OrganizationWalk::Found told) { found = std::move(told); },
                        "111122223333", false);
  walk.start();
  return found;
}

TEST(OrganizationWalk, TellsWhatIsDelegated) {
  const auto found = walked(
      {.outcome = Outcome::Collected,
       .object =
           json::parse(R"({"ResourcePolicy":{"Content":"{\"Statement\":[]}"}})").as_object()});
  EXPECT_EQ(found.outcome, Outcome::Collected);
  EXPECT_EQ(found.document.at("ResourcePolicy").at("Content"), R"({"Statement":[]})");
}

TEST(OrganizationWalk, TellsThatNothingIsDelegated) {
  const auto found =
      walked({.outcome = Outcome::Failed, .code = "ResourcePolicyNotFoundException"});
  EXPECT_EQ(found.outcome, Outcome::Collected);
  EXPECT_TRUE(found.document.at("ResourcePolicy").is_null());
}

TEST(OrganizationWalk, LeavesOutWhatIsDelegatedWhereNobodySays) {
  const auto found = walked({.outcome = Outcome::Denied, .code = "AccessDeniedException"});
  EXPECT_EQ(found.outcome, Outcome::Partial);
  EXPECT_EQ(found.code, "AccessDeniedException");
  EXPECT_FALSE(found.document.contains("ResourcePolicy"));
  EXPECT_TRUE(found.document.contains("Targets"));
}

}  // namespace
}  // namespace portolan::collect::aws
