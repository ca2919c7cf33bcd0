#include <algorithm>
#include <span>
#include <utility>

#include <fmt/format.h>

#include "core/text.h"
#include "core/words.h"
#include "model/change_text.h"
#include "model/change_words.h"

namespace portolan {

namespace {

using Words = std::vector<std::string>;

/// What follows the resource and the verb.
struct Line {
  const Snapshot& snapshot;
  const AnyId& id;
  std::string_view verb;
  std::span<const std::string> arguments;
  std::string_view rest;  // the arguments, as they were written

  [[nodiscard]] bool is_egress() const { return verb.ends_with("egress"); }
  template <class Resource>
  [[nodiscard]] Id<Resource> id_of() const {
    return id.as<Resource>();
  }
  [[nodiscard]] const std::string& resource() const { return id.text(); }
};

/// What can be done to a kind of resource.
struct Verb {
  std::string_view text;
  std::string_view usage;  // the arguments
  std::size_t least;
  std::size_t most;
  Result<Change> (*read)(const Line& line);
};

constexpr std::size_t kAnyNumber = static_cast<std::size_t>(-1);

tl::unexpected<Error> bad_change(std::string message) {
  return fail("bad_change", std::move(message));
}

/// A line in words, and where its arguments begin.
struct Cut {
  Words words;
  std::string_view rest;  // after the second word
};

Result<Cut> cut(std::string_view text) {
  Cut result;
  for (std::string_view rest = trimmed(text); !rest.empty();) {
    const std::size_t end = end_of_word(rest);
    Word word = unquoted(rest.substr(0, end));
    if (!word.is_closed) {
      return bad_change(fmt::format("`{}` has a quote without an end", printable(trimmed(text))));
    }
    result.words.push_back(std::move(word.value));
    rest = trimmed(rest.substr(end));
    if (result.words.size() == 2) {
      result.rest = rest;
    }
  }
  return result;
}

// --- security groups ---

Result<SecurityGroupRule> rule_of(const Line& line, std::size_t at) {
  SpelledServices services = TRY(parse_rule_services(line.arguments[at]));
  SecurityGroupRule rule;
  rule.is_egress = line.is_egress();
  rule.peer = TRY(parse_peer(line.snapshot, line.arguments[at + 1]));
  rule.services = std::move(services.services);
  rule.protocol = std::move(services.protocol);
  rule.from_port = services.from_port;
  rule.to_port = services.to_port;
  return rule;
}

Result<Change> add_rule(const Line& line) {
  SecurityGroupRule rule = TRY(rule_of(line, 0));
  if (line.arguments.size() > 2) {
    rule.description = line.arguments[2];
  }
  return RuleAdded{.group = line.id_of<SecurityGroup>(), .rule = std::move(rule)};
}

Result<Change> remove_rule(const Line& line) {
  if (line.arguments.size() == 1) {
    const std::string& id = line.arguments.front();
    if (!id.starts_with("sgr-")) {
      return bad_change(fmt::format("`{}` is no rule, write `sgr-…`, or its service and its peer",
                                    printable(id)));
    }
    SecurityGroupRule rule;
    rule.id = {id};
    rule.is_egress = line.is_egress();
    return RuleRemoved{.group = line.id_of<SecurityGroup>(), .rule = std::move(rule)};
  }
  SecurityGroupRule rule = TRY(rule_of(line, 0));
  return RuleRemoved{.group = line.id_of<SecurityGroup>(), .rule = std::move(rule)};
}

Result<Change> modify_rule(const Line& line) {
  SecurityGroupRule before = TRY(rule_of(line, 0));
  SecurityGroupRule after = TRY(rule_of(line, 2));
  return RuleModified{
      .group = line.id_of<SecurityGroup>(), .before = std::move(before), .after = std::move(after)};
}

constexpr Verb kGroupVerbs[] = {
    {"+ingress", "SERVICE PEER [TEXT]", 2, 3, add_rule},
    {"-ingress", "SERVICE PEER", 1, 2, remove_rule},
    {"~ingress", "SERVICE PEER SERVICE PEER", 4, 4, modify_rule},
    {"+egress", "SERVICE PEER [TEXT]", 2, 3, add_rule},
    {"-egress", "SERVICE PEER", 1, 2, remove_rule},
    {"~egress", "SERVICE PEER SERVICE PEER", 4, 4, modify_rule},
};

// --- network ACLs ---

// SOURCE: VPC guide, "Network ACL rules": the last rules, 32767 and 32768, are not yours to set.
constexpr std::uint32_t kLastOwnNumber = 32766;
constexpr std::uint32_t kLastNumber = 32768;

Result<int> entry_number(std::string_view word, std::uint32_t most) {
  const auto number = decimal(word, most);
  if (!number || *number == 0) {
    return bad_change(
        fmt::format("`{}` is no rule number, write one from 1 to {}", printable(word), most));
  }
  return static_cast<int>(*number);
}

Result<Change> set_entry(const Line& line) {
  const std::string& action = line.arguments[1];
  if (action != "allow" && action != "deny") {
    return bad_change(fmt::format("`{}` is no action, write `allow` or `deny`", printable(action)));
  }
  AclEntrySet change{.acl = line.id_of<NetworkAcl>(), .entry = {}};
  change.entry.number = TRY(entry_number(line.arguments[0], kLastOwnNumber));
  change.entry.is_egress = line.is_egress();
  change.entry.allows = action == "allow";
  change.entry.services = TRY(parse_rule_services(line.arguments[2])).services;
  change.entry.cidr = TRY(parse_block(line.arguments[3]));
  return change;
}

Result<Change> remove_entry(const Line& line) {
  const int number = TRY(entry_number(line.arguments[0], kLastNumber));
  return AclEntryRemoved{
      .acl = line.id_of<NetworkAcl>(), .is_egress = line.is_egress(), .number = number};
}

constexpr Verb kAclVerbs[] = {
    {"+ingress", "NUMBER allow|deny SERVICE CIDR", 4, 4, set_entry},
    {"-ingress", "NUMBER", 1, 1, remove_entry},
    {"+egress", "NUMBER allow|deny SERVICE CIDR", 4, 4, set_entry},
    {"-egress", "NUMBER", 1, 1, remove_entry},
};

// --- interfaces ---

Result<Change> attach_group(const Line& line) {
  SecurityGroupId group = TRY(parse_group(line.snapshot, line.arguments[0]));
  return GroupAttached{.interface = line.id_of<NetworkInterface>(), .group = std::move(group)};
}

Result<Change> detach_group(const Line& line) {
  SecurityGroupId group = TRY(parse_group(line.snapshot, line.arguments[0]));
  return GroupDetached{.interface = line.id_of<NetworkInterface>(), .group = std::move(group)};
}

/// The first address of the interface for which `holds(address)`.
template <class Condition>
std::optional<IpAddress> private_ip_where(const Line& line, const Condition& holds) {
  const NetworkInterface* interface = line.snapshot.find(line.id_of<NetworkInterface>());
  for (const InterfaceAddress& address : interface->addresses) {
    if (holds(address)) {
      return address.private_ip;
    }
  }
  return std::nullopt;
}

Result<Change> map_address(const Line& line) {
  PublicAddressSet change{.interface = line.id_of<NetworkInterface>()};
  change.public_ip = TRY(IpAddress::parse(line.arguments[0]));
  if (line.arguments.size() > 1) {
    change.private_ip = TRY(IpAddress::parse(line.arguments[1]));
    return change;
  }
  const auto primary =
      private_ip_where(line, [](const InterfaceAddress& each) { return each.is_primary; });
  if (!primary) {
    return fail("no_such_address",
                fmt::format("{} has no primary private address, name the one that is meant",
                            printable(line.resource())));
  }
  change.private_ip = *primary;
  return change;
}

Result<Change> unmap_address(const Line& line) {
  const IpAddress address = TRY(IpAddress::parse(line.arguments[0]));
  auto found = private_ip_where(
      line, [&](const InterfaceAddress& each) { return each.private_ip == address; });
  if (!found) {
    found = private_ip_where(
        line, [&](const InterfaceAddress& each) { return each.public_ip == address; });
  }
  if (!found) {
    return fail("no_such_address", fmt::format("{} does not have the address `{}`",
                                               printable(line.resource()), address.text()));
  }
  return PublicAddressSet{.interface = line.id_of<NetworkInterface>(), .private_ip = *found};
}

constexpr Verb kInterfaceVerbs[] = {
    {"+group", "GROUP", 1, 1, attach_group},
    {"-group", "GROUP", 1, 1, detach_group},
    {"+public", "ADDRESS [PRIVATE]", 1, 2, map_address},
    {"-public", "ADDRESS", 1, 1, unmap_address},
};

// --- routes, prefix lists, peerings ---

Result<Change> set_route(const Line& line) {
  RouteSet change{.table = line.id_of<RouteTable>(), .route = {}};
  const RouteDestination destination = TRY(parse_destination(line.arguments[0]));
  if (const auto* block = std::get_if<IpPrefix>(&destination)) {
    change.route.cidr = *block;
  } else {
    change.route.prefix_list = std::get<PrefixListId>(destination);
  }
  if (auto result = parse_target(line.arguments[1], change.route); !result) {
    return tl::unexpected<Error>(std::move(result).error());
  }
  return change;
}

Result<Change> remove_route(const Line& line) {
  RouteDestination destination = TRY(parse_destination(line.arguments[0]));
  return RouteRemoved{.table = line.id_of<RouteTable>(), .destination = std::move(destination)};
}

constexpr Verb kTableVerbs[] = {
    {"+route", "CIDR|pl-… TARGET", 2, 2, set_route},
    {"-route", "CIDR|pl-…", 1, 1, remove_route},
};

Result<Change> set_block(const Line& line) {
  PrefixListEntrySet change{.list = line.id_of<PrefixList>(), .entry = {}};
  change.entry.cidr = TRY(parse_block(line.arguments[0]));
  if (line.arguments.size() > 1) {
    change.entry.description = line.arguments[1];
  }
  return change;
}

Result<Change> remove_block(const Line& line) {
  const IpPrefix block = TRY(parse_block(line.arguments[0]));
  return PrefixListEntryRemoved{.list = line.id_of<PrefixList>(), .cidr = block};
}

constexpr Verb kListVerbs[] = {
    {"+cidr", "CIDR [TEXT]", 1, 2, set_block},
    {"-cidr", "CIDR", 1, 1, remove_block},
};

Result<Change> set_peering(const Line& line) {
  return PeeringSet{.peering = line.id_of<VpcPeering>(), .is_active = line.verb == "active"};
}

constexpr Verb kPeeringVerbs[] = {
    {"active", "", 0, 0, set_peering},
    {"inactive", "", 0, 0, set_peering},
};

// --- any resource ---

/// `Name=web 1`, with or without quotes around the key, the value or both.
Result<Change> set_tag(const Line& line) {
  std::size_t sign = find_outside_quotes(line.rest, "=");
  std::string key = unquoted(trimmed(line.rest.substr(0, sign))).value;
  std::optional<std::string> value;
  if (sign != std::string_view::npos) {
    value = unquoted(trimmed(line.rest.substr(sign + 1))).value;
  } else if (sign = key.find('='); sign != std::string::npos) {
    value = key.substr(sign + 1);
    key.resize(sign);
  }
  if (!value || key.empty()) {
    return bad_change(fmt::format("`{}` is no tag, write it as `KEY=VALUE`", printable(line.rest)));
  }
  return TagSet{.resource = line.resource(), .key = std::move(key), .value = std::move(value)};
}

Result<Change> remove_tag(const Line& line) {
  if (line.arguments[0].empty()) {
    return bad_change("the key of the tag is empty");
  }
  return TagSet{.resource = line.resource(), .key = line.arguments[0], .value = std::nullopt};
}

Result<Change> remove_resource(const Line& line) { return ResourceRemoved{.id = line.id}; }

constexpr Verb kVerbsOfAll[] = {
    {"+tag", "KEY=VALUE", 1, kAnyNumber, set_tag},
    {"-tag", "KEY", 1, 1, remove_tag},
    {"deleted", "", 0, 0, remove_resource},
};

// --- lines ---

struct VerbsOf {
  std::span<const Verb> operator()(const SecurityGroupId&) const { return kGroupVerbs; }
  std::span<const Verb> operator()(const NetworkAclId&) const { return kAclVerbs; }
  std::span<const Verb> operator()(const NetworkInterfaceId&) const { return kInterfaceVerbs; }
  std::span<const Verb> operator()(const RouteTableId&) const { return kTableVerbs; }
  std::span<const Verb> operator()(const PrefixListId&) const { return kListVerbs; }
  std::span<const Verb> operator()(const VpcPeeringId&) const { return kPeeringVerbs; }
  template <class Resource>
  std::span<const Verb> operator()(const Id<Resource>&) const {
    return {};
  }
};

std::string usage_of(const Line& line, const Verb& verb) {
  return fmt::format("`{} {}{}{}`", printable(line.resource()), verb.text,
                     verb.usage.empty() ? "" : " ", verb.usage);
}

Result<Change> read_line(const Line& line) {
  Words known;
  for (const auto verbs : {line.id.visit(VerbsOf{}), std::span<const Verb>(kVerbsOfAll)}) {
    for (const Verb& verb : verbs) {
      known.emplace_back(verb.text);
      if (verb.text != line.verb) {
        continue;
      }
      if (line.arguments.size() < verb.least || line.arguments.size() > verb.most) {
        return bad_change(fmt::format("`{}` has too {} words after it, write {}", verb.text,
                                      line.arguments.size() < verb.least ? "few" : "many",
                                      usage_of(line, verb)));
      }
      return verb.read(line);
    }
  }
  const std::string near = advice(line.verb, known);
  return bad_change(
      fmt::format("`{}` is no change of {}{}", printable(line.verb), printable(line.resource()),
                  near.empty() ? fmt::format(", write `{}`", fmt::join(known, "`, `")) : near));
}

template <class Resource>
void add_ids(const Snapshot& snapshot, const Id<Resource>&, Words& ids) {
  for (const Resource& row : snapshot.all<Resource>()) {
    ids.push_back(row.id.value);
  }
}

tl::unexpected<Error> no_such_resource(const Snapshot& snapshot, const std::string& word) {
  Words ids;
  std::apply([&](const auto&... id) { (add_ids(snapshot, id, ids), ...); },
             ForEachResource<std::tuple, Id>{});
  return fail("no_such_resource", fmt::format("there is no `{}` in the snapshot{}", printable(word),
                                              advice(word, ids)));
}

Result<AnyId> resource_called(const Snapshot& snapshot, const std::string& word) {
  if (word.starts_with("sg:")) {
    return AnyId(TRY(parse_group(snapshot, word)));
  }
  const auto id = find_any(snapshot, word);
  if (!id) {
    return no_such_resource(snapshot, word);
  }
  return *id;
}

/// `public-access ACCOUNT/REGION MODE`
Result<Change> read_public_access(const Words& words) {
  const std::size_t slash = words.size() == 3 ? words[1].find('/') : std::string::npos;
  if (slash == std::string::npos) {
    return bad_change(
        fmt::format("write `{} ACCOUNT/REGION off|ingress|bidirectional`", kPublicAccess));
  }
  PublicAccessBlockSet change;
  change.account = TRY(AccountId::parse(std::string_view(words[1]).substr(0, slash)));
  change.region = TRY(Region::parse(std::string_view(words[1]).substr(slash + 1)));
  change.mode = TRY(parse_mode(words[2]));
  return change;
}

}  // namespace

Result<Change> parse_change(const Snapshot& snapshot, std::string_view text) {
  const Cut line = TRY(cut(text));
  const Words& words = line.words;
  if (!words.empty() && words.front() == kPublicAccess) {
    return read_public_access(words);
  }
  if (words.size() < 2) {
    return bad_change(fmt::format("`{}` is no change, write it as `RESOURCE VERB ARGUMENTS`",
                                  printable(trimmed(text))));
  }
  const AnyId id = TRY(resource_called(snapshot, words[0]));
  return read_line({.snapshot = snapshot,
                    .id = id,
                    .verb = words[1],
                    .arguments = std::span(words).subspan(2),
                    .rest = line.rest});
}

}  // namespace portolan
