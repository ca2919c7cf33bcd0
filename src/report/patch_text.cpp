#include "report/patch_text.h"

#include <array>
#include <variant>

#include <fmt/format.h>

#include "core/text.h"
#include "model/change_text.h"

namespace portolan::report {

namespace {

/// By the prefix of the id. SOURCE: AWS CLI Command Reference, ec2 delete-….
struct KnownDeletion {
  std::string_view prefix;
  Deletion deletion;
};
constexpr std::array kDeletions = {
    KnownDeletion{"sg-", {"security-group", "--group-id"}},
    KnownDeletion{"eni-", {"network-interface", "--network-interface-id"}},
    KnownDeletion{"acl-", {"network-acl", "--network-acl-id"}},
    KnownDeletion{"rtb-", {"route-table", "--route-table-id"}},
    KnownDeletion{"igw-", {"internet-gateway", "--internet-gateway-id"}},
    KnownDeletion{"nat-", {"nat-gateway", "--nat-gateway-id"}},
    KnownDeletion{"pl-", {"managed-prefix-list", "--prefix-list-id"}},
    KnownDeletion{"pcx-", {"vpc-peering-connection", "--vpc-peering-connection-id"}},
    KnownDeletion{"subnet-", {"subnet", "--subnet-id"}},
    KnownDeletion{"vpc-", {"vpc", "--vpc-id"}},
};

}  // namespace

std::string rule_words(const SecurityGroupRule& rule) {
  const std::string words = fmt::format("{} {} {}", rule.is_egress ? "egress" : "ingress",
                                        rule.services.text(), peer_text(rule.peer));
  return rule.id.empty() ? words : fmt::format("{} ({})", words, rule.id.value);
}

std::string entry_words(const NetworkAclEntry& entry) {
  return fmt::format("{} {} {} {}", entry.allows ? "allow" : "deny",
                     entry.is_egress ? "egress" : "ingress", entry.services.text(),
                     entry.cidr.text());
}

std::optional<EntrySpan> span_of(const ServiceSet& services) {
  if (services.is_all()) {
    return EntrySpan{.protocol = "-1", .from_port = {}, .to_port = {}};
  }
  if (services.segments().size() != 1) {
    return std::nullopt;
  }
  const ServiceSet::Segment segment = services.segments().front();
  const ServiceSet::Point block = segment.first / ServiceSet::kBlock;
  const auto from = static_cast<int>(segment.first % ServiceSet::kBlock);
  const auto to = static_cast<int>(segment.last % ServiceSet::kBlock);
  const bool is_tcp = segment.last < ServiceSet::kUdp;
  const bool is_udp = segment.first >= ServiceSet::kUdp && segment.last < ServiceSet::kIcmp;
  if (is_tcp || is_udp) {
    return EntrySpan{.protocol = std::to_string(is_tcp ? kProtocolTcp : kProtocolUdp),
                     .from_port = from,
                     .to_port = to};
  }
  const bool is_one_number = block == 4 && from == to;
  return is_one_number ? std::optional(EntrySpan{std::to_string(from), {}, {}}) : std::nullopt;
}

Deletion deletion_of(std::string_view id) {
  for (const KnownDeletion& known : kDeletions) {
    if (id.starts_with(known.prefix)) {
      return known.deletion;
    }
  }
  return {};
}

const Instance* set_metadata(const Snapshot& snapshot, const Change& change) {
  const auto* set = std::get_if<ResourceSet>(&change);
  if (set == nullptr || !set->row.id().is<Instance>()) {
    return nullptr;
  }
  return set->row.visit([&](const auto& row) -> const Instance* {
    if constexpr (std::is_same_v<std::decay_t<decltype(*row)>, Instance>) {
      const Instance* before = snapshot.find(row->id);
      const bool is_new = before != nullptr && before->metadata != row->metadata;
      return is_new ? row.get() : nullptr;  // held by the change
    } else {
      return nullptr;
    }
  });
}

std::string change_words(const Change& change) { return printable(text(change)); }

}  // namespace portolan::report
