#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "checks/check.h"
#include "checks/trail_windows.h"
#include "events/events.h"
#include "model/change.h"
#include "reach/difference.h"
#include "reach/moment.h"
#include "reach/reach.h"
#include "tests/support/random.h"

/// A made-up network that somebody changes by calls that CloudTrail records: what it was at any
/// moment is known, so what a snapshot and the records say of it can be held against that. The
/// answers agree or are unknown; and the windows of exposure are what a network that is built from
/// nothing at that moment says.
namespace portolan {
namespace {

using tests::Random;

constexpr int kEnis = 4;
constexpr int kGroups = 3;
const AccountId kAccount = *AccountId::parse("111122223333");
const Region kRegion = *Region::parse("eu-west-1");
const Time kBegin = *Time::parse("2026-05-03T08:00:00Z");

IpPrefix block(std::string_view text) { return *IpPrefix::parse(text); }
IpAddress address(std::string_view text) { return *IpAddress::parse(text); }

template <class Resource>
Resource& add(Inventory& inventory, std::string id) {
  Resource& row = inventory.of<Resource>().emplace_back();
  row.id = {std::move(id)};
  row.owned.account = kAccount;
  row.owned.region = kRegion;
  return row;
}

NetworkAclEntry entry(bool is_egress, int number, bool allows, ServiceSet services) {
  return {.number = number,
          .is_egress = is_egress,
          .allows = allows,
          .cidr = block("0.0.0.0/0"),
          .services = std::move(services)};
}

Route route_to(std::string_view destination, RouteTargetKind kind, std::string id) {
  Route route;
  route.cidr = block(destination);
  route.target = {.kind = kind, .id = std::move(id)};
  return route;
}

SecurityGroupRule rule(int port, RulePeer peer, std::string id) {
  SecurityGroupRule made;
  made.id = {std::move(id)};
  made.services = ServiceSet::tcp(port, port);
  made.peer = std::move(peer);
  made.protocol = "tcp";
  made.from_port = port;
  made.to_port = port;
  return made;
}

Snapshot first_network(bool has_rule_ids) {
  Inventory made;
  add<Vpc>(made, "vpc-1").cidrs = {block("10.0.0.0/16")};
  for (int i = 0; i < 2; ++i) {
    Subnet& subnet = add<Subnet>(made, fmt::format("subnet-{}", i));
    subnet.vpc = {"vpc-1"};
    subnet.cidrs = {block(fmt::format("10.0.{}.0/24", i))};
    NetworkAcl& acl = add<NetworkAcl>(made, fmt::format("acl-{}", i));
    acl.vpc = subnet.vpc;
    acl.subnets = {subnet.id};
    acl.is_default = i == 0;
    acl.entries = {entry(false, 100, true, ServiceSet::all()),
                   entry(true, 100, true, ServiceSet::all())};
    RouteTable& table = add<RouteTable>(made, fmt::format("rtb-{}", i));
    table.vpc = subnet.vpc;
    table.is_main = i == 0;
    table.subnets = {subnet.id};
    table.routes = {route_to("0.0.0.0/0", RouteTargetKind::InternetGateway, "igw-1"),
                    route_to("10.0.0.0/16", RouteTargetKind::Local, "")};
  }
  add<InternetGateway>(made, "igw-1").vpcs = {{"vpc-1"}};
  PrefixList& list = add<PrefixList>(made, "pl-1");
  list.entries = std::vector<PrefixListEntry>{{.cidr = block("8.8.8.0/24"), .description = {}}};
  for (int i = 0; i < kGroups; ++i) {
    SecurityGroup& group = add<SecurityGroup>(made, fmt::format("sg-{}", i));
    group.vpc = {"vpc-1"};
    group.group_name = group.id.text();
    SecurityGroupRule egress = rule(0, block("0.0.0.0/0"), fmt::format("sgr-out{}", i));
    egress.is_egress = true;
    egress.services = ServiceSet::all();
    const std::string id = has_rule_ids ? fmt::format("sgr-in{}", i) : std::string();
    group.rules = {rule(22 + i, block("0.0.0.0/0"), id), egress};
  }
  for (int i = 0; i < kEnis; ++i) {
    NetworkInterface& eni = add<NetworkInterface>(made, fmt::format("eni-{}", i));
    eni.vpc = {"vpc-1"};
    eni.subnet = {fmt::format("subnet-{}", i % 2)};
    eni.instance = {fmt::format("i-{}", i)};
    eni.status = "in-use";
    eni.interface_type = "interface";
    eni.groups = {{fmt::format("sg-{}", i % kGroups)}};
    eni.addresses = {
        {.private_ip = address(fmt::format("10.0.{}.{}", i % 2, 10 + i)),
         .public_ip = i < 2 ? std::optional(address(fmt::format("3.3.3.{}", i))) : std::nullopt,
         .is_primary = true}};
    Instance& instance = add<Instance>(made, fmt::format("i-{}", i));
    instance.vpc = eni.vpc;
    instance.subnet = eni.subnet;
    instance.state = InstanceState::Running;
    instance.interfaces = {eni.id};
  }
  for (int noun = 0; noun <= static_cast<int>(Noun::Functions); ++noun) {
    made.coverage.add(static_cast<Noun>(noun), kAccount, kRegion);
  }
  return Snapshot(std::move(made));
}

/// What the records of calls tell.
enum class Records {
  AsTheyCome,
  TellAll,  // what is named by its id was made in the logs
};

/// The network, and the calls that change it.
class World {
 public:
  explicit World(std::uint64_t seed, Records records = Records::AsTheyCome)
      : random_(seed), tells_all_(records == Records::TellAll) {
    states_.push_back(first_network(!tells_all_));
  }

  void live(int calls) {
    for (int i = 0; i < calls; ++i) {
      time_ = Time::from_seconds(time_.seconds() + random_.between(1, 600));
      while (!act()) {
      }
    }
  }

  [[nodiscard]] const Snapshot& at(Time time) const {
    const auto next = std::upper_bound(times_.begin(), times_.end(), time);
    return states_[static_cast<std::size_t>(next - times_.begin())];
  }
  [[nodiscard]] Time end() const { return time_; }
  [[nodiscard]] events::Timeline timeline() const {
    events::TrailReader reader;
    events::Readings readings;
    reader.read(log_, "world.json", readings);
    EXPECT_EQ(readings.events.size(), times_.size());
    EXPECT_TRUE(readings.diagnostics.empty());
    return events::build_timeline(std::move(readings.events));
  }

 private:
  int pick(int count) { return static_cast<int>(random_.between(0, count - 1)); }
  [[nodiscard]] const Snapshot& now() const { return states_.back(); }

  /// False if the call that chance chose makes no sense now.
  bool act() {
    switch (pick(10)) {
      case 0:
      case 1:
        return authorize();
      case 2:
        return revoke();
      case 3:
        return modify();
      case 4:
        return set_entry();
      case 5:
        return remove_entry();
      case 6:
        return set_route();
      case 7:
        return set_address();
      case 8:
        return pick(2) == 0 ? set_groups() : set_attachment();
      default:
        return set_place();
    }
  }

  bool set_place() {
    switch (tells_all_ ? 2 + pick(4) : pick(6)) {
      case 0:
        return set_acl_of_subnet();
      case 1:
        return set_table_of_subnet();
      case 2:
      case 3:
        return set_gateway();
      default:
        return set_list();
    }
  }

  const SecurityGroup& any_group() {
    return *now().find(SecurityGroupId{fmt::format("sg-{}", pick(kGroups))});
  }

  static std::string peer_json(const RulePeer& peer) {
    if (const auto* cidr = std::get_if<IpPrefix>(&peer)) {
      return fmt::format(R"("ipRanges":{{"items":[{{"cidrIp":"{}"}}]}},"prefixListIds":{{}})",
                         cidr->text());
    }
    return fmt::format(R"("ipRanges":{{}},"prefixListIds":{{"items":[{{"prefixListId":"{}"}}]}})",
                       std::get<PrefixListId>(peer).text());
  }

  static std::string permission(const SecurityGroup& group, const SecurityGroupRule& each) {
    return fmt::format(R"({{"groupId":"{}","ipPermissions":{{"items":[{{"ipProtocol":"tcp",)"
                       R"("fromPort":{},"toPort":{},"groups":{{}},"ipv6Ranges":{{}},{}}}]}}}})",
                       group.id.text(), each.from_port, each.to_port, peer_json(each.peer));
  }

  RulePeer any_peer() {
    constexpr std::array<std::string_view, 4> kBlocks = {"0.0.0.0/0", "8.8.8.0/24", "10.0.0.0/16",
                                                         "0.0.0.0/1"};
    const int chosen = pick(5);
    return chosen == 4 ? RulePeer(PrefixListId{"pl-1"})
                       : RulePeer(block(kBlocks.at(static_cast<std::size_t>(chosen))));
  }

  bool authorize() {
    const SecurityGroup& group = any_group();
    const SecurityGroupRule made = rule(20 + pick(6), any_peer(), fmt::format("sgr-{}", ++rules_));
    for (const SecurityGroupRule& each : group.rules) {
      if (permits_same(each, made)) {
        return false;
      }
    }
    const auto* cidr = std::get_if<IpPrefix>(&made.peer);
    const std::string response =
        pick(3) == 0 && !tells_all_
            ? R"({"_return":true})"
            : fmt::format(R"({{"_return":true,"securityGroupRuleSet":{{"items":[{{"groupId":"{}",)"
                          R"("securityGroupRuleId":"{}","isEgress":false,"ipProtocol":"tcp",)"
                          R"("fromPort":{},"toPort":{},{}}}]}}}})",
                          group.id.text(), made.id.text(), made.from_port, made.to_port,
                          cidr != nullptr ? fmt::format(R"("cidrIpv4":"{}")", cidr->text())
                                          : std::string(R"("prefixListId":"pl-1")"));
    return record("AuthorizeSecurityGroupIngress", permission(group, made), response,
                  RuleAdded{group.id, made});
  }

  const SecurityGroupRule* any_rule(const SecurityGroup& group) {
    std::vector<const SecurityGroupRule*> ingress;
    for (const SecurityGroupRule& each : group.rules) {
      if (!each.is_egress) {
        ingress.push_back(&each);
      }
    }
    return ingress.empty()
               ? nullptr
               : ingress[static_cast<std::size_t>(pick(static_cast<int>(ingress.size())))];
  }

  bool revoke() {
    const SecurityGroup& group = any_group();
    const SecurityGroupRule* chosen = any_rule(group);
    if (chosen == nullptr) {
      return false;
    }
    const std::string request =
        pick(2) == 0 || chosen->id.empty()
            ? permission(group, *chosen)
            : fmt::format(R"({{"groupId":"{}","securityGroupRuleIds":{{"items":[)"
                          R"({{"securityGroupRuleId":"{}"}}]}}}})",
                          group.id.text(), chosen->id.text());
    return record("RevokeSecurityGroupIngress", request, R"({"_return":true})",
                  RuleRemoved{group.id, *chosen});
  }

  bool modify() {
    const SecurityGroup& group = any_group();
    const SecurityGroupRule* chosen = any_rule(group);
    if (chosen == nullptr || chosen->id.empty()) {
      return false;
    }
    const SecurityGroupRule after = rule(20 + pick(6), any_peer(), chosen->id.text());
    for (const SecurityGroupRule& each : group.rules) {
      if (permits_same(each, after)) {
        return false;
      }
    }
    const auto* cidr = std::get_if<IpPrefix>(&after.peer);
    const std::string request = fmt::format(
        R"({{"ModifySecurityGroupRulesRequest":{{"GroupId":"{}","SecurityGroupRule":)"
        R"({{"SecurityGroupRuleId":"{}","SecurityGroupRule":{{"IpProtocol":"tcp","FromPort":{},)"
        R"("ToPort":{},{}}},"tag":1}}}}}})",
        group.id.text(), chosen->id.text(), after.from_port, after.to_port,
        cidr != nullptr ? fmt::format(R"("CidrIpv4":"{}")", cidr->text())
                        : std::string(R"("PrefixListId":"pl-1")"));
    return record("ModifySecurityGroupRules", request, R"({"_return":true})",
                  RuleModified{group.id, *chosen, after});
  }

  bool set_entry() {
    const NetworkAcl& acl = *now().find(NetworkAclId{fmt::format("acl-{}", pick(2))});
    const int port = 20 + pick(6);
    const NetworkAclEntry made =
        entry(false, 90 + 10 * pick(2), pick(2) == 0,
              pick(3) == 0 ? ServiceSet::all() : ServiceSet::tcp(port, port));
    const bool is_there = std::any_of(acl.entries.begin(), acl.entries.end(), [&](const auto& old) {
      return !old.is_egress && old.number == made.number;
    });
    const bool is_all = made.services == ServiceSet::all();
    const std::string request = fmt::format(
        R"({{"networkAclId":"{}","ruleNumber":{},"egress":false,"ruleAction":"{}",)"
        R"("aclProtocol":"{}","cidrBlock":"0.0.0.0/0","icmpTypeCode":{{}},"portRange":{}}})",
        acl.id.text(), made.number, made.allows ? "allow" : "deny", is_all ? "-1" : "6",
        is_all ? "{}" : fmt::format(R"({{"from":{},"to":{}}})", port, port));
    return record(is_there ? "ReplaceNetworkAclEntry" : "CreateNetworkAclEntry", request,
                  R"({"_return":true})", AclEntrySet{acl.id, made});
  }

  bool remove_entry() {
    const NetworkAcl& acl = *now().find(NetworkAclId{fmt::format("acl-{}", pick(2))});
    for (const NetworkAclEntry& each : acl.entries) {
      if (!each.is_egress && each.number == 90) {
        return record(
            "DeleteNetworkAclEntry",
            fmt::format(R"({{"networkAclId":"{}","ruleNumber":90,"egress":false}})", acl.id.text()),
            R"({"_return":true})",
            AclEntryRemoved{.acl = acl.id, .is_egress = false, .number = 90});
      }
    }
    return false;
  }

  bool set_route() {
    const RouteTable& table = *now().find(RouteTableId{fmt::format("rtb-{}", pick(2))});
    const bool is_there = table.routes.size() > 1;
    const Route made = route_to("0.0.0.0/0", RouteTargetKind::InternetGateway, "igw-1");
    if (is_there) {
      return record("DeleteRoute",
                    fmt::format(R"({{"routeTableId":"{}","destinationCidrBlock":"0.0.0.0/0"}})",
                                table.id.text()),
                    R"({"_return":true})", RouteRemoved{table.id, *made.cidr});
    }
    return record("CreateRoute",
                  fmt::format(R"({{"routeTableId":"{}","destinationCidrBlock":"0.0.0.0/0",)"
                              R"("gatewayId":"igw-1"}})",
                              table.id.text()),
                  R"({"_return":true})", RouteSet{table.id, made});
  }

  bool set_address() {
    const int number = pick(kEnis);
    const NetworkInterfaceId id{fmt::format("eni-{}", number)};
    const NetworkInterface& eni = *now().find(id);
    const InterfaceAddress& own = eni.addresses.front();
    if (own.public_ip) {
      const auto known = associations_.find(id.text());
      if (known == associations_.end()) {
        return false;
      }
      const std::string request = fmt::format(R"({{"associationId":"{}"}})", known->second);
      associations_.erase(known);
      return record("DisassociateAddress", request, R"({"_return":true})",
                    PublicAddressSet{
                        .interface = id, .private_ip = own.private_ip, .public_ip = std::nullopt});
    }
    const std::string association = fmt::format("eipassoc-{}", ++rules_);
    associations_[id.text()] = association;
    const IpAddress given = address(fmt::format("3.3.3.{}", number));
    return record(
        "AssociateAddress",
        fmt::format(R"({{"publicIp":"{}","networkInterfaceId":"{}"}})", given.text(), id.text()),
        fmt::format(R"({{"_return":true,"associationId":"{}"}})", association),
        PublicAddressSet{.interface = id, .private_ip = own.private_ip, .public_ip = given});
  }

  bool set_groups() {
    const NetworkInterfaceId id{fmt::format("eni-{}", pick(kEnis))};
    NetworkInterface row = *now().find(id);
    const SecurityGroupId group{fmt::format("sg-{}", pick(kGroups))};
    if (row.groups == std::vector{group}) {
      return false;
    }
    row.groups = {group};
    return record("ModifyNetworkInterfaceAttribute",
                  fmt::format(R"({{"networkInterfaceId":"{}","groupSet":{{"items":[)"
                              R"({{"groupId":"{}"}}]}}}})",
                              id.text(), group.text()),
                  R"({"_return":true})",
                  ResourceSet{std::make_shared<const NetworkInterface>(std::move(row))});
  }

  /// An interface is taken from its instance, or given back to it.
  bool set_attachment() {
    const int number = pick(kEnis);
    NetworkInterface row = *now().find(NetworkInterfaceId{fmt::format("eni-{}", number)});
    const InstanceId own{fmt::format("i-{}", number)};
    const auto known = attachments_.find(row.id.text());
    const bool is_attached = !row.instance.empty();
    const std::string attachment = is_attached && known != attachments_.end()
                                       ? known->second
                                       : fmt::format("eni-attach-{}", ++rules_);
    attachments_[row.id.text()] = attachment;
    row.instance = is_attached ? InstanceId{} : own;
    row.status = is_attached ? "available" : "in-use";
    const std::string id = row.id.text();
    const Change change = ResourceSet{std::make_shared<const NetworkInterface>(std::move(row))};
    return is_attached ? record("DetachNetworkInterface",
                                fmt::format(R"({{"attachmentId":"{}"}})", attachment),
                                R"({"_return":true})", change)
                       : record("AttachNetworkInterface",
                                fmt::format(R"({{"networkInterfaceId":"{}","instanceId":"{}",)"
                                            R"("deviceIndex":0}})",
                                            id, own.text()),
                                fmt::format(R"({{"attachmentId":"{}"}})", attachment), change);
  }

  /// The subnet's association with a NACL or table: its id, and after it that of the next one.
  std::string next_association(const std::string& key, const std::string& kind) {
    std::string& current = places_[key];
    std::string before = current.empty() ? kind + "-first-" + key : current;
    current = fmt::format("{}-{}", kind, ++rules_);
    return before;
  }

  template <class Part>
  bool move_subnet(const std::string& kind, std::string_view call, std::string_view member) {
    const SubnetId subnet{fmt::format("subnet-{}", pick(2))};
    const std::string part = fmt::format("{}-{}", kind, pick(2));
    Part to = *now().find(Id<Part>{part});
    Part from = *now().find(Id<Part>{fmt::format("{}-{}", kind, part.back() == '0' ? 1 : 0)});
    if (std::find(to.subnets.begin(), to.subnets.end(), subnet) != to.subnets.end()) {
      return false;
    }
    std::erase(from.subnets, subnet);
    to.subnets.insert(std::upper_bound(to.subnets.begin(), to.subnets.end(), subnet), subnet);
    const std::string key = kind + "/" + subnet.text();
    const std::string before = next_association(key, kind + "assoc");
    const Change taken = ResourceSet{std::make_shared<const Part>(std::move(from))};
    const Change given = ResourceSet{std::make_shared<const Part>(std::move(to))};
    return record(call, fmt::format(R"({{"associationId":"{}","{}":"{}"}})", before, member, part),
                  fmt::format(R"({{"newAssociationId":"{}"}})", places_[key]),
                  std::vector{taken, given});
  }

  bool set_acl_of_subnet() {
    return move_subnet<NetworkAcl>("acl", "ReplaceNetworkAclAssociation", "networkAclId");
  }
  bool set_table_of_subnet() {
    return move_subnet<RouteTable>("rtb", "ReplaceRouteTableAssociation", "routeTableId");
  }

  bool set_list() {
    const PrefixList& list = *now().find(PrefixListId{"pl-1"});
    const IpPrefix all = block("0.0.0.0/0");
    const bool is_there = std::any_of(list.entries->begin(), list.entries->end(),
                                      [&](const auto& each) { return each.cidr == all; });
    const std::string request =
        fmt::format(R"({{"ModifyManagedPrefixListRequest":{{"PrefixListId":"pl-1","{}":)"
                    R"({{"Cidr":"0.0.0.0/0","tag":1}}}}}})",
                    is_there ? "RemoveEntry" : "AddEntry");
    return record("ModifyManagedPrefixList", request, "null",
                  is_there ? Change(PrefixListEntryRemoved{list.id, all})
                           : Change(PrefixListEntrySet{list.id, {.cidr = all, .description = {}}}));
  }

  bool set_gateway() {
    InternetGateway row = *now().find(InternetGatewayId{"igw-1"});
    const bool is_attached = !row.vpcs.empty();
    row.vpcs = is_attached ? std::vector<VpcId>{} : std::vector<VpcId>{{"vpc-1"}};
    return record(is_attached ? "DetachInternetGateway" : "AttachInternetGateway",
                  R"({"internetGatewayId":"igw-1","vpcId":"vpc-1"})", R"({"_return":true})",
                  ResourceSet{std::make_shared<const InternetGateway>(std::move(row))});
  }

  bool record(std::string_view name, const std::string& request, const std::string& response,
              const Change& change) {
    return record(name, request, response, std::vector{change});
  }

  bool record(std::string_view name, const std::string& request, const std::string& response,
              const std::vector<Change>& changes) {
    auto applied = apply_changes(now(), changes);
    EXPECT_TRUE(applied.has_value()) << applied.error().message;
    if (!applied || applied->rows.empty()) {
      return false;
    }
    states_.push_back(std::move(applied->snapshot));
    times_.push_back(time_);
    log_ += fmt::format(
        R"({{"eventVersion":"1.09","userIdentity":{{"type":"IAMUser","arn":)"
        R"("arn:aws:iam::111122223333:user/ann"}},"eventTime":"{}","eventSource":)"
        R"("ec2.amazonaws.com","eventName":"{}","awsRegion":"eu-west-1","requestParameters":{},)"
        R"("responseElements":{},"eventID":"event-{}","recipientAccountId":"111122223333"}})"
        "\n",
        time_.text(), name, request, response, times_.size());
    return true;
  }

  Random random_;
  bool tells_all_;
  Time time_ = kBegin;
  std::vector<Snapshot> states_;
  std::vector<Time> times_;
  std::string log_;
  int rules_ = 0;
  std::map<std::string, std::string> associations_;  // of public addresses
  std::map<std::string, std::string> attachments_;
  std::map<std::string, std::string> places_;  // associations of subnets
};

struct Reached {
  ServiceSet open;
  ServiceSet doubtful;
};

Reached reached(const Snapshot& snapshot, int eni) {
  const reach::Network network = reach::build(snapshot);
  const auto question = reach::parse_question(fmt::format("internet -> eni-{} any", eni));
  const auto answer = reach::ask(network, *question);
  EXPECT_TRUE(answer.has_value());
  Reached made{.open = answer->passage.yes.united(answer->passage.depends), .doubtful = {}};
  made.doubtful = answer->passage.unknown.without(made.open);
  return made;
}

Reached in_windows(const std::vector<checks::ExposureWindow>& windows, int eni, Time time) {
  Reached made;
  for (const checks::ExposureWindow& each : windows) {
    const bool is_then = (!each.from || *each.from <= time) && (!each.until || time < *each.until);
    if (is_then && each.resource == fmt::format("eni-{}", eni)) {
      ServiceSet& into = each.is_certain ? made.open : made.doubtful;
      into = into.united(each.services);
    }
  }
  return made;
}

class Past : public testing::TestWithParam<std::uint64_t> {};

TEST_P(Past, agrees_with_the_network_as_it_was_or_is_unknown) {
  constexpr int kCalls = 120;
  constexpr int kLooks = 40;
  World world(GetParam());
  world.live(kCalls);
  const events::Timeline timeline = world.timeline();
  Random random(GetParam() * 31);
  const std::int64_t length = world.end().seconds() - kBegin.seconds();
  const auto any_time = [&] {
    return Time::from_seconds(kBegin.seconds() + random.between(0, static_cast<int>(length)));
  };
  int sure = 0;
  int looks = 0;
  for (int anchors = 0; anchors < 3; ++anchors) {
    const Time taken = anchors == 0 ? world.end() : any_time();
    const events::NetworkPast past({.snapshot = world.at(taken), .taken = taken}, timeline,
                                   {.first = kBegin, .last = world.end()});
    const auto windows = checks::exposure_windows(past);
    for (int look = 0; look < kLooks; ++look) {
      const Time time = any_time();
      const Snapshot then = *past.at(time);
      for (int eni = 0; eni < kEnis; ++eni) {
        const Reached told = reached(then, eni);
        const Reached truth = reached(world.at(time), eni);
        EXPECT_TRUE(truth.doubtful.empty());
        EXPECT_EQ(told.open.without(told.doubtful), truth.open.without(told.doubtful))
            << "eni-" << eni << " at " << time.text() << ", taken at " << taken.text()
            << ", unknown " << told.doubtful.text();
        const Reached window = in_windows(windows, eni, time);
        EXPECT_EQ(window.open.text(), told.open.text()) << "eni-" << eni << " at " << time.text();
        EXPECT_EQ(window.doubtful.text(), told.doubtful.text())
            << "eni-" << eni << " at " << time.text();
        ++looks;
        sure += told.doubtful.empty() ? 1 : 0;
      }
    }
  }
  fmt::print("{} of {} answers are sure\n", sure, looks);
  EXPECT_GT(sure * 3, looks);
}

/// Every pair of interfaces whose connections differ, and how.
std::vector<std::string> changed(const reach::Moment& before, const reach::Moment& after) {
  std::vector<std::string> lines;
  const reach::Difference difference = reach::difference(before, after);
  const auto names = [](const reach::EndClass& end) {
    std::string all = end.interfaces.empty() ? end.place.id : "";
    for (const NetworkInterface* each : end.interfaces) {
      all += each->id.text() + " ";
    }
    return end.kind == reach::EndClass::Kind::Outside && end.place.address
               ? end.place.address->text()
               : all;
  };
  for (const reach::ConnectionChange& change : difference.changes()) {
    for (const std::uint32_t source : change.sources) {
      lines.push_back(fmt::format("{} -> {} {} {} {}", names(difference.source(source)),
                                  names(difference.target(change.target)), change.services.text(),
                                  static_cast<int>(change.before), static_cast<int>(change.after)));
    }
  }
  std::sort(lines.begin(), lines.end());
  return lines;
}

/// What is judged, without the ids of rules: calls that answer `_return` only do not tell them.
std::vector<std::string> judged(const Snapshot& snapshot) {
  const reach::Network network = reach::build(snapshot);
  const checks::Config config;
  const checks::Context context(network, config);
  std::vector<std::string> lines;
  for (const Finding& each : checks::audit(context)) {
    lines.push_back(fmt::format("{} {} {} {} {} {}", each.check, each.resource, text(each.outcome),
                                text(each.risk), each.is_latent, each.message));
  }
  std::sort(lines.begin(), lines.end());
  return lines;
}

std::vector<std::string> only_in_one(const std::vector<std::string>& a,
                                     const std::vector<std::string>& b) {
  std::vector<std::string> lines;
  std::set_symmetric_difference(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(lines));
  return lines;
}

/// Where nothing is left open, connections and findings are those of a snapshot of that moment,
/// and so is the difference between two moments.
TEST_P(Past, gives_the_connections_and_findings_of_a_snapshot_of_that_moment) {
  constexpr int kCalls = 250;
  constexpr int kLooks = 12;
  World world(GetParam() + 100, Records::TellAll);
  world.live(kCalls);
  const events::Timeline timeline = world.timeline();
  Random random(GetParam() * 37);
  const auto length = static_cast<int>(world.end().seconds() - kBegin.seconds());
  const events::NetworkPast past({.snapshot = world.at(world.end()), .taken = world.end()},
                                 timeline, {.first = kBegin, .last = world.end()});
  int sure = 0;
  std::shared_ptr<const reach::Moment> told_before;
  std::shared_ptr<const reach::Moment> true_before;
  for (int look = 0; look < kLooks; ++look) {
    const Time time = Time::from_seconds(kBegin.seconds() + random.between(length / 5 * 4, length));
    if (!past.gaps_at(time).empty()) {
      continue;
    }
    ++sure;
    const auto told = reach::Moment::of(*past.at(time));
    const auto truth = reach::Moment::of(world.at(time));
    EXPECT_TRUE(reach::difference(*told, *truth).changes().empty()) << time.text();
    EXPECT_THAT(only_in_one(judged(told->snapshot()), judged(truth->snapshot())),
                testing::IsEmpty())
        << time.text();
    if (told_before != nullptr) {
      EXPECT_EQ(changed(*told_before, *told), changed(*true_before, *truth)) << time.text();
    }
    told_before = told;
    true_before = truth;
  }
  fmt::print("{} of {} moments are known in full\n", sure, kLooks);
  EXPECT_GT(sure, 0);
}

INSTANTIATE_TEST_SUITE_P(Seeds, Past, testing::Range<std::uint64_t>(1, 13));

}  // namespace
}  // namespace portolan
