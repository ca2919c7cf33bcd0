#include <cctype>
#include <variant>

#include <fmt/format.h>

#include "core/text.h"
#include "report/patch.h"
#include "report/patch_text.h"

namespace portolan::report {

namespace {

/// A string of HCL. SOURCE: Terraform language, Strings: `${` and `%{` begin templates.
std::string quoted(std::string_view text) {
  std::string result = "\"";
  const std::string safe = printable(text);
  for (std::size_t i = 0; i < safe.size(); ++i) {
    const char letter = safe[i];
    const bool begins_template =
        (letter == '$' || letter == '%') && i + 1 < safe.size() && safe[i + 1] == '{';
    if (letter == '"' || letter == '\\') {
      result += '\\';
    } else if (begins_template) {
      result += letter;
    }
    result += letter;
  }
  return result + "\"";
}

std::string label_of(std::string_view id, std::size_t number) {
  std::string label;
  for (const char letter : id) {
    label += std::isalnum(static_cast<unsigned char>(letter)) != 0 ? letter : '_';
  }
  return fmt::format("{}_{}", label, number);
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
    text_ +=
        fmt::format("resource \"aws_vpc_security_group_{}_rule\" \"{}\" {{\n",
                    rule.is_egress ? "egress" : "ingress", label_of(change.group.value, ++number_));
    text_ += fmt::format("  security_group_id = {}\n", quoted(change.group.value));
    text_ += fmt::format("  ip_protocol = {}\n", quoted(rule.protocol));
    if (rule.from_port != -1 || rule.to_port != -1) {
      text_ += fmt::format("  from_port = {}\n  to_port = {}\n", rule.from_port, rule.to_port);
    }
    text_ += fmt::format("  {} = {}\n", peer_argument(rule.peer), quoted(peer_text(rule.peer)));
    if (!rule.description.empty()) {
      text_ += fmt::format("  description = {}\n", quoted(rule.description));
    }
    text_ += "}\n";
  }

  static std::string_view peer_argument(const RulePeer& peer) {
    if (const auto* block = std::get_if<IpPrefix>(&peer)) {
      return block->family() == IpFamily::V4 ? "cidr_ipv4" : "cidr_ipv6";
    }
    return std::holds_alternative<PrefixListId>(peer) ? "prefix_list_id"
                                                      : "referenced_security_group_id";
  }

  void write(const RuleRemoved& change, const Change&) {
    text_ += fmt::format(
        "# delete the aws_vpc_security_group_{0}_rule, or the {0} block, of {1}:\n#   {2}\n",
        change.rule.is_egress ? "egress" : "ingress", printable(change.group.value),
        printable(rule_words(change.rule)));
  }

  void write(const AclEntrySet& change, const Change& any) {
    const auto span = span_of(change.entry.services);
    if (!span) {
      note(any);
      return;
    }
    text_ += fmt::format("resource \"aws_network_acl_rule\" \"{}\" {{\n",
                         label_of(change.acl.value, ++number_));
    text_ += fmt::format("  network_acl_id = {}\n", quoted(change.acl.value));
    text_ += fmt::format("  rule_number = {}\n", change.entry.number);
    text_ += fmt::format("  egress = {}\n", change.entry.is_egress);
    text_ += fmt::format("  protocol = {}\n", quoted(span->protocol));
    text_ += fmt::format("  rule_action = \"{}\"\n", change.entry.allows ? "allow" : "deny");
    text_ +=
        fmt::format("  {} = {}\n",
                    change.entry.cidr.family() == IpFamily::V4 ? "cidr_block" : "ipv6_cidr_block",
                    quoted(change.entry.cidr.text()));
    if (span->from_port) {
      text_ += fmt::format("  from_port = {}\n  to_port = {}\n", *span->from_port, *span->to_port);
    }
    text_ += "}\n";
  }

  void write(const ResourceSet&, const Change& any) {
    const Instance* instance = set_metadata(snapshot_, any);
    if (instance == nullptr) {
      note(any);
      return;
    }
    text_ += fmt::format("# in the aws_instance or aws_launch_template of {}:\n",
                         printable(instance->id.value));
    text_ += "#   metadata_options {\n#     http_endpoint = \"enabled\"\n";
    if (instance->metadata.tokens_required) {
      text_ += fmt::format("#     http_tokens = \"{}\"\n",
                           *instance->metadata.tokens_required ? "required" : "optional");
    }
    if (instance->metadata.hop_limit) {
      text_ +=
          fmt::format("#     http_put_response_hop_limit = {}\n", *instance->metadata.hop_limit);
    }
    text_ += "#   }\n";
  }

  void write(const ResourceRemoved& change, const Change&) {
    text_ += fmt::format("# delete the block of {}\n", printable(change.id.text()));
  }

  template <class Other>
  void write(const Other&, const Change& any) {
    note(any);
  }

  void note(const Change& change) { text_ += "# " + change_words(change) + "\n"; }

  const Snapshot& snapshot_;
  std::size_t number_ = 0;
  std::string text_;
};

}  // namespace

std::string terraform(const Snapshot& snapshot, std::span<const Change> changes) {
  return Writer(snapshot).run(changes);
}

}  // namespace portolan::report
