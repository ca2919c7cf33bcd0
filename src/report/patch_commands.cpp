#include <algorithm>
#include <variant>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "core/text.h"
#include "report/patch.h"
#include "report/patch_text.h"

namespace portolan::report {

namespace {

bool is_plain(char letter) {
  return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
         (letter >= '0' && letter <= '9') ||
         std::string_view("-_./:=,@%+").find(letter) != std::string_view::npos;
}

/// The rule as `--ip-permissions` takes it.
std::string permissions(const SecurityGroupRule& rule) {
  boost::json::object permission = {{"IpProtocol", rule.protocol}};
  if (rule.from_port != -1 || rule.to_port != -1) {
    permission["FromPort"] = rule.from_port;
    permission["ToPort"] = rule.to_port;
  }
  const auto list = [&](std::string_view key, std::string_view member) {
    boost::json::object peer = {{member, peer_text(rule.peer)}};
    if (!rule.description.empty()) {
      peer["Description"] = printable(rule.description);
    }
    permission[key] = boost::json::array{std::move(peer)};
  };
  if (const auto* block = std::get_if<IpPrefix>(&rule.peer)) {
    const bool is_v4 = block->family() == IpFamily::V4;
    list(is_v4 ? "IpRanges" : "Ipv6Ranges", is_v4 ? "CidrIp" : "CidrIpv6");
  } else if (std::holds_alternative<GroupReference>(rule.peer)) {
    list("UserIdGroupPairs", "GroupId");
  } else {
    list("PrefixListIds", "PrefixListId");
  }
  return boost::json::serialize(boost::json::array{std::move(permission)});
}

/// Writes one command for each change.
class Writer {
 public:
  explicit Writer(const Snapshot& snapshot) : snapshot_(snapshot) {}

  std::vector<std::string> run(std::span<const Change> changes) {
    for (const Change& change : changes) {
      std::visit([this, &change](const auto& each) { write(each, change); }, change);
    }
    return std::move(lines_);
  }

 private:
  template <class Resource>
  std::string region_of(const Id<Resource>& id) const {
    const Resource* row = snapshot_.find(id);
    return row == nullptr || row->owned.region.text().empty()
               ? std::string()
               : fmt::format(" --region {}", shell_word(row->owned.region.text()));
  }

  void write(const RuleAdded& change, const Change&) {
    lines_.push_back(
        fmt::format("aws ec2 authorize-security-group-{}{} --group-id {} --ip-permissions {}",
                    change.rule.is_egress ? "egress" : "ingress", region_of(change.group),
                    shell_word(change.group.value), shell_word(permissions(change.rule))));
  }

  void write(const RuleRemoved& change, const Change&) {
    SecurityGroupRule rule = change.rule;
    rule.description.clear();  // not part of what is revoked
    const std::string which = rule.id.empty()
                                  ? "--ip-permissions " + shell_word(permissions(rule))
                                  : "--security-group-rule-ids " + shell_word(rule.id.value);
    lines_.push_back(fmt::format("aws ec2 revoke-security-group-{}{} --group-id {} {}",
                                 rule.is_egress ? "egress" : "ingress", region_of(change.group),
                                 shell_word(change.group.value), which));
  }

  void write(const GroupDetached& change, const Change& any) {
    const NetworkInterface* interface = snapshot_.find(change.interface);
    if (interface == nullptr || interface->groups.size() < 2) {
      note(any);  // an interface has at least one group
      return;
    }
    std::string groups;
    for (const SecurityGroupId& group : interface->groups) {
      groups += group == change.group ? "" : fmt::format(" {}", shell_word(group.value));
    }
    lines_.push_back(fmt::format(
        "aws ec2 modify-network-interface-attribute{} --network-interface-id {} --groups{}",
        region_of(change.interface), shell_word(change.interface.value), groups));
  }

  void write(const AclEntrySet& change, const Change& any) {
    const auto span = span_of(change.entry.services);
    if (!span) {
      note(any);
      return;
    }
    const NetworkAcl* acl = snapshot_.find(change.acl);
    const bool is_there =
        acl != nullptr && std::any_of(acl->entries.begin(), acl->entries.end(), [&](const auto& e) {
          return e.number == change.entry.number && e.is_egress == change.entry.is_egress;
        });
    lines_.push_back(fmt::format(
        "aws ec2 {}-network-acl-entry{} --network-acl-id {} --{} --rule-number {} --protocol {}{} "
        "--{} {} --rule-action {}",
        is_there ? "replace" : "create", region_of(change.acl), shell_word(change.acl.value),
        change.entry.is_egress ? "egress" : "ingress", change.entry.number, span->protocol,
        span->from_port
            ? fmt::format(" --port-range From={},To={}", *span->from_port, *span->to_port)
            : "",
        change.entry.cidr.family() == IpFamily::V4 ? "cidr-block" : "ipv6-cidr-block",
        change.entry.cidr.text(), change.entry.allows ? "allow" : "deny"));
  }

  void write(const AclEntryRemoved& change, const Change&) {
    lines_.push_back(
        fmt::format("aws ec2 delete-network-acl-entry{} --network-acl-id {} --{} --rule-number {}",
                    region_of(change.acl), shell_word(change.acl.value),
                    change.is_egress ? "egress" : "ingress", change.number));
  }

  void write(const RouteRemoved& change, const Change&) {
    const auto* block = std::get_if<IpPrefix>(&change.destination);
    const std::string destination =
        block == nullptr
            ? "--destination-prefix-list-id " +
                  shell_word(std::get<PrefixListId>(change.destination).value)
            : fmt::format("--destination-{} {}",
                          block->family() == IpFamily::V4 ? "cidr-block" : "ipv6-cidr-block",
                          block->text());
    lines_.push_back(fmt::format("aws ec2 delete-route{} --route-table-id {} {}",
                                 region_of(change.table), shell_word(change.table.value),
                                 destination));
  }

  void write(const ResourceSet&, const Change& any) {
    const Instance* instance = set_metadata(snapshot_, any);
    if (instance == nullptr) {
      note(any);
      return;
    }
    const MetadataOptions& options = instance->metadata;
    std::string line = fmt::format("aws ec2 modify-instance-metadata-options{} --instance-id {}",
                                   region_of(instance->id), shell_word(instance->id.value));
    if (options.tokens_required) {
      line += fmt::format(" --http-tokens {}", *options.tokens_required ? "required" : "optional");
    }
    if (options.hop_limit) {
      line += fmt::format(" --http-put-response-hop-limit {}", *options.hop_limit);
    }
    lines_.push_back(std::move(line));
  }

  void write(const ResourceRemoved& change, const Change& any) {
    const Deletion deletion = deletion_of(change.id.text());
    if (deletion.noun.empty()) {
      note(any);
      return;
    }
    const std::string region = change.id.visit([this](const auto& id) { return region_of(id); });
    lines_.push_back(fmt::format("aws ec2 delete-{}{} {} {}", deletion.noun, region,
                                 deletion.option, shell_word(change.id.text())));
  }

  template <class Other>
  void write(const Other&, const Change& any) {
    note(any);
  }

  void note(const Change& change) { lines_.push_back("# " + change_words(change)); }

  const Snapshot& snapshot_;
  std::vector<std::string> lines_;
};

}  // namespace

std::string shell_word(std::string_view text) {
  const std::string safe = printable(text);
  if (!safe.empty() && std::all_of(safe.begin(), safe.end(), is_plain)) {
    return safe;
  }
  std::string word = "'";
  for (const char letter : safe) {
    word += letter == '\'' ? std::string("'\\''") : std::string(1, letter);
  }
  return word + "'";
}

std::vector<std::string> aws_commands(const Snapshot& snapshot, std::span<const Change> changes) {
  return Writer(snapshot).run(changes);
}

}  // namespace portolan::report
