#include <algorithm>
#include <charconv>
#include <utility>

#include "collect/decode/families.h"

namespace portolan::collect {

namespace {

constexpr int kPortMax = 65535;

struct PortRange {
  int from = 0;
  int to = kPortMax;
  [[nodiscard]] bool is_valid() const { return from >= 0 && from <= to && to <= kPortMax; }
  [[nodiscard]] bool is_all() const { return from == 0 && to == kPortMax; }
};

constexpr Field<PortRange> kPortFields[] = {
    {"FromPort", value<&PortRange::from>},
    {"ToPort", value<&PortRange::to>},
};

/// One stateless rule while it is read.
struct StatelessDraft {
  FirewallRule rule;
  std::vector<int> protocols;
  std::vector<PortRange> destination_ports;
  bool has_bad_member = false;
};

/// Blocks of `[{"AddressDefinition": CIDR}]`.
void addresses(Reader& in, std::vector<IpPrefix>& prefixes, bool& is_bad) {
  in.objects([&] {
    in.object([&](std::string_view key) {
      if (key != "AddressDefinition") {
        in.skip();
      } else if (const auto prefix = in.prefix()) {
        prefixes.push_back(*prefix);
      } else {
        is_bad = true;
      }
    });
  });
}

void port_ranges(Reader& in, std::vector<PortRange>& ranges, bool& is_bad) {
  in.objects([&] {
    PortRange range;
    read_fields(in, kPortFields, range);
    is_bad |= !range.is_valid();
    if (range.is_valid()) {
      ranges.push_back(range);
    }
  });
}

void source_ports(Reader& in, StatelessDraft& row) {
  std::vector<PortRange> ranges;
  port_ranges(in, ranges, row.has_bad_member);
  row.rule.restricts_source_ports =
      !ranges.empty() && std::none_of(ranges.begin(), ranges.end(),
                                      [](const PortRange& range) { return range.is_all(); });
}

/// Flags narrow the rule to some packets of a connection, which services cannot say.
void tcp_flags(Reader& in, StatelessDraft& row) {
  in.array([&] {
    in.skip();
    row.rule.is_exact = false;
  });
}

constexpr Field<StatelessDraft> kMatchFields[] = {
    {"Sources",
     [](Reader& in, StatelessDraft& row) { addresses(in, row.rule.sources, row.has_bad_member); }},
    {"Destinations",
     [](Reader& in, StatelessDraft& row) {
       addresses(in, row.rule.destinations, row.has_bad_member);
     }},
    {"SourcePorts", source_ports},
    {"DestinationPorts",
     [](Reader& in, StatelessDraft& row) {
       port_ranges(in, row.destination_ports, row.has_bad_member);
     }},
    {"Protocols",
     [](Reader& in, StatelessDraft& row) {
       in.array([&] { in.read(row.protocols.emplace_back(-1)); });
     }},
    {"TCPFlags", tcp_flags},
};

void actions(Reader& in, StatelessDraft& row) {
  std::vector<std::string> names;
  in.read(names);
  const auto standard = std::find_if(
      names.begin(), names.end(), [](const std::string& name) { return name.starts_with("aws:"); });
  if (standard != names.end()) {
    row.rule.action = *standard;
  }
}

constexpr Field<StatelessDraft> kDefinitionFields[] = {
    {"MatchAttributes",
     [](Reader& in, StatelessDraft& row) { read_fields(in, kMatchFields, row); }},
    {"Actions", actions},
};

constexpr Field<StatelessDraft> kStatelessFields[] = {
    {"RuleDefinition",
     [](Reader& in, StatelessDraft& row) { read_fields(in, kDefinitionFields, row); }},
    {"Priority", [](Reader& in, StatelessDraft& row) { in.read(row.rule.priority); }},
};

/// The services of one protocol. Ports count for TCP and UDP only.
ServiceSet services_of(int protocol, const std::vector<PortRange>& ports) {
  const bool has_ports = protocol == kProtocolTcp || protocol == kProtocolUdp;
  if (!has_ports || ports.empty()) {
    return ServiceSet::protocol(protocol);
  }
  ServiceSet services;
  for (const PortRange& range : ports) {
    services = services.united(protocol == kProtocolTcp ? ServiceSet::tcp(range.from, range.to)
                                                        : ServiceSet::udp(range.from, range.to));
  }
  return services;
}

ServiceSet services_of(StatelessDraft& draft) {
  if (draft.protocols.empty() && draft.destination_ports.empty()) {
    return ServiceSet::all();
  }
  if (draft.protocols.empty()) {
    draft.protocols = {kProtocolTcp, kProtocolUdp};
  }
  ServiceSet services;
  for (const int protocol : draft.protocols) {
    if (protocol < 0 || protocol > 255) {
      draft.has_bad_member = true;
    } else {
      services = services.united(services_of(protocol, draft.destination_ports));
    }
  }
  return services;
}

void stateless_rules(Reader& in, FirewallRuleGroup& group) {
  in.objects([&] {
    StatelessDraft draft;
    read_fields(in, kStatelessFields, draft);
    draft.rule.services = services_of(draft);
    draft.rule.is_exact &= !draft.has_bad_member && !draft.rule.action.empty();
    group.rules.push_back(std::move(draft.rule));
  });
  std::stable_sort(group.rules.begin(), group.rules.end(),
                   [](const auto& a, const auto& b) { return a.priority < b.priority; });
}

/// A five-tuple rule of the stateful engine, as text.
struct StatefulDraft {
  std::string action;
  std::string protocol;
  std::string source;
  std::string source_port;
  std::string direction;
  std::string destination;
  std::string destination_port;
  bool has_options = false;
};

constexpr Field<StatefulDraft> kHeaderFields[] = {
    {"Protocol", value<&StatefulDraft::protocol>},
    {"Source", value<&StatefulDraft::source>},
    {"SourcePort", value<&StatefulDraft::source_port>},
    {"Direction", value<&StatefulDraft::direction>},
    {"Destination", value<&StatefulDraft::destination>},
    {"DestinationPort", value<&StatefulDraft::destination_port>},
};

/// Options that only name or describe the rule leave it what its header says.
void rule_options(Reader& in, StatefulDraft& row) {
  in.objects([&] {
    const std::string keyword = member_of(in, "Keyword");
    row.has_options |= keyword != "sid" && keyword != "msg" && keyword != "rev";
  });
}

constexpr Field<StatefulDraft> kStatefulFields[] = {
    {"Action", value<&StatefulDraft::action>},
    {"Header", [](Reader& in, StatefulDraft& row) { read_fields(in, kHeaderFields, row); }},
    {"RuleOptions", rule_options},
};

bool is_any(std::string_view text) { return text == "ANY" || text == "any" || text.empty(); }

/// False if the text is neither `ANY` nor one block or address (a variable, a list, a negation).
bool read_address(std::string_view text, std::vector<IpPrefix>& prefixes) {
  if (is_any(text)) {
    return true;
  }
  if (const auto prefix = IpPrefix::parse(text)) {
    prefixes.push_back(*prefix);
    return true;
  }
  if (const auto address = IpAddress::parse(text)) {
    prefixes.push_back(IpPrefix::host(*address));
    return true;
  }
  return false;
}

std::optional<int> port_number(std::string_view text, int absent) {
  int port = absent;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (!text.empty() && (error != std::errc{} || end != text.data() + text.size())) {
    return std::nullopt;
  }
  return port;
}

/// `ANY`, `80`, `1024:`, `:1023`, `80:90`; nothing for variables, lists and negations.
std::optional<PortRange> read_ports(std::string_view text) {
  if (is_any(text)) {
    return PortRange{};
  }
  const std::size_t colon = text.find(':');
  const auto from = port_number(text.substr(0, colon), 0);
  const auto to =
      colon == std::string_view::npos ? from : port_number(text.substr(colon + 1), kPortMax);
  if (!from || !to) {
    return std::nullopt;
  }
  const PortRange range{.from = *from, .to = *to};
  return range.is_valid() ? std::optional(range) : std::nullopt;
}

/// The services that the header lets through; `is_exact` becomes false for a protocol of the
/// application layer, of which the transport is only the carrier.
ServiceSet header_services(std::string_view protocol, const PortRange& ports, bool& is_exact) {
  if (protocol == "IP") {
    if (ports.is_all()) {
      return ServiceSet::all();
    }
    return services_of(kProtocolTcp, {ports}).united(services_of(kProtocolUdp, {ports}));
  }
  if (protocol == "TCP") {
    return services_of(kProtocolTcp, {ports});
  }
  if (protocol == "UDP") {
    return services_of(kProtocolUdp, {ports});
  }
  if (protocol == "ICMP") {
    return ServiceSet::icmp();
  }
  is_exact = false;
  return services_of(kProtocolTcp, {ports}).united(services_of(kProtocolUdp, {ports}));
}

FirewallRule rule_of(const StatefulDraft& draft) {
  FirewallRule rule;
  rule.action = draft.action;
  rule.is_bidirectional = draft.direction == "ANY";
  rule.is_exact = !draft.has_options && !draft.action.empty();
  rule.is_exact &= read_address(draft.source, rule.sources);
  rule.is_exact &= read_address(draft.destination, rule.destinations);
  const auto source_ports = read_ports(draft.source_port);
  const auto ports = read_ports(draft.destination_port);
  rule.restricts_source_ports = !source_ports || !source_ports->is_all();
  rule.is_exact &= source_ports.has_value() && ports.has_value();
  rule.services = header_services(draft.protocol, ports.value_or(PortRange{}), rule.is_exact);
  return rule;
}

void stateful_rules(Reader& in, FirewallRuleGroup& group) {
  in.objects([&] {
    StatefulDraft draft;
    read_fields(in, kStatefulFields, draft);
    group.rules.push_back(rule_of(draft));
  });
}

void opaque(Reader& in, FirewallRuleGroup& group) {
  group.is_opaque |= in.kind() != 'n';  // null
  in.skip();
}

/// SOURCE: Network Firewall API, RulesSource.
constexpr Field<FirewallRuleGroup> kSourceFields[] = {
    {"RulesString", opaque},
    {"RulesSourceList", opaque},
    {"StatefulRules",
     [](Reader& in, FirewallRuleGroup& row) {
       row.is_stateful = true;
       stateful_rules(in, row);
     }},
    {"StatelessRulesAndCustomActions",
     [](Reader& in, FirewallRuleGroup& row) {
       in.object([&](std::string_view key) {
         if (key == "StatelessRules") {
           stateless_rules(in, row);
         } else {
           in.skip();
         }
       });
     }},
};

}  // namespace

void decode_firewall_rule_group(Answer& answer) {
  answer.in.object([&](std::string_view key) {
    if (key == "RulesSource") {
      read_fields(answer.in, kSourceFields, answer.firewall.rule_group);
      answer.firewall.has_rule_group = true;
    } else {
      answer.in.skip();
    }
  });
}

}  // namespace portolan::collect
