#pragma once

#include <string>
#include <vector>

#include <boost/json.hpp>

#include "cli/terminal.h"
#include "reach/connection_map.h"
#include "reach/lateral.h"

/// Connections as people and programs read them. All text is printable.
namespace portolan::cli {

using ConnectionRows = std::vector<reach::ConnectionRow>;

/// A table; with `members`, below each row who they are.
std::string connections_table(const ConnectionRows& rows, bool members, const Style& style);

/// `from,to,services,state,sources,targets,pairs` with a line for each of the states of a row.
/// RFC 4180; what a spreadsheet would take for a formula begins with an apostrophe.
std::string connections_csv(const ConnectionRows& rows);

/// `connections`: a list of `from`, `to`, `services`, `services_depends`, `services_unknown`,
/// `pairs`, `sources`, `targets`.
boost::json::object connections_json(const ConnectionRows& rows);

/// A graph for Graphviz: parties as nodes, what may be opened as edges.
std::string connections_dot(const ConnectionRows& rows);

/// What can be reached in how many connections, with one that leads to each; and as JSON `reached`.
std::string reached_table(const std::vector<reach::Reached>& reached, bool members,
                          const Style& style);
boost::json::object reached_json(const std::vector<reach::Reached>& reached);

/// Chains of connections, each with the rule that lets it in; and as JSON `paths`.
std::string paths_text(const std::vector<reach::AttackPath>& paths, const Style& style);
boost::json::object paths_json(const std::vector<reach::AttackPath>& paths);

}  // namespace portolan::cli
