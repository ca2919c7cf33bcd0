#include "tests/packets/world.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sched.h>
#include <sys/mman.h>
#include <unistd.h>

#include <fmt/format.h>

#include "core/assert.h"
#include "tests/support/process.h"

namespace portolan::packets {

namespace {

tl::unexpected<Error> refused(std::string_view what) {
  return fail("kernel_refused", fmt::format("{}: {}", what, std::strerror(errno)));
}

/// Runs `ip -batch` or `nft -f` on a text, in the namespace at hand.
Result<int> feed(const std::string& program, const std::string& option, const std::string& text) {
  const Descriptor file(memfd_create("commands", MFD_CLOEXEC));
  const ssize_t written = write(file.number(), text.data(), text.size());
  if (written != static_cast<ssize_t>(text.size())) {
    return refused("memfd_create");
  }
  const auto outcome =
      test::run({.arguments = {"/usr/sbin/" + program, option,
                               fmt::format("/proc/{}/fd/{}", getpid(), file.number())},
                 .folder = ".",
                 .environment = {}});
  if (outcome.code != 0) {
    return fail("kernel_refused",
                fmt::format("{} {} ended with {}: {}", program, option, outcome.code,
                            outcome.errors + outcome.out),
                text);
  }
  return 0;
}

Result<int> set(const std::string& setting, std::string_view value) {
  const Descriptor file(open(("/proc/sys/net/" + setting).c_str(), O_WRONLY | O_CLOEXEC));
  if (write(file.number(), value.data(), value.size()) < 0) {
    return refused(setting);
  }
  return 0;
}

/// Before the first device is there, for devices take their settings from `default`.
Result<int> set_up_namespace(bool forwards) {
  constexpr std::array<std::pair<const char*, const char*>, 9> kSettings{{
      {"ipv4/conf/all/rp_filter", "0"},
      {"ipv4/conf/default/rp_filter", "0"},
      {"ipv4/conf/all/send_redirects", "0"},
      {"ipv4/conf/default/send_redirects", "0"},
      {"ipv6/conf/all/disable_ipv6", "0"},
      {"ipv6/conf/default/disable_ipv6", "0"},
      {"ipv6/conf/default/accept_ra", "0"},
      // Echo requests are answered by us, with the name of the host.
      {"ipv4/icmp_echo_ignore_all", "1"},
      {"ipv6/icmp/echo_ignore_all", "1"},
  }};
  for (const auto& [setting, value] : kSettings) {
    (void)TRY(set(setting, value));
  }
  (void)TRY(set("ipv4/ip_forward", forwards ? "1" : "0"));
  return set("ipv6/conf/all/forwarding", forwards ? "1" : "0");
}

Descriptor current_namespace() {
  return Descriptor(open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC));
}

}  // namespace

Descriptor::~Descriptor() {
  if (is_open()) {
    close(number_);
  }
}

Result<World> World::build(const Blueprint& blueprint) {
  World world;
  (void)TRY(world.make_namespaces(blueprint));
  (void)TRY(world.lay_wires(blueprint));
  (void)TRY(world.furnish(blueprint));
  return world;
}

World::~World() {
  if (home_.is_open()) {
    setns(home_.number(), CLONE_NEWNET);
  }
}

void World::enter(const std::string& node) const {
  const int outcome = setns(nodes_.at(node).number(), CLONE_NEWNET);
  PORTOLAN_ASSERT(outcome == 0);
}

Result<int> World::make_namespaces(const Blueprint& blueprint) {
  home_ = current_namespace();
  if (!home_.is_open()) {
    return refused("/proc/self/ns/net");
  }
  for (const auto& [name, node] : blueprint.nodes) {
    if (unshare(CLONE_NEWNET) != 0) {
      return refused("unshare");
    }
    nodes_.emplace(name, current_namespace());
    (void)TRY(set_up_namespace(node.forwards));
  }
  return 0;
}

/// Both ends have the same address of the link layer and do not ask for the other's: what one end
/// sends to itself, the other takes for its own.
Result<int> World::lay_wires(const Blueprint& blueprint) const {
  std::string commands;
  const auto end = [&](const std::string& name, const std::string& node) {
    return fmt::format("{} address 02:00:00:00:00:01 arp off netns /proc/{}/fd/{}", name, getpid(),
                       nodes_.at(node).number());
  };
  for (const Wire& wire : blueprint.wires) {
    commands += fmt::format("link add {} type veth peer {}\n", end(wire.from_name, wire.from),
                            end(wire.to_name, wire.to));
  }
  return feed("ip", "-batch", commands);
}

Result<int> World::furnish(const Blueprint& blueprint) const {
  for (const auto& [name, node] : blueprint.nodes) {
    enter(name);
    (void)TRY(feed("ip", "-batch", node.ip));
    if (!node.nft.empty()) {
      (void)TRY(feed("nft", "-f", node.nft));
    }
  }
  return 0;
}

/// Asks for one of each thing that blueprints are made of, in words of its own: what is refused
/// here is the machine's fault, what is refused later is ours.
std::optional<std::string> why_impossible() {
  for (const char* program : {"/usr/sbin/ip", "/usr/sbin/nft"}) {
    if (access(program, X_OK) != 0) {
      return fmt::format("{} is not installed", program);
    }
  }
  Blueprint probe;
  probe.wires = {{.from = "a", .from_name = "x0", .to = "b", .to_name = "x1"}};
  probe.nodes["a"].ip =
      "link set x0 up\naddress add 10.0.0.1/32 dev x0\n"
      "rule add pref 5 iif x0 lookup 10\nroute add blackhole 0.0.0.0/0 table 10\n"
      "route add default via 169.254.1.1 dev x0 onlink\nroute add ::/0 via fe80::1 dev x0 onlink\n";
  probe.nodes["b"].nft =
      "table inet a {\n chain a {\n  type filter hook input priority 0; policy drop;\n"
      "  ct state established,related accept\n  ip saddr { 10.0.0.0/8 } tcp dport 1-2 accept\n"
      "  icmp type 8 icmp code 0 accept\n  icmpv6 type 128 accept\n }\n}\n"
      "table ip b {\n chain a {\n  type nat hook postrouting priority 100;\n  snat to 10.0.0.1\n "
      "}\n"
      " chain b {\n  type filter hook prerouting priority -300;\n  ip daddr set 10.0.0.1\n }\n}\n";
  const auto world = World::build(probe);
  return world ? std::nullopt : std::optional(world.error().message);
}

}  // namespace portolan::packets
