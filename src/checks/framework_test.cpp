#include "checks/framework.h"

#include <algorithm>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "checks/check.h"
#include "core/text.h"

namespace portolan::checks {

namespace {

const Control* find_control(const Framework& framework, std::string_view id) {
  const auto found = std::find_if(framework.controls.begin(), framework.controls.end(),
                                  [&](const Control& control) { return control.id == id; });
  return found == framework.controls.end() ? nullptr : &*found;
}

TEST(Frameworks, name_each_control_once) {
  for (const Framework& framework : frameworks()) {
    SCOPED_TRACE(std::string(framework.id));
    EXPECT_EQ(find_framework(framework.id), &framework);
    EXPECT_GE(framework.controls.size(), 10U);
    std::set<std::string> ids;
    for (const Control& control : framework.controls) {
      EXPECT_TRUE(ids.insert(control.id).second) << control.id;
      EXPECT_FALSE(control.title.empty());
      EXPECT_FALSE(control.checks.empty());
    }
  }
  EXPECT_EQ(find_framework("cis-9.0"), nullptr);
}

/// `CIS AWS 5.0: 5.3, 5.4` of a check means that these controls of cis-5.0 name the check.
TEST(Frameworks, say_what_the_references_of_checks_say) {
  int compared = 0;
  for (const Check* check : all_checks()) {
    for (const std::string_view reference : check->references) {
      std::string id;
      if (reference.starts_with("CIS AWS ")) {
        id = "cis-" + std::string(reference.substr(8, reference.find(':') - 8));
      } else if (reference.starts_with("AWS FSBP:")) {
        id = "fsbp";
      }
      const Framework* framework = find_framework(id);
      if (framework == nullptr || reference.find('(') != std::string_view::npos) {
        continue;  // another kind of reference, or one for a part of what the check finds
      }
      std::string_view numbers = reference.substr(reference.find(':') + 1);
      while (!numbers.empty()) {
        const std::size_t end = std::min(numbers.find(','), numbers.size());
        const std::string number(numbers.substr(1, end - 1));
        numbers.remove_prefix(std::min(end + 1, numbers.size()));
        const Control* control = find_control(*framework, number);
        ASSERT_NE(control, nullptr) << check->id << ": " << id << " " << number;
        EXPECT_NE(std::find(control->checks.begin(), control->checks.end(), check->id),
                  control->checks.end())
            << check->id << ": " << id << " " << number;
        ++compared;
      }
    }
  }
  EXPECT_GT(compared, 40);
}

Finding finding(std::string check, Outcome outcome) {
  Finding result;
  result.check = std::move(check);
  result.outcome = outcome;
  return result;
}

TEST(Frameworks, judge_controls_by_their_worst_finding) {
  const Framework framework{.id = "mine",
                            .name = "Mine",
                            .controls = {{"1", "SSH", {"sg-ingress-world-ssh"}},
                                         {"2", "RDP", {"sg-ingress-world-rdp"}},
                                         {"3", "IMDS", {"imdsv1-allowed"}},
                                         {"4", "SMB", {"sg-ingress-world-smb"}},
                                         {"5", "part", {"sg-ingress-world-ssh", "no-such-check"}},
                                         {"6", "gap", {"sg-ingress-world-rdp", "no-such-check"}}}};
  const std::vector<Finding> findings = {finding("sg-ingress-world-ssh", Outcome::Pass),
                                         finding("sg-ingress-world-ssh", Outcome::Unknown),
                                         finding("sg-ingress-world-ssh", Outcome::Fail),
                                         finding("sg-ingress-world-rdp", Outcome::Pass),
                                         finding("imdsv1-allowed", Outcome::Unknown),
                                         finding("imdsv1-allowed", Outcome::Pass)};
  std::string told;
  for (const ControlResult& result : judge_framework(framework, findings)) {
    told += result.control->id + " " + std::string(text(result.status)) + "\n";
  }
  EXPECT_EQ(told, "1 fail\n2 pass\n3 unknown\n4 nothing to judge\n5 fail\n6 not covered\n");
  EXPECT_EQ(judge_framework(framework, findings).front().failed, 1U);
}

TEST(Frameworks, count_rules_that_open_what_the_control_is_about) {
  const Framework framework{
      .id = "mine",
      .name = "Mine",
      .controls = {{"1", "admin", {"sg-ingress-split-world"}, "tcp/22,3389 udp/3389"}}};
  Finding split = finding("sg-ingress-split-world", Outcome::Fail);
  split.rules = {{.id = "sgr-1", .holder = "sg-1", .peer = "0.0.0.0/1", .services = "tcp/443"}};
  EXPECT_EQ(judge_framework(framework, std::vector<Finding>{split}).front().failed, 0U);
  split.rules.front().services = "tcp/20-25";
  EXPECT_EQ(judge_framework(framework, std::vector<Finding>{split}).front().failed, 1U);
}

TEST(Frameworks, are_decided_by_checks_of_the_catalogue) {
  const auto checks = checks_of(*find_framework("cis-5.0"));
  EXPECT_FALSE(checks.empty());
  EXPECT_TRUE(std::is_sorted(checks.begin(), checks.end(),
                             [](const Check* a, const Check* b) { return a->id < b->id; }));
}

}  // namespace

}  // namespace portolan::checks
