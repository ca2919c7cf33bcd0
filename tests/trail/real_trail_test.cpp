#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <random>
#include <set>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "answers/change_rows.h"
#include "checks/trail.h"
#include "events/events.h"

/// The trail of a real lab account, read and judged: what is known to have happened
/// there is found. SOURCE: see PROVENANCE.md beside the data.
namespace portolan::events {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kGroup = "sg-04cfb7a4712d75b00";

std::vector<fs::path> log_files() {
  std::vector<fs::path> files;
  const char* const data = std::getenv("PORTOLAN_REAL_DATA");
  std::error_code error;
  if (data != nullptr) {
    for (const auto& entry :
         fs::recursive_directory_iterator(fs::path(data) / "cloudtrail", error)) {
      if (entry.path().extension() == ".json") {
        files.push_back(entry.path());
      }
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

Readings read_all(const std::vector<fs::path>& files, bool is_plain = false) {
  TrailReader reader({.is_plain = is_plain});
  Readings readings;
  for (const fs::path& path : files) {
    std::ifstream file(path, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    reader.read(bytes, path.filename().string(), readings);
  }
  return readings;
}

class RealTrail : public testing::Test {
 protected:
  void SetUp() override {
    files_ = log_files();
    if (files_.empty()) {
      GTEST_SKIP() << "needs PORTOLAN_REAL_DATA";
    }
    readings_ = read_all(files_);
    timeline_ = build_timeline(readings_.events);
  }

  /// Intervals of the group that was opened to the world.
  [[nodiscard]] std::vector<Interval> of_group(SubjectKind kind) const {
    std::vector<Interval> found;
    std::copy_if(timeline_.intervals.begin(), timeline_.intervals.end(), std::back_inserter(found),
                 [&](const Interval& each) {
                   return each.subject.kind == kind && each.subject.resource == kGroup;
                 });
    return found;
  }

  /// The one interval of a rule of the group.
  [[nodiscard]] Interval rule(bool is_egress, std::string_view services,
                              std::string_view peer) const {
    std::vector<Interval> found = of_group(SubjectKind::Rule);
    std::erase_if(found, [&](const Interval& each) {
      return each.subject.is_egress != is_egress || !each.subject.services ||
             each.subject.services->text() != services || each.subject.peer != peer ||
             each.is_implied;
    });
    EXPECT_EQ(found.size(), 1U) << services;
    return found.empty() ? Interval{} : found.front();
  }

  std::vector<fs::path> files_;
  Readings readings_;
  Timeline timeline_;
};

TEST_F(RealTrail, IsReadWhole) {
  EXPECT_EQ(readings_.counts.records, 2900U);
  EXPECT_TRUE(readings_.diagnostics.empty());
  const Readings plain = read_all(files_, true);
  EXPECT_EQ(plain.counts, readings_.counts);
  EXPECT_EQ(plain.events.size(), readings_.events.size());
}

TEST_F(RealTrail, CountsByNameAreThoseOfJq) {
  if (std::system("jq --version > /dev/null 2>&1") != 0) {
    GTEST_SKIP() << "needs jq";
  }
  std::string command = "jq -r '.Records[] | .eventSource + \" \" + .eventName'";
  for (const fs::path& path : files_) {
    command += " '" + path.string() + "'";
  }
  std::map<std::string, int> expected;
  FILE* const pipe = popen(command.c_str(), "r");
  ASSERT_NE(pipe, nullptr);
  char source[256];
  char name[256];
  while (std::fscanf(pipe, "%255s %255s", source, name) == 2) {
    if (class_of(source, name)) {
      ++expected[fmt::format("{} {}", source, name)];
    }
  }
  EXPECT_EQ(pclose(pipe), 0);
  std::map<std::string, int> found;
  for (const Event& event : readings_.events) {
    ++found[event.source + " " + event.name];
  }
  EXPECT_EQ(found, expected);
  EXPECT_EQ(found["ec2.amazonaws.com AuthorizeSecurityGroupIngress"], 2);
  EXPECT_EQ(found["ec2.amazonaws.com CreateVpc"], 10);
}

TEST_F(RealTrail, EveryEventHasALineAndEveryLineAnEvent) {
  std::set<std::string> ids;
  for (const answers::ChangeRow& row : answers::change_rows(timeline_)) {
    ids.insert(row.event_id);
  }
  EXPECT_EQ(ids.size() + timeline_.logging.size(), readings_.events.size() - timeline_.duplicates);
  for (const Event& event : timeline_.events) {
    EXPECT_TRUE(ids.contains(event.id)) << event.name;
  }
}

TEST_F(RealTrail, TheShortLivedGroupIsTold) {
  std::vector<std::string> told;
  for (const checks::Detection& each : checks::detect(timeline_, {})) {
    if (each.resource == kGroup && each.exposure == "internet" && each.ports != "any") {
      told.push_back(fmt::format("{} {}{}", each.check, each.opened_at->text(),
                                 each.closed_at ? " " + each.closed_at->text() : ""));
      EXPECT_EQ(each.actor, "arn:aws:iam::123837392027:user/bert-jan");
      EXPECT_EQ(each.closer, each.actor);
    }
  }
  EXPECT_THAT(told, testing::UnorderedElementsAre(
                        "sg-short-lived-group 2023-07-10T12:10:01Z 2023-07-10T12:12:06Z",
                        "sg-short-lived-open 2023-07-10T12:10:08Z 2023-07-10T12:11:57Z",
                        "sg-short-lived-open 2023-07-10T12:10:05Z 2023-07-10T12:12:06Z"));
}

TEST_F(RealTrail, SshStoodOpenToTheWorldFor109Seconds) {
  const Interval ssh = rule(false, "tcp/22", "0.0.0.0/0");
  ASSERT_TRUE(ssh.opened && ssh.closed);
  EXPECT_EQ(ssh.opened->time.text(), "2023-07-10T12:10:08Z");
  EXPECT_EQ(ssh.closed->time.text(), "2023-07-10T12:11:57Z");
  EXPECT_EQ(ssh.length_s(), 109);
  EXPECT_EQ(ssh.end, EndKind::Revoked);
  EXPECT_EQ(ssh.subject.detail, "sgr-0a11552a7d225f5c7");
  EXPECT_EQ(ssh.opened->principal, "arn:aws:iam::123837392027:user/bert-jan");
  EXPECT_EQ(ssh.opened->principal, ssh.closed->principal);
  EXPECT_FALSE(ssh.opened->source.empty() || ssh.opened->agent.empty());

  const auto shorts = short_openings(timeline_);
  const auto found = std::find_if(shorts.begin(), shorts.end(),
                                  [&](const ShortOpening& each) { return each.interval == ssh; });
  ASSERT_NE(found, shorts.end());
  EXPECT_TRUE(found->is_world && found->is_sensitive && found->is_whole_group);
  EXPECT_FALSE(found->has_other_closer);
}

TEST_F(RealTrail, Port443ClosesWithTheGroup) {
  const Interval tls = rule(false, "tcp/443", "0.0.0.0/0");
  ASSERT_TRUE(tls.opened && tls.closed);
  EXPECT_EQ(tls.opened->time.text(), "2023-07-10T12:10:05Z");
  EXPECT_EQ(tls.closed->time.text(), "2023-07-10T12:12:06Z");
  EXPECT_EQ(tls.end, EndKind::Deleted);
  const auto life = of_group(SubjectKind::Group);
  ASSERT_EQ(life.size(), 1U);
  EXPECT_EQ(life[0].opened->time.text(), "2023-07-10T12:10:01Z");
  EXPECT_EQ(life[0].closed->time.text(), "2023-07-10T12:12:06Z");
}

TEST_F(RealTrail, AFailedRevokeChangesNothing) {
  const auto failed =
      std::count_if(timeline_.events.begin(), timeline_.events.end(), [](const Event& event) {
        return event.name == "RevokeSecurityGroupEgress" &&
               event.error_code == "Client.InvalidPermission.NotFound";
      });
  EXPECT_EQ(failed, 1);
  for (const Interval& each : of_group(SubjectKind::Rule)) {
    EXPECT_TRUE(each.opened.has_value()) << each.subject.peer;  // none closes out of nowhere
  }
  // The default egress rule was revoked, and opened anew with one for IPv6.
  EXPECT_EQ(rule(true, "any", "::/0").end, EndKind::Deleted);
  EXPECT_EQ(rule(true, "any", "0.0.0.0/0").end, EndKind::Deleted);
}

TEST_F(RealTrail, AnyOrderOfTheFilesGivesTheSame) {
  std::mt19937 random(5);
  for (int round = 0; round < 5; ++round) {
    std::shuffle(files_.begin(), files_.end(), random);
    const Timeline other = build_timeline(read_all(files_).events);
    EXPECT_EQ(other.intervals, timeline_.intervals);
    ASSERT_EQ(other.events.size(), timeline_.events.size());
    for (std::size_t i = 0; i < other.events.size(); ++i) {
      EXPECT_EQ(other.events[i].id, timeline_.events[i].id);
    }
  }
}

}  // namespace
}  // namespace portolan::events
