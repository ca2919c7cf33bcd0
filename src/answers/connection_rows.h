#pragma once

#include <string>
#include <vector>

#include <boost/json.hpp>

#include "reach/connection_map.h"
#include "reach/lateral.h"

/// Connections for programs. All text is printable.
namespace portolan::answers {

using ConnectionRows = std::vector<reach::ConnectionRow>;

/// What one resource may be asked for, and what it may open.
struct ConnectionViews {
  ConnectionRows ingress;
  ConnectionRows egress;
};

/// `tcp/22,443`, `udp/53 (unknown)`.
std::string services_text(const reach::Passage& passage);

/// `from,to,services,state,sources,targets,pairs` with a line for each of the states of a row.
/// RFC 4180; what a spreadsheet would take for a formula begins with an apostrophe.
std::string connections_csv(const ConnectionRows& rows);

/// A list of `from`, `to`, `services`, `services_depends`, `services_unknown`, `pairs`, `sources`,
/// `targets`.
boost::json::array connection_array(const ConnectionRows& rows);
/// `connections`: the list.
boost::json::object connections_json(const ConnectionRows& rows);
/// `ingress` and `egress`: lists.
boost::json::object views_json(const ConnectionViews& views);

/// A graph for Graphviz: parties as nodes, what may be opened as edges.
std::string connections_dot(const ConnectionRows& rows);

/// `reached`: what can be reached in how many connections, with one that leads to each.
boost::json::object reached_json(const std::vector<reach::Reached>& reached);

/// `paths`: chains of connections, each with the rule that lets it in.
boost::json::object paths_json(const std::vector<reach::AttackPath>& paths);

}  // namespace portolan::answers
