#include <cctype>
#include <variant>

#include <fmt/format.h>

#include "core/text.h"
#include "report/patch.h"
#include "report/patch_text.h"

namespace portolan::report {

namespace {

/// A double-quoted scalar of YAML. SOURCE: YAML 1.2.2, 7.3.1: only `"` and `\` are escaped in what
/// is printable.
std::string quoted(std::string_view text) {
  std::string result = "\"";
  for (const char letter : printable(text)) {
    if (letter == '"' || letter == '\\') {
      result += '\\';
    }
    result += letter;
  }
  return result + "\"";
}

/// Logical ids are letters and digits.
std::string label_of(std::string_view id, std::size_t number) {
  std::string label = "Portolan";
  for (const char letter : id) {
    if (std::isalnum(static_cast<unsigned char>(letter)) != 0) {
      label += letter;
    }
  }
  return fmt::format("{}Rule{}", label, number);
}

class Writer {
 public:
  explicit Writer(const Snapshot& snapshot) : snapshot_(snapshot) {}

  std::string run(std::span<const Change> changes) {
    for (const Change& change : changes) {
      std::visit([this, &change](const auto& each) { write(each, change); }, change);
    }
    return std::move(text_);
  }

 private:
  void write(const RuleAdded& change, const Change&) {
    const SecurityGroupRule& rule = change.rule;
    begin(change.group.value,
          rule.is_egress ? "AWS::EC2::SecurityGroupEgress" : "AWS::EC2::SecurityGroupIngress");
    property("GroupId", quoted(change.group.value));
    property("IpProtocol", quoted(rule.protocol));
    if (rule.from_port != -1 || rule.to_port != -1) {
      property("FromPort", std::to_string(rule.from_port));
      property("ToPort", std::to_string(rule.to_port));
    }
    property(peer_property(rule), quoted(peer_text(rule.peer)));
    if (!rule.description.empty()) {
      property("Description", quoted(rule.description));
    }
  }

  static std::string_view peer_property(const SecurityGroupRule& rule) {
    if (const auto* block = std::get_if<IpPrefix>(&rule.peer)) {
      return block->family() == IpFamily::V4 ? "CidrIp" : "CidrIpv6";
    }
    if (std::holds_alternative<PrefixListId>(rule.peer)) {
      return rule.is_egress ? "DestinationPrefixListId" : "SourcePrefixListId";
    }
    return rule.is_egress ? "DestinationSecurityGroupId" : "SourceSecurityGroupId";
  }

  void write(const RuleRemoved& change, const Change&) {
    text_ += fmt::format("  # delete from {}: {}\n", printable(change.group.value),
                         printable(rule_words(change.rule)));
  }

  void write(const AclEntrySet& change, const Change& any) {
    const auto span = span_of(change.entry.services);
    if (!span) {
      note(any);
      return;
    }
    begin(change.acl.value, "AWS::EC2::NetworkAclEntry");
    property("NetworkAclId", quoted(change.acl.value));
    property("RuleNumber", std::to_string(change.entry.number));
    property("Egress", change.entry.is_egress ? "true" : "false");
    property("Protocol", span->protocol);
    property("RuleAction", change.entry.allows ? "allow" : "deny");
    property(change.entry.cidr.family() == IpFamily::V4 ? "CidrBlock" : "Ipv6CidrBlock",
             quoted(change.entry.cidr.text()));
    if (span->from_port) {
      text_ += fmt::format("      PortRange:\n        From: {}\n        To: {}\n", *span->from_port,
                           *span->to_port);
    }
  }

  void write(const ResourceSet&, const Change& any) {
    const Instance* instance = set_metadata(snapshot_, any);
    if (instance == nullptr) {
      note(any);
      return;
    }
    text_ += fmt::format("  # {}: set MetadataOptions in its launch template, HttpTokens: {}\n",
                         printable(instance->id.value),
                         instance->metadata.tokens_required == true ? "required" : "optional");
  }

  void write(const ResourceRemoved& change, const Change&) {
    text_ += fmt::format("  # delete the resource of {}\n", printable(change.id.text()));
  }

  template <class Other>
  void write(const Other&, const Change& any) {
    note(any);
  }

  void begin(std::string_view id, std::string_view type) {
    text_ += fmt::format("  {}:\n    Type: {}\n    Properties:\n", label_of(id, ++number_), type);
  }

  void property(std::string_view name, std::string_view value) {
    text_ += fmt::format("      {}: {}\n", name, value);
  }

  void note(const Change& change) { text_ += "  # " + change_words(change) + "\n"; }

  const Snapshot& snapshot_;
  std::size_t number_ = 0;
  std::string text_;
};

}  // namespace

std::string cloudformation(const Snapshot& snapshot, std::span<const Change> changes) {
  return Writer(snapshot).run(changes);
}

}  // namespace portolan::report
