#include "tests/packets/plan.h"

#include <algorithm>
#include <iterator>
#include <set>

#include "tests/packets/blueprint.h"
#include "tests/packets/facts.h"

namespace portolan::packets {

namespace {

using PortSet = std::set<std::uint16_t>;

constexpr std::size_t kServicesMax = 8;  // of each protocol

bool is_protocol(const json::object& rule, std::string_view member, std::string_view name,
                 std::string_view number) {
  const std::string protocol = text(rule, member);
  return protocol == name || protocol == number;
}

void add_ports(PortSet& ports, std::optional<std::int64_t> first,
               std::optional<std::int64_t> last) {
  for (const std::int64_t port : {first.value_or(-1), last.value_or(-1)}) {
    if (port > 0 && port <= kLastPort) {
      ports.insert(static_cast<std::uint16_t>(port));
    }
  }
}

/// The ends of the port ranges of all rules.
PortSet ports_of_rules(const Documents& documents, std::string_view name,
                       std::string_view number_text) {
  PortSet ports;
  for (const json::object& group : documents.rows("SecurityGroups")) {
    for (const std::string_view member : {"IpPermissions", "IpPermissionsEgress"}) {
      for (const json::object& rule : list(group, member)) {
        if (is_protocol(rule, "IpProtocol", name, number_text)) {
          add_ports(ports, number(rule, "FromPort"), number(rule, "ToPort"));
        }
      }
    }
  }
  for (const json::object& acl : documents.rows("NetworkAcls")) {
    for (const json::object& entry : list(acl, "Entries")) {
      if (is_protocol(entry, "Protocol", name, number_text)) {
        const json::object range = part(entry, "PortRange");
        add_ports(ports, number(range, "From"), number(range, "To"));
      }
    }
  }
  return ports;
}

/// Low ports come first: those at the upper end are mostly ends of ranges for clients.
Ports services(const Documents& documents, std::string_view name, std::string_view number_text) {
  PortSet ports = ports_of_rules(documents, name, number_text);
  Ports result(ports.begin(), ports.end());
  result.resize(std::min(result.size(), kServicesMax - 1));
  result.push_back(7);  // in no rule, most likely
  std::sort(result.begin(), result.end());
  result.erase(std::unique(result.begin(), result.end()), result.end());
  return result;
}

std::vector<PortRange> client_ranges(const Documents& documents) {
  std::set<std::int64_t> starts = {kEphemeralFirst, 32768, 49152, 61001};
  const auto cut = [&](std::int64_t port) {
    if (port >= kEphemeralFirst && port <= kLastPort) {
      starts.insert(port);
    }
  };
  for (const json::object& acl : documents.rows("NetworkAcls")) {
    for (const json::object& entry : list(acl, "Entries")) {
      const json::object range = part(entry, "PortRange");
      cut(number(range, "From").value_or(0));
      cut(number(range, "To").value_or(0) + 1);
    }
  }
  std::vector<PortRange> ranges;
  for (auto start = starts.begin(); start != starts.end(); ++start) {
    const auto next = std::next(start);
    const std::int64_t last = next == starts.end() ? kLastPort : *next - 1;
    ranges.push_back({static_cast<std::uint16_t>(*start), static_cast<std::uint16_t>(last)});
  }
  return ranges;
}

bool is_windows(const Documents& documents, const std::string& instance) {
  const json::object* row = documents.find("Instances", "InstanceId", instance);
  return row != nullptr && (text(*row, "Platform") == "windows" ||
                            text(*row, "PlatformDetails").find("Windows") != std::string::npos);
}

Party party(const IpAddress& address, const std::string& node, reach::Place::Kind kind) {
  const bool is_interface = kind == reach::Place::Kind::Interface;
  return {.host = {.node = node, .address = address},
          .place = {.kind = kind, .id = is_interface ? node : "", .address = address},
          .asked_by = {address},
          .instance = {},
          .client_ports_first = kEphemeralFirst,
          .client_ports_last = kLastPort};
}

void add_parties(const Documents& documents, const json::object& interface,
                 std::vector<Party>& parties) {
  const std::string id = text(interface, "NetworkInterfaceId");
  const std::string instance = text(part(interface, "Attachment"), "InstanceId");
  for (const std::string& inner : private_addresses(interface)) {
    Party made = party(*IpAddress::parse(inner), id, reach::Place::Kind::Interface);
    made.instance = instance;
    if (!instance.empty()) {
      // SOURCE: VPC guide, "Ephemeral ports".
      const bool windows = is_windows(documents, instance);
      made.client_ports_first = windows ? 49152 : 32768;
      made.client_ports_last = windows ? 65535 : 61000;
    }
    for (const auto& [outer, mapped] : public_addresses(interface)) {
      if (mapped == inner) {
        made.asked_by.push_back(*IpAddress::parse(outer));
      }
    }
    parties.push_back(std::move(made));
  }
}

}  // namespace

std::optional<std::uint16_t> Plan::client_port(const PortRange& range, std::size_t turn) const {
  const std::size_t size = std::size_t{range.last} - range.first + 1;
  const std::size_t services = tcp.size() + udp.size();
  for (std::size_t i = 0; i < std::min(size, services + 1); ++i) {
    const auto port = static_cast<std::uint16_t>(range.first + (turn + i) % size);
    const bool is_service = std::find(tcp.begin(), tcp.end(), port) != tcp.end() ||
                            std::find(udp.begin(), udp.end(), port) != udp.end();
    if (!is_service) {
      return port;
    }
  }
  return std::nullopt;
}

std::vector<IpAddress> internet_hosts(const Documents& documents) {
  std::vector<IpAddress> hosts = {IpAddress::v4(0x08080404), *IpAddress::parse("2a00:1450::5")};
  for (const json::object& group : documents.rows("SecurityGroups")) {
    for (const std::string_view member : {"IpPermissions", "IpPermissionsEgress"}) {
      for (const json::object& rule : list(group, member)) {
        for (const json::object& range : list(rule, "IpRanges")) {
          const auto block = IpPrefix::parse(text(range, "CidrIp"));
          const auto host = block ? block->last().previous() : std::nullopt;
          const bool is_small = block && block->length() >= 8 && block->length() <= 30;
          if (hosts.size() < 3 && is_small && host->is_public()) {
            hosts.push_back(*host);
          }
        }
      }
    }
  }
  return hosts;
}

Plan plan(const Documents& documents, const std::vector<IpAddress>& internet_hosts) {
  Plan plan;
  for (const json::object& interface : documents.rows("NetworkInterfaces")) {
    if (is_host(documents, interface)) {
      add_parties(documents, interface, plan.parties);
    }
  }
  for (const IpAddress& host : internet_hosts) {
    plan.parties.push_back(party(host, kInternet, reach::Place::Kind::Outside));
  }
  plan.tcp = services(documents, "tcp", "6");
  plan.udp = services(documents, "udp", "17");
  plan.client_ranges = client_ranges(documents);
  return plan;
}

}  // namespace portolan::packets
