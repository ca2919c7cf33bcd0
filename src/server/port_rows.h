#pragma once

#include <cstdint>

#include <boost/json.hpp>

#include "answers/connection_rows.h"
#include "server/estate.h"

/// Private to the module: what may be opened from or to one resource, and what lets it.
namespace portolan::server {

/// Which of the two ends of a row is the resource.
enum class PortSide : std::uint8_t { Ingress, Egress };

/// The rows as of /connections. Each of the first 200 also has, as far as they are known, `rules`:
/// those of groups on the resource's side that let one of its pairs through, `[{"id", "holder",
/// "services", "peer", "changed": {"time", "actor", "event"} or null}]`, and `finding`: the worst
/// about one of these rules, `{"id", "check", "risk"}` or null. `changed` is the last that the logs
/// tell of the rule. Cost: for each of them a trace or a few of one pair.
boost::json::array port_rows(const Estate& estate, const answers::ConnectionRows& rows,
                             PortSide side);

}  // namespace portolan::server
