#include "tools/trail/trail.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <limits>
#include <map>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "core/time.h"
#include "tools/trail/calls.h"
#include "tools/trail/plants.h"

namespace portolan::trail {

namespace {

constexpr std::int64_t kDay = 86400;
constexpr std::int64_t kMinute = 60;
constexpr std::int64_t kBegin = 1'777'248'000;  // Monday 2026-04-27, midnight

/// The same numbers on every machine, which the distributions of the standard library are not.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    state_ += 0x9E3779B97F4A7C15;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EB;
    return z ^ (z >> 31U);
  }
  int below(int end) { return static_cast<int>(next() % static_cast<std::uint64_t>(end)); }
  bool chance(int percent) { return below(100) < percent; }
  std::string id(std::string_view prefix) { return fmt::format("{}{:017x}", prefix, next() >> 3U); }

 private:
  std::uint64_t state_;
};

struct Rule {
  std::string protocol = "tcp";
  int from = 443;
  int to = 443;
  std::string peer;
  std::string id;  // sgr-…

  [[nodiscard]] bool is_v6() const { return peer.find(':') != std::string::npos; }
  [[nodiscard]] std::string ports() const {
    return from == to ? fmt::format("{}/{}", protocol, from)
                      : fmt::format("{}/{}-{}", protocol, from, to);
  }
};

struct Group {
  std::string id;
  std::vector<Rule> rules;  // open now
};

struct Account {
  std::string id;
  std::string region;
  std::vector<std::string> people;
  std::vector<Group> groups;
};

/// A file that is not complete yet.
struct OpenFile {
  const Account* account = nullptr;
  std::vector<std::string> records;
};

constexpr std::int64_t kHour = 3600;
constexpr int kFileSeconds = 300;  // of deliveries in one file
constexpr int kSoonest = 60;  // nothing is delivered sooner than so many seconds after the call

/// How much of a day's work is done in each hour, in percent of an average hour.
/// Nights are quiet, mornings are not.
int season(int hour) { return hour >= 8 && hour < 18 ? 190 : 36; }

/// `text` with other texts in the places of marks.
std::string filled(std::string_view text,
                   std::initializer_list<std::pair<std::string_view, std::string>> marks) {
  std::string out(text);
  for (const auto& [mark, value] : marks) {
    for (std::size_t at = out.find(mark); at != std::string::npos;
         at = out.find(mark, at + value.size())) {
      out.replace(at, mark.size(), value);
    }
  }
  return out;
}

class Generator {
 public:
  explicit Generator(const Plan& plan) : plan_(plan), random_(plan.seed) {}

  /// Hour by hour; a file is handed on once nothing more can be delivered into it.
  Summary run(const Sink& sink) {
    make_accounts();
    for (int i = 0; i < plan_.planted; ++i) {
      plant(i);
    }
    for (int i = 0; i < plan_.planted_otherwise; ++i) {
      plant_otherwise(plants()[static_cast<std::size_t>(i) % plants().size()]);
    }
    call_everything();
    for (int day = 0; day < plan_.days; ++day) {
      const bool is_weekend = day % 7 >= 5;
      for (Account& account : accounts_) {
        work(account, day, is_weekend ? plan_.changes_a_day / 5 : plan_.changes_a_day);
        if (!is_weekend && random_.chance(30)) {
          deploy(account, day);
        }
      }
      for (int hour = 0; hour < 24; ++hour) {
        const std::int64_t begin = kBegin + day * kDay + hour * kHour;
        for (const Account& account : accounts_) {
          chatter(account, begin, others_in(hour, is_weekend));
        }
        hand_on(begin + kHour, sink);
      }
    }
    hand_on(std::numeric_limits<std::int64_t>::max() / 2, sink);
    std::sort(made_.planted.begin(), made_.planted.end());
    return std::move(made_);
  }

 private:
  void make_accounts() {
    constexpr std::array<std::string_view, 3> kRegions = {"eu-west-1", "us-east-1",
                                                          "ap-southeast-2"};
    for (int i = 0; i < plan_.accounts; ++i) {
      // One begins with zeros, which the XML dialect loses.
      Account account{.id = fmt::format("{:012}", i == 0 ? 12345678 : 210000000000 + i),
                      .region = std::string(kRegions[static_cast<std::size_t>(i) % 3])};
      for (const std::string_view name : {"ann", "bob", "cid"}) {
        account.people.push_back(fmt::format("arn:aws:iam::{}:user/{}", account.id, name));
      }
      account.people.push_back(
          fmt::format("arn:aws:sts::{}:assumed-role/deploy/run-{}", account.id, i));
      for (int group = 0; group < plan_.groups; ++group) {
        account.groups.push_back({.id = random_.id("sg-")});
      }
      accounts_.push_back(std::move(account));
    }
  }

  /// Whom to hold responsible.
  static std::string principal_of(const Account& account, const std::string& person) {
    return person.find("assumed-role") == std::string::npos
               ? person
               : fmt::format("arn:aws:iam::{}:role/deploy", account.id);
  }

  static std::string identity(const Account& account, const std::string& person) {
    if (person.find("assumed-role") == std::string::npos) {
      return fmt::format(R"({{"type":"IAMUser","arn":"{}","accountId":"{}","userName":"x"}})",
                         person, account.id);
    }
    return fmt::format(
        R"({{"type":"AssumedRole","arn":"{}","accountId":"{}","sessionContext":{{"sessionIssuer":)"
        R"({{"type":"Role","arn":"{}","accountId":"{}"}}}}}})",
        person, account.id, principal_of(account, person), account.id);
  }

  struct Call {
    std::string name;
    std::string request;
    std::string response = R"({"_return":true})";
    std::string error = {};
    std::string source = "ec2.amazonaws.com";
  };

  void record(const Account& account, std::int64_t time, const std::string& person,
              const Call& call) {
    const std::string id = fmt::format("{:08x}-{:04x}-4000-8000-{:012x}", random_.next() >> 32U,
                                       random_.next() >> 48U, random_.next() >> 16U);
    const std::string error =
        call.error.empty() ? "" : fmt::format(R"("errorCode":"{}",)", call.error);
    // A name that stands in a text is no call.
    const std::string agent = random_.chance(5) ? R"(x \"eventName\":\"DeleteSecurityGroup\")"
                                                : "APN/1.0 HashiCorp/1.0 Terraform/1.9.2";
    ++made_.records;
    const std::int64_t delivered =
        time + kSoonest + random_.below(480) + (random_.chance(1) ? 26 * kHour : 0);
    const std::string text = fmt::format(
        R"({{"eventVersion":"1.09","userIdentity":{},"eventTime":"{}","eventSource":"{}",)"
        R"("eventName":"{}","awsRegion":"{}","sourceIPAddress":"198.51.100.{}","userAgent":)"
        R"("{}",{}"requestParameters":{},"responseElements":{},"requestID":"{}","eventID":"{}",)"
        R"("readOnly":false,"eventType":"AwsApiCall","managementEvent":true,)"
        R"("recipientAccountId":"{}","eventCategory":"Management"}})",
        identity(account, person), Time::from_seconds(time).text(), call.source, call.name,
        account.region, random_.below(250), agent, error, call.request,
        call.error.empty() ? call.response : "null", id, id, account.id);
    // One record in twelve is delivered twice.
    for (int copy = 0; copy < (random_.chance(8) ? 2 : 1); ++copy) {
      const std::int64_t minute = (delivered + copy * 600) / kFileSeconds * kFileSeconds;
      OpenFile& file = open_[{minute, path_of(account, minute)}];
      file.account = &account;
      file.records.push_back(text);
    }
  }

  static std::string path_of(const Account& account, std::int64_t minute) {
    const std::string time = Time::from_seconds(minute).text();  // 2026-04-27T08:05:00Z
    return fmt::format(
        "AWSLogs/{0}/CloudTrail/{1}/{2}/{3}/{4}/{0}_CloudTrail_{1}_{2}{3}{4}T{5}{6}Z_{7:016x}.json",
        account.id, account.region, time.substr(0, 4), time.substr(5, 2), time.substr(8, 2),
        time.substr(11, 2), time.substr(14, 2),
        static_cast<std::uint64_t>(minute) * 0x9E3779B97F4A7C15);
  }

  /// The files into which nothing that happens from `now` on is delivered, records in no order.
  void hand_on(std::int64_t now, const Sink& sink) {
    while (!open_.empty() && open_.begin()->first.first + kFileSeconds <= now + kSoonest) {
      auto& [key, file] = *open_.begin();
      std::vector<std::string>& records = file.records;
      for (std::size_t i = records.size(); i > 1; --i) {
        std::swap(records[i - 1],
                  records[static_cast<std::size_t>(random_.below(static_cast<int>(i)))]);
      }
      sink({.path = key.second,
            .text = fmt::format("{{\"Records\":[{}]}}", fmt::join(records, ","))});
      open_.erase(open_.begin());
    }
  }

  static std::string permission(const Rule& rule) {
    const std::string range = fmt::format(R"({{"items":[{{"{}":"{}"}}]}})",
                                          rule.is_v6() ? "cidrIpv6" : "cidrIp", rule.peer);
    return fmt::format(
        R"({{"ipProtocol":"{}","fromPort":{},"toPort":{},"groups":{{}},"ipRanges":{},)"
        R"("ipv6Ranges":{},"prefixListIds":{{}}}})",
        rule.protocol, rule.from, rule.to, rule.is_v6() ? "{}" : range,
        rule.is_v6() ? range : "{}");
  }
  static std::string in_list(const Group& group, const Rule& rule) {
    return fmt::format(R"({{"groupId":"{}","ipPermissions":{{"items":[{}]}}}})", group.id,
                       permission(rule));
  }
  static std::string in_members(const Group& group, const Rule& rule) {
    return fmt::format(
        R"({{"groupId":"{}","ipPermissions":{{}},"ipProtocol":"{}","fromPort":{},"toPort":{},)"
        R"("cidrIp":"{}"}})",
        group.id, rule.protocol, rule.from, rule.to, rule.peer);
  }
  static std::string answer(const Group& group, const Rule& rule) {
    return fmt::format(
        R"({{"_return":true,"securityGroupRuleSet":{{"items":[{{"groupId":"{}",)"
        R"("securityGroupRuleId":"{}","isEgress":false,"ipProtocol":"{}","fromPort":{},"toPort":{},)"
        R"("{}":"{}"}}]}}}})",
        group.id, rule.id, rule.protocol, rule.from, rule.to,
        rule.is_v6() ? "cidrIpv6" : "cidrIpv4", rule.peer);
  }

  void open(const Account& account, std::int64_t time, const std::string& person,
            const Group& group, const Rule& rule) {
    const bool is_flat = !rule.is_v6() && random_.chance(40);
    record(account, time, person,
           {.name = "AuthorizeSecurityGroupIngress",
            .request = is_flat ? in_members(group, rule) : in_list(group, rule),
            .response = rule.id.empty() ? R"({"_return":true})" : answer(group, rule)});
  }
  void close(const Account& account, std::int64_t time, const std::string& person,
             const Group& group, const Rule& rule) {
    const bool is_by_id = !rule.id.empty() && random_.chance(50);
    record(
        account, time, person,
        {.name = "RevokeSecurityGroupIngress",
         .request = is_by_id ? fmt::format(R"({{"groupId":"{}","securityGroupRuleIds":{{"items":)"
                                           R"([{{"securityGroupRuleId":"{}"}}]}}}})",
                                           group.id, rule.id)
                             : in_list(group, rule)});
  }
  void modify(const Account& account, std::int64_t time, const std::string& person,
              const Group& group, const Rule& rule) {
    record(
        account, time, person,
        {.name = "ModifySecurityGroupRules",
         .request = fmt::format(
             R"({{"ModifySecurityGroupRulesRequest":{{"GroupId":"{}","SecurityGroupRule":)"
             R"({{"SecurityGroupRuleId":"{}","SecurityGroupRule":{{"IpProtocol":"{}","FromPort":)"
             R"({},"ToPort":{},"CidrIpv4":"{}"}},"tag":1}}}}}})",
             group.id, rule.id, rule.protocol, rule.from, rule.to, rule.peer),
         .response = R"({"ModifySecurityGroupRulesResponse":{"return":true}})"});
  }

  /// Rules come and stay for days, calls fail, dry runs are tried, tags are set.
  void work(Account& account, int day, int changes) {
    for (int i = 0; i < changes; ++i) {
      const std::int64_t time = kBegin + day * kDay + 8 * 3600 + random_.below(10 * 3600);
      const std::string person = account.people[static_cast<std::size_t>(random_.below(4))];
      Group& group = account.groups[static_cast<std::size_t>(random_.below(plan_.groups))];
      switch (random_.below(5)) {
        case 0: {
          Rule rule{.from = 8000 + next_port_,
                    .to = 8000 + next_port_,
                    .peer = fmt::format("10.{}.0.0/16", random_.below(200)),
                    .id = random_.chance(70) ? random_.id("sgr-") : ""};
          next_port_ = (next_port_ + 1) % kPorts;
          open(account, time, person, group, rule);
          break;
        }
        case 1:  // of a rule that was opened long before the logs
          close(account, time, person, group,
                {.from = 20000 + next_port_, .to = 20000 + next_port_, .peer = "10.0.0.0/8"});
          next_port_ = (next_port_ + 1) % kPorts;
          break;
        case 2:
          record(account, time, person,
                 {.name = "AuthorizeSecurityGroupIngress",
                  .request = in_list(group, {.from = 22, .to = 22, .peer = "0.0.0.0/0"}),
                  .error = random_.chance(50) ? "Client.DryRunOperation"
                                              : "Client.UnauthorizedOperation"});
          break;
        case 3:  // 31 minutes and more are not short
        {
          const Rule rule{.from = 9000 + next_port_,
                          .to = 9000 + next_port_,
                          .peer = "203.0.113.0/24",
                          .id = random_.id("sgr-")};
          next_port_ = (next_port_ + 1) % kPorts;
          open(account, time, person, group, rule);
          close(account, time + 1801 + random_.below(3600), person, group, rule);
        } break;
        default:
          record(
              account, time, person,
              {.name = "CreateSecurityGroup",
               .request = R"({"groupName":"g","groupDescription":"","vpcId":"vpc-1"})",
               .response = fmt::format(R"({{"_return":true,"groupId":"{}"}})", random_.id("sg-"))});
      }
    }
  }

  /// A run of a pipeline: dozens of calls within minutes, whose rules stay.
  void deploy(Account& account, int day) {
    std::int64_t time = kBegin + day * kDay + 9 * kHour + random_.below(8 * 3600);
    Group group{.id = random_.id("sg-")};
    record(account, time, account.people[3],
           {.name = "CreateSecurityGroup",
            .request = R"({"groupName":"d","groupDescription":"","vpcId":"vpc-1"})",
            .response = fmt::format(R"({{"_return":true,"groupId":"{}"}})", group.id)});
    for (int calls = 12 + random_.below(30); calls > 0; --calls) {
      time += random_.below(6);
      const Rule rule{.from = 1024 + calls,
                      .to = 1024 + calls,
                      .peer = fmt::format("10.{}.0.0/16", random_.below(200)),
                      .id = random_.id("sgr-")};
      open(account, time, account.people[3], group, rule);
    }
  }

  /// Each listed call once at least, as its service spells it, so that all shapes are there; but
  /// for those of rules and groups, which have lives of their own here.
  void call_everything() {
    const std::vector<ListedCall> calls = listed_calls();
    for (std::size_t i = 0; plan_.has_all_calls && i < calls.size(); ++i) {
      const Account& account = accounts_[i % accounts_.size()];
      const std::int64_t time = kBegin + random_.below(plan_.days) * kDay + random_.below(86000);
      const CallTexts texts = texts_of(calls[i], static_cast<int>(2 * i));
      const bool is_of_rules = calls[i].source == "ec2.amazonaws.com" &&
                               (calls[i].name.find("SecurityGroupIngress") != std::string::npos ||
                                calls[i].name.find("SecurityGroupEgress") != std::string::npos);
      record(account, time, account.people[static_cast<std::size_t>(random_.below(4))],
             {.name = calls[i].name,
              .request = texts.request,
              .response = texts.response,
              .error = is_of_rules ? "Client.UnauthorizedOperation" : "",
              .source = calls[i].source});
    }
  }

  /// How many records that change no network an account has in an hour.
  [[nodiscard]] std::int64_t others_in(int hour, bool is_weekend) const {
    return plan_.others_a_day * season(hour) * (is_weekend ? 50 : 120) / (24 * 100 * 100);
  }

  /// Records of other services, and of EC2 that change nothing.
  void chatter(const Account& account, std::int64_t begin, std::int64_t count) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kCalls = {
        std::pair{"s3.amazonaws.com", "GetObject"},
        {"sts.amazonaws.com", "AssumeRole"},
        {"ec2.amazonaws.com", "DescribeSecurityGroups"},
        {"kms.amazonaws.com", "Decrypt"},
        {"logs.amazonaws.com", "CreateLogStream"}};
    for (std::int64_t i = 0; i < count; ++i) {
      const auto& [source, name] = kCalls[static_cast<std::size_t>(random_.below(5))];
      record(
          account, begin + random_.below(static_cast<int>(kHour)),
          account.people[static_cast<std::size_t>(random_.below(4))],
          {.name = std::string(name),
           .request = R"({"note":"\"eventName\":\"AuthorizeSecurityGroupIngress\"","n":[{},[]]})",
           .response = "null",
           .source = std::string(source)});
    }
  }

  /// One of every way that a rule is open for a short time.
  void plant(int number) {
    Account& account = accounts_[static_cast<std::size_t>(random_.below(plan_.accounts))];
    const std::int64_t opened = kBegin + random_.below(plan_.days) * kDay + random_.below(80000);
    const std::int64_t closed =
        number % 6 == 0 ? opened + 30 * kMinute : opened + 1 + random_.below(30 * 60);
    const std::string actor = account.people[static_cast<std::size_t>(random_.below(4))];
    const std::string closer =
        random_.chance(30) ? account.people[static_cast<std::size_t>(random_.below(4))] : actor;
    Group group = account.groups[static_cast<std::size_t>(random_.below(plan_.groups))];
    // Ports that nothing else opens, so that no two plants meet.
    Rule rule{.from = 1 + number % 9000 * 7,
              .to = 1 + number % 9000 * 7 + number % 3,
              .peer = "0.0.0.0/0",
              .id = random_.id("sgr-")};
    switch (number % 4) {
      case 0:
        open(account, opened, actor, group, rule);
        close(account, closed, closer, group, rule);
        break;
      case 1: {  // widened and narrowed back
        Rule narrow = rule;
        narrow.peer = "10.1.2.0/24";
        open(account, opened - 90 * kMinute, actor, group, narrow);
        modify(account, opened, actor, group, rule);
        modify(account, closed, closer, group, narrow);
        break;
      }
      case 2:
        rule.peer = "::/0";
        rule.id.clear();
        open(account, opened, actor, group, rule);
        close(account, closed, closer, group, rule);
        break;
      default:  // a group of its own, which takes the rule with it
        group.id = random_.id("sg-");
        record(account, opened - 5, actor,
               {.name = "CreateSecurityGroup",
                .request = R"({"groupName":"t","groupDescription":"","vpcId":"vpc-1"})",
                .response = fmt::format(R"({{"_return":true,"groupId":"{}"}})", group.id)});
        open(account, opened, actor, group, rule);
        record(account, closed, closer,
               {.name = "DeleteSecurityGroup",
                .request = fmt::format(R"({{"groupId":"{}"}})", group.id)});
    }
    made_.planted.push_back({.check = "sg-short-lived-open",
                             .resource = group.id,
                             .ports = rule.ports(),
                             .peer = rule.peer,
                             .opened_at = Time::from_seconds(opened).text(),
                             .closed_at = Time::from_seconds(closed).text(),
                             .actor = actor,
                             .closer = closer});
  }

  void plant_otherwise(const Plant& plant) {
    const Account& account = accounts_[static_cast<std::size_t>(random_.below(plan_.accounts))];
    const std::int64_t opened = kBegin + random_.below(plan_.days) * kDay + random_.below(80000);
    const std::string actor = account.people[static_cast<std::size_t>(random_.below(4))];
    const std::string closer =
        random_.chance(30) ? account.people[static_cast<std::size_t>(random_.below(4))] : actor;
    const std::string digits = random_.id("");
    const auto fill = [&](std::string_view text) {
      return filled(text, {{"#", digits},
                           {"@account", account.id},
                           {"@region", account.region},
                           {"@principal", principal_of(account, actor)}});
    };
    const auto call = [&](const PlantedCall& planted, std::int64_t time, const std::string& who) {
      if (!planted.name.empty()) {
        record(account, time, who,
               {.name = std::string(planted.name),
                .request = fill(planted.request),
                .response = fill(planted.response),
                .source = std::string(planted.source)});
      }
    };
    const auto tell = [&](const Told& told, std::int64_t from, std::optional<std::int64_t> until) {
      if (!told.check.empty()) {
        made_.planted.push_back({.check = std::string(told.check),
                                 .resource = fill(told.resource),
                                 .ports = std::string(told.ports),
                                 .peer = fill(told.peer),
                                 .opened_at = Time::from_seconds(from).text(),
                                 .closed_at = until ? Time::from_seconds(*until).text() : "",
                                 .actor = actor,
                                 .closer = until ? closer : ""});
      }
    };
    const std::int64_t before = opened - 45 * kMinute;
    const std::int64_t closed = opened + 1 + random_.below(30 * 60);
    call(plant.before, before, actor);
    tell(plant.told_before, before, std::nullopt);
    call(plant.opening, opened, actor);
    call(plant.closing, closed, closer);
    tell(plant.told, opened, plant.closing.name.empty() ? std::nullopt : std::optional(closed));
  }

  Plan plan_;
  Random random_;
  std::vector<Account> accounts_;
  std::map<std::pair<std::int64_t, std::string>, OpenFile> open_;  // by minute and path
  Summary made_;
  static constexpr int kPorts = 40000;  // so many are used before the first comes again
  int next_port_ = 0;
};

}  // namespace

Summary generate(const Plan& plan, const Sink& sink) { return Generator(plan).run(sink); }

Generated generate(const Plan& plan) {
  Generated made;
  Summary summary = generate(plan, [&](LogFile&& log) { made.files.push_back(std::move(log)); });
  made.planted = std::move(summary.planted);
  made.records = summary.records;
  return made;
}

}  // namespace portolan::trail
