#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tools/scenario/statement.h"

namespace portolan::scenario {

/// A protocol with its ports (or ICMP type and code) as the documents have them.
struct Traffic {
  std::string protocol;  // as AWS prints it in a group: `tcp`, `icmpv6`, `50`, `-1`
  std::optional<int> from;
  std::optional<int> to;
};

/// What a service of the notation stands for: `any`, `tcp`, `tcp/22`, `tcp/80,443`, `udp/500-600`,
/// `icmp`, `icmp/8`, `icmp/3/4`, `icmpv6/128`, `proto/50`; or, word for word as in a document,
/// `raw/PROTOCOL/FROM/TO`, where FROM and TO may be empty.
std::vector<Traffic> traffic_of(std::string_view service, Arguments& arguments);

/// The protocol as a number, as NACLs print it.
std::string protocol_number_of(const Traffic& traffic);

/// A rule of a group or NACL: `SERVICE@PEER`. Without a peer the rule is for 0.0.0.0/0.
struct Spelling {
  std::string service;
  std::string peer;
};
Spelling spelling_of(std::string_view rule);

}  // namespace portolan::scenario
