#pragma once

#include <string>
#include <vector>

#include "answers/connection_rows.h"
#include "cli/terminal.h"

/// Connections as people read them. All text is printable.
namespace portolan::cli {

/// A table; with `members`, below each row who they are.
std::string connections_table(const answers::ConnectionRows& rows, bool members,
                              const Style& style);

/// What can be reached in how many connections, with one that leads to each.
std::string reached_table(const std::vector<reach::Reached>& reached, bool members,
                          const Style& style);

/// Chains of connections, each with the rule that lets it in.
std::string paths_text(const std::vector<reach::AttackPath>& paths, const Style& style);

}  // namespace portolan::cli
