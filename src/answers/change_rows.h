#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/json.hpp>

#include "events/events.h"

namespace portolan::answers {

/// One change as programs get it: what an event opened or closed, or tried to.
struct ChangeRow {
  Time time;
  std::string event_id;
  std::string account;
  std::string region;
  std::string actor;
  std::string source_ip;
  std::string kind;      // as the classes of events: `sg_rule`, `route` …
  std::string resource;  // sg-…, rtb-…
  std::optional<bool> is_egress;
  std::string protocol;          // tcp, udp, icmp, icmpv6, all, a number; empty: none
  std::optional<int> from_port;  // ICMP: the type
  std::optional<int> to_port;    // ICMP: the code
  std::string peer;
  std::string target;                // of a route
  std::string action;                // of a NACL entry: allow, deny
  std::vector<std::string> affects;  // of a prefix list
  bool is_prefix_list = false;
  bool opens = true;
  bool ok = true;
};

/// One row for each range of ports of each step, in the order of the steps.
std::vector<ChangeRow> change_rows(const events::Timeline& timeline);

/// The members in the order of docs/TRAIL.md; what there is not is null.
boost::json::object change_json(const ChangeRow& row);
/// RFC 4180, with a header.
std::string changes_csv(const std::vector<ChangeRow>& rows);
/// A line for each, for people.
std::string changes_table(const std::vector<ChangeRow>& rows);

}  // namespace portolan::answers
