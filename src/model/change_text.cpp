#include "model/change_text.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "core/text.h"

namespace portolan {

namespace {

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : text) {
    if (c == ' ' || c == '\t') {
      if (!word.empty()) {
        words.push_back(std::move(word));
        word.clear();
      }
    } else {
      word += c;
    }
  }
  if (!word.empty()) {
    words.push_back(std::move(word));
  }
  return words;
}

struct TargetPrefix {
  std::string_view prefix;
  RouteTargetKind kind;
};

constexpr std::array<TargetPrefix, 12> kTargets{{
    {"igw-", RouteTargetKind::InternetGateway},
    {"eigw-", RouteTargetKind::EgressOnlyInternetGateway},
    {"nat-", RouteTargetKind::NatGateway},
    {"eni-", RouteTargetKind::NetworkInterface},
    {"pcx-", RouteTargetKind::VpcPeering},
    {"tgw-", RouteTargetKind::TransitGateway},
    {"vpce-", RouteTargetKind::VpcEndpoint},
    {"vgw-", RouteTargetKind::VpnGateway},
    {"cagw-", RouteTargetKind::CarrierGateway},
    {"lgw-", RouteTargetKind::LocalGateway},
    {"local", RouteTargetKind::Local},
    {"blackhole", RouteTargetKind::Unknown},
}};

/// Reads one change; each method the words of one kind of it.
class Reader {
 public:
  Reader(const Snapshot& snapshot, std::string_view text)
      : snapshot_(snapshot), text_(text), words_(words_of(text)) {}

  Result<Change> read() const {
    if (words_.size() < 2) {
      return wrong("a resource and what becomes of it, as in `sg-0a1b +ingress tcp/22 10.0.0.0/8`");
    }
    const std::string& resource = words_[0];
    const std::string& verb = words_[1];
    if (verb == "deleted") {
      return deleted();
    }
    if (verb == "+tag" || verb == "-tag") {
      return tag();
    }
    if (resource.starts_with("sg-") || resource.starts_with("sg:")) {
      return rule();
    }
    if (resource.starts_with("eni-")) {
      return interface();
    }
    if (resource.starts_with("acl-")) {
      return entry();
    }
    if (resource.starts_with("rtb-")) {
      return route();
    }
    if (resource.starts_with("pl-")) {
      return list_entry();
    }
    if (resource.starts_with("pcx-")) {
      return peering();
    }
    return wrong("a resource that can be edited: sg-…, sg:NAME, eni-…, acl-…, rtb-…, pl-…, pcx-…");
  }

 private:
  [[nodiscard]] tl::unexpected<Error> wrong(std::string_view expected) const {
    return fail("bad_change",
                fmt::format("in the change `{}`, expected {}", printable(text_), expected));
  }

  [[nodiscard]] bool has_words(std::size_t count) const { return words_.size() == count; }

  [[nodiscard]] Result<IpPrefix> block(const std::string& word) const {
    if (auto prefix = IpPrefix::parse(word)) {
      return *prefix;
    }
    if (const auto address = IpAddress::parse(word)) {
      return IpPrefix(*address, address->is_v4() ? 32 : 128);
    }
    return wrong(fmt::format("a CIDR instead of `{}`", printable(word)));
  }

  [[nodiscard]] Result<ServiceSet> services(const std::string& word) const {
    auto services = ServiceSet::parse(word);
    if (!services) {
      return wrong(fmt::format("a service instead of `{}`: any, tcp/22, tcp/80,443, icmp/8 …",
                               printable(word)));
    }
    return services;
  }

  [[nodiscard]] Result<SecurityGroupId> group(const std::string& word) const {
    if (word.starts_with("sg-")) {
      return SecurityGroupId{word};
    }
    if (!word.starts_with("sg:")) {
      return wrong(fmt::format("sg-… or sg:NAME instead of `{}`", printable(word)));
    }
    std::vector<std::string> ids;
    for (const SecurityGroup& each : snapshot_.all<SecurityGroup>()) {
      if (each.group_name == word.substr(3)) {
        ids.push_back(each.id.value);
      }
    }
    if (ids.empty()) {
      return fail("no_such_resource",
                  fmt::format("no security group is called `{}`", printable(word.substr(3))));
    }
    if (ids.size() > 1) {
      return fail("ambiguous_name",
                  fmt::format("`{}` is the name of {}", printable(word), joined(ids, ", ")));
    }
    return SecurityGroupId{ids.front()};
  }

  [[nodiscard]] Result<RulePeer> peer(const std::string& word) const {
    if (word.starts_with("sg-") || word.starts_with("sg:")) {
      return RulePeer(GroupReference{.group = TRY(group(word))});
    }
    if (word.starts_with("pl-")) {
      return RulePeer(PrefixListId{word});
    }
    return RulePeer(TRY(block(word)));
  }

  /// `+ingress`: true, true.
  struct Verb {
    bool adds = false;
    bool is_egress = false;
  };
  [[nodiscard]] std::optional<Verb> verb() const {
    const std::string& word = words_[1];
    const std::string_view rest = std::string_view(word).substr(1);
    if ((word[0] != '+' && word[0] != '-') || (rest != "ingress" && rest != "egress")) {
      return std::nullopt;
    }
    return Verb{.adds = word[0] == '+', .is_egress = rest == "egress"};
  }

  [[nodiscard]] Result<Change> rule() const {
    const auto what = verb();
    if (!what || !has_words(4)) {
      return wrong("`+ingress SERVICE PEER`, or -ingress, +egress, -egress");
    }
    const SecurityGroupId id = TRY(group(words_[0]));
    SecurityGroupRule rule;
    rule.is_egress = what->is_egress;
    rule.services = TRY(services(words_[2]));
    rule.protocol = rule.services.is_all() ? "-1" : words_[2].substr(0, words_[2].find('/'));
    rule.peer = TRY(peer(words_[3]));
    return what->adds ? Change(RuleAdded{id, std::move(rule)})
                      : Change(RuleRemoved{id, std::move(rule)});
  }

  [[nodiscard]] Result<Change> interface() const {
    const NetworkInterfaceId id{words_[0]};
    const std::string& verb = words_[1];
    if ((verb == "+group" || verb == "-group") && has_words(3)) {
      const SecurityGroupId other = TRY(group(words_[2]));
      return verb[0] == '+' ? Change(GroupAttached{id, other}) : Change(GroupDetached{id, other});
    }
    if ((verb == "+public" || verb == "-public") && (has_words(3) || has_words(4))) {
      const auto address = IpAddress::parse(words_[2]);
      if (!address) {
        return wrong(fmt::format("an address instead of `{}`", printable(words_[2])));
      }
      const IpAddress own = TRY(private_address(id, *address, verb[0] == '-'));
      return Change(
          PublicAddressSet{id, own, verb[0] == '+' ? std::optional(*address) : std::nullopt});
    }
    return wrong("`+group sg-…`, `-group sg-…`, `+public ADDRESS [PRIVATE]` or `-public ADDRESS`");
  }

  /// Which private address a public one is mapped to.
  [[nodiscard]] Result<IpAddress> private_address(const NetworkInterfaceId& id,
                                                  const IpAddress& public_ip, bool is_there) const {
    if (has_words(4)) {
      if (const auto address = IpAddress::parse(words_[3])) {
        return *address;
      }
      return wrong(fmt::format("a private address instead of `{}`", printable(words_[3])));
    }
    const NetworkInterface* interface = snapshot_.find(id);
    if (interface == nullptr) {
      return fail("no_such_resource", fmt::format("there is no `{}`", printable(id.value)));
    }
    for (const InterfaceAddress& address : interface->addresses) {
      if (is_there ? address.public_ip == public_ip : address.is_primary) {
        return address.private_ip;
      }
    }
    return fail("no_such_address", fmt::format("`{}` has no such address as `{}`",
                                               printable(id.value), public_ip.text()));
  }

  [[nodiscard]] Result<Change> entry() const {
    const auto what = verb();
    const auto number =
        words_.size() > 2 ? decimal(words_[2], 32766) : std::optional<std::uint32_t>();
    if (!what || !number || !has_words(what->adds ? 6 : 3)) {
      return wrong("`+ingress NUMBER allow|deny SERVICE CIDR` or `-ingress NUMBER`, or egress");
    }
    const NetworkAclId id{words_[0]};
    if (!what->adds) {
      return Change(AclEntryRemoved{id, what->is_egress, static_cast<int>(*number)});
    }
    if (words_[3] != "allow" && words_[3] != "deny") {
      return wrong(fmt::format("allow or deny instead of `{}`", printable(words_[3])));
    }
    NetworkAclEntry entry;
    entry.number = static_cast<int>(*number);
    entry.is_egress = what->is_egress;
    entry.allows = words_[3] == "allow";
    entry.services = TRY(services(words_[4]));
    entry.cidr = TRY(block(words_[5]));
    return Change(AclEntrySet{id, std::move(entry)});
  }

  [[nodiscard]] Result<RouteDestination> destination(const std::string& word) const {
    if (word.starts_with("pl-")) {
      return RouteDestination(PrefixListId{word});
    }
    return RouteDestination(TRY(block(word)));
  }

  [[nodiscard]] Result<Change> route() const {
    const RouteTableId id{words_[0]};
    if (words_[1] == "-route" && has_words(3)) {
      return Change(RouteRemoved{id, TRY(destination(words_[2]))});
    }
    if (words_[1] != "+route" || !has_words(4)) {
      return wrong("`+route CIDR TARGET` or `-route CIDR`");
    }
    Route route;
    const RouteDestination to = TRY(destination(words_[2]));
    if (const auto* cidr = std::get_if<IpPrefix>(&to)) {
      route.cidr = *cidr;
    } else {
      route.prefix_list = std::get<PrefixListId>(to);
    }
    const auto target =
        std::find_if(kTargets.begin(), kTargets.end(),
                     [&](const TargetPrefix& each) { return words_[3].starts_with(each.prefix); });
    if (target == kTargets.end()) {
      return wrong(
          fmt::format("a target instead of `{}`: igw-…, nat-…, tgw-…, pcx-…, local, "
                      "blackhole …",
                      printable(words_[3])));
    }
    route.is_blackhole = words_[3] == "blackhole";
    route.target = {
        .kind = target->kind,
        .id = words_[3].ends_with('-') || target->prefix.ends_with('-') ? words_[3] : ""};
    return Change(RouteSet{id, std::move(route)});
  }

  [[nodiscard]] Result<Change> list_entry() const {
    const PrefixListId id{words_[0]};
    if ((words_[1] != "+cidr" && words_[1] != "-cidr") || !has_words(3)) {
      return wrong("`+cidr CIDR` or `-cidr CIDR`");
    }
    const IpPrefix cidr = TRY(block(words_[2]));
    return words_[1][0] == '+' ? Change(PrefixListEntrySet{id, {.cidr = cidr, .description = {}}})
                               : Change(PrefixListEntryRemoved{id, cidr});
  }

  [[nodiscard]] Result<Change> peering() const {
    if ((words_[1] != "active" && words_[1] != "inactive") || !has_words(2)) {
      return wrong("`active`, `inactive` or `deleted`");
    }
    return Change(PeeringSet{VpcPeeringId{words_[0]}, words_[1] == "active"});
  }

  [[nodiscard]] Result<Change> tag() const {
    if (words_[1] == "-tag" && has_words(3)) {
      return Change(TagSet{words_[0], words_[2], std::nullopt});
    }
    const std::size_t begin = text_.find("+tag");
    const std::size_t key = text_.find_first_not_of(' ', begin + 4);
    const std::size_t equals = key == std::string_view::npos ? key : text_.find('=', key);
    if (words_[1] != "+tag" || equals == std::string_view::npos) {
      return wrong("`+tag KEY=VALUE` or `-tag KEY`");
    }
    return Change(TagSet{words_[0], std::string(text_.substr(key, equals - key)),
                         std::string(text_.substr(equals + 1))});
  }

  [[nodiscard]] Result<Change> deleted() const {
    std::string id = words_[0];
    if (id.starts_with("sg:")) {
      id = TRY(group(id)).value;
    }
    const auto found = find_any(snapshot_, id);
    if (!found) {
      return fail("no_such_resource", fmt::format("there is no `{}`", printable(id)));
    }
    return Change(ResourceRemoved{*found});
  }

  const Snapshot& snapshot_;
  std::string_view text_;
  std::vector<std::string> words_;
};

}  // namespace

Result<Change> parse_change(const Snapshot& snapshot, std::string_view text) {
  return Reader(snapshot, text).read();
}

}  // namespace portolan
