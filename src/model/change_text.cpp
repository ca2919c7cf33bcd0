#include "model/change_text.h"

#include <fmt/format.h>

#include "core/words.h"
#include "model/change_words.h"

namespace portolan {

namespace {

std::string text_of(const RouteDestination& destination) {
  const auto* block = std::get_if<IpPrefix>(&destination);
  return block != nullptr ? block->text() : spelled(std::get<PrefixListId>(destination).value);
}

/// `tcp/22 10.0.0.0/8`
std::string permission(const SecurityGroupRule& rule) {
  return fmt::format("{} {}", spelled(rule.services.text()), spelled(peer_text(rule.peer)));
}

std::string_view direction(bool is_egress) { return is_egress ? "egress" : "ingress"; }

/// A space and the description, if there is one.
std::string ending(std::string_view description) {
  return description.empty() ? "" : fmt::format(" {}", spelled(description));
}

struct Speller {
  std::string operator()(const RuleAdded& change) const {
    return fmt::format("{} +{} {}{}", spelled(change.group.value), direction(change.rule.is_egress),
                       permission(change.rule), ending(change.rule.description));
  }
  std::string operator()(const RuleRemoved& change) const {
    const bool is_told = !change.rule.services.empty();
    return fmt::format("{} -{} {}", spelled(change.group.value), direction(change.rule.is_egress),
                       is_told ? permission(change.rule) : spelled(change.rule.id.value));
  }
  std::string operator()(const RuleModified& change) const {
    return fmt::format("{} ~{} {} {}", spelled(change.group.value),
                       direction(change.before.is_egress), permission(change.before),
                       permission(change.after));
  }
  std::string operator()(const GroupAttached& change) const {
    return fmt::format("{} +group {}", spelled(change.interface.value),
                       spelled(change.group.value));
  }
  std::string operator()(const GroupDetached& change) const {
    return fmt::format("{} -group {}", spelled(change.interface.value),
                       spelled(change.group.value));
  }
  std::string operator()(const AclEntrySet& change) const {
    const NetworkAclEntry& entry = change.entry;
    return fmt::format("{} +{} {} {} {} {}", spelled(change.acl.value), direction(entry.is_egress),
                       entry.number, entry.allows ? "allow" : "deny",
                       spelled(entry.services.text()), entry.cidr.text());
  }
  std::string operator()(const AclEntryRemoved& change) const {
    return fmt::format("{} -{} {}", spelled(change.acl.value), direction(change.is_egress),
                       change.number);
  }
  std::string operator()(const RouteSet& change) const {
    return fmt::format("{} +route {} {}", spelled(change.table.value),
                       text_of(destination_of(change.route)), target_text(change.route));
  }
  std::string operator()(const RouteRemoved& change) const {
    return fmt::format("{} -route {}", spelled(change.table.value), text_of(change.destination));
  }
  std::string operator()(const PrefixListEntrySet& change) const {
    return fmt::format("{} +cidr {}{}", spelled(change.list.value), change.entry.cidr.text(),
                       ending(change.entry.description));
  }
  std::string operator()(const PrefixListEntryRemoved& change) const {
    return fmt::format("{} -cidr {}", spelled(change.list.value), change.cidr.text());
  }
  std::string operator()(const PublicAddressSet& change) const {
    const std::string interface = spelled(change.interface.value);
    return change.public_ip ? fmt::format("{} +public {} {}", interface, change.public_ip->text(),
                                          change.private_ip.text())
                            : fmt::format("{} -public {}", interface, change.private_ip.text());
  }
  std::string operator()(const PublicAccessBlockSet& change) const {
    return fmt::format("{} {}/{} {}", kPublicAccess, change.account.text(), change.region.text(),
                       mode_text(change.mode));
  }
  std::string operator()(const PeeringSet& change) const {
    return fmt::format("{} {}", spelled(change.peering.value),
                       change.is_active ? "active" : "inactive");
  }
  std::string operator()(const TagSet& change) const {
    const std::string resource = spelled(change.resource);
    if (!change.value) {
      return fmt::format("{} -tag {}", resource, spelled(change.key));
    }
    const bool is_odd = change.key.find('=') != std::string::npos;
    return fmt::format("{} +tag {}={}", resource, is_odd ? quoted(change.key) : spelled(change.key),
                       change.value->empty() ? "" : spelled(*change.value));
  }
  std::string operator()(const ResourceSet& change) const {
    return spelled(change.row.id().text()) + " replaced";
  }
  std::string operator()(const ResourceRemoved& change) const {
    return spelled(change.id.text()) + " deleted";
  }
};

}  // namespace

std::string text(const Change& change) { return std::visit(Speller{}, change); }

}  // namespace portolan
