#include "checks/framework.h"

#include <algorithm>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "checks/check.h"
#include "checks/endpoint_names.h"
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
      for (const std::string_view check : control.checks) {
        EXPECT_NE(find_check(check), nullptr) << control.id << ' ' << check;
      }
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
  for (const ControlResult& result : judge_framework(framework, findings, {})) {
    told += result.control->id + " " + std::string(text(result.status)) + "\n";
  }
  EXPECT_EQ(told, "1 fail\n2 pass\n3 unknown\n4 nothing to judge\n5 fail\n6 not covered\n");
  EXPECT_EQ(judge_framework(framework, findings, {}).front().failed, 1U);
}

TEST(Frameworks, count_rules_that_open_what_the_control_is_about) {
  const Framework framework{
      .id = "mine",
      .name = "Mine",
      .controls = {{"1", "admin", {"sg-ingress-split-world"}, "tcp/22,3389 udp/3389"}}};
  Finding split = finding("sg-ingress-split-world", Outcome::Fail);
  split.rules = {{.id = "sgr-1", .holder = "sg-1", .peer = "0.0.0.0/1", .services = "tcp/443"}};
  EXPECT_EQ(judge_framework(framework, std::vector<Finding>{split}, {}).front().failed, 0U);
  split.rules.front().services = "tcp/20-25";
  EXPECT_EQ(judge_framework(framework, std::vector<Finding>{split}, {}).front().failed, 1U);
}

/// The status of a control of a framework, from findings about one group.
std::string status(std::string_view framework, std::string_view id,
                   const std::vector<Finding>& findings, const Snapshot& snapshot = {}) {
  for (const ControlResult& result :
       judge_framework(*find_framework(framework), findings, snapshot)) {
    if (result.control->id == id) {
      return std::string(text(result.status));
    }
  }
  return "no such control";
}

std::vector<Finding> open_to(std::string peer, std::string services) {
  Finding open = finding("sg-ingress-world-ssh", Outcome::Fail);
  open.rules = {
      {.id = "sgr-1", .holder = "sg-1", .peer = std::move(peer), .services = std::move(services)}};
  return {open};
}

TEST(Frameworks, ask_for_each_address_family_apart) {
  const auto v4 = open_to("0.0.0.0/0", "tcp/22");
  const auto v6 = open_to("::/0", "tcp/22");
  EXPECT_EQ(status("cis-5.0", "5.3", v4), "fail");
  EXPECT_EQ(status("cis-5.0", "5.4", v4), "pass");
  EXPECT_EQ(status("cis-5.0", "5.3", v6), "pass");
  EXPECT_EQ(status("cis-5.0", "5.4", v6), "fail");
  EXPECT_EQ(status("cis-7.0", "6.4", v4), "pass");
  // There is one control only.
  EXPECT_EQ(status("cis-1.4", "5.2", v6), "fail");
  EXPECT_EQ(status("fsbp", "EC2.13", v6), "fail");
}

TEST(Frameworks, ask_a_prefix_list_for_the_families_of_its_entries) {
  const auto listed = open_to("pl-1", "tcp/22");
  EXPECT_EQ(status("cis-5.0", "5.3", listed), "fail");
  EXPECT_EQ(status("cis-5.0", "5.4", listed), "fail");
  Inventory inventory;
  inventory.of<PrefixList>().push_back(
      {.id = PrefixListId{"pl-1"},
       .entries = {{{.cidr = *IpPrefix::parse("0.0.0.0/0"), .description = {}}}}});
  const Snapshot snapshot(std::move(inventory));
  EXPECT_EQ(status("cis-5.0", "5.3", listed, snapshot), "fail");
  EXPECT_EQ(status("cis-5.0", "5.4", listed, snapshot), "pass");
}

TEST(Frameworks, of_admin_ports_count_udp_as_well) {
  EXPECT_EQ(status("cis-5.0", "5.3", open_to("0.0.0.0/0", "udp/22")), "fail");
  EXPECT_EQ(status("fsbp", "EC2.13", open_to("0.0.0.0/0", "udp/22")), "fail");
}

TEST(Frameworks, ask_for_one_endpoint_in_each_control) {
  Finding missing = finding("vpc-endpoint-missing", Outcome::Fail);
  const std::vector<std::string> services = {"ecr.dkr", "ssm"};
  missing.message = missing_endpoints_text(2, services);
  const std::vector<Finding> findings = {missing};
  EXPECT_EQ(status("fsbp", "EC2.10", findings), "pass");
  EXPECT_EQ(status("fsbp", "EC2.55", findings), "pass");
  EXPECT_EQ(status("fsbp", "EC2.56", findings), "fail");
  EXPECT_EQ(status("fsbp", "EC2.57", findings), "fail");
  EXPECT_EQ(status("fsbp", "EC2.58", findings), "not covered");
  EXPECT_EQ(status("fsbp", "EC2.60", findings), "not covered");
  EXPECT_EQ(status("cis-7.0", "6.8", findings), "fail");
  missing.outcome = Outcome::Unknown;
  missing.message = "not known";
  EXPECT_EQ(status("fsbp", "EC2.10", {missing}), "unknown");
}

TEST(Frameworks, are_decided_by_checks_of_the_catalogue) {
  const auto checks = checks_of(*find_framework("cis-5.0"));
  EXPECT_FALSE(checks.empty());
  EXPECT_TRUE(std::is_sorted(checks.begin(), checks.end(),
                             [](const Check* a, const Check* b) { return a->id < b->id; }));
}

}  // namespace

}  // namespace portolan::checks
