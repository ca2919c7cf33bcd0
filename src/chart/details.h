#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json.hpp>

#include "chart/chart.h"
#include "core/result.h"
#include "model/snapshot.h"

/// Part of the door of the chart module: what one resource is, belongs to and holds.
namespace portolan::chart {

struct Fact {
  std::string label;
  std::string value;
};

/// One step from a resource to another one.
struct Relation {
  std::string role;  // what the other one is to this one
  std::string kind;  // `security-group`; `unknown` of what is only named
  std::string key;
  std::string name;
};

/// A rule of a group or NACL, a route, a rule of a firewall, a listener.
struct RuleLine {
  std::string id;
  std::string direction;  // `ingress`, `egress`, `route`, `listener`
  std::string services;
  std::string peer;
  std::string description;
  std::string action;  // `allow`, `deny`, what a route or listener leads to
};

struct Details {
  std::string key;
  std::string name;
  std::string kind;
  std::vector<Fact> facts;
  std::vector<Relation> relations;  // both ways, by role and key
  std::vector<RuleLine> rules;
  std::vector<Tag> tags;
};

/// Of any resource of the snapshot, by its id or ARN, and of whatever is only named by others (an
/// instance profile). Error `unknown_key`. Cost: linear in the snapshot, for those that name it.
Result<Details> details_of(const Snapshot& snapshot, const std::string& key);

/// Without what only the server knows: `ingress`, `egress`, `findings`. All text is printable.
boost::json::object json_of(const Details& details, const Chart& chart);

/// `security-group`, `vpc`, … of the kind with that number.
std::string_view kind_text(std::size_t kind);

}  // namespace portolan::chart
