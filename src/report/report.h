#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/diagnostics.h"
#include "model/finding.h"
#include "model/gap.h"
#include "report/layout.h"

/// The door of the report module: tell people and programs. Values in, text out.
namespace portolan::report {

/// What an audit found, ready to be written.
struct AuditReport {
  std::string source;             // as the user named it
  std::string version;            // of portolan
  std::vector<Finding> findings;  // ranked; Pass findings are counted, not listed, in the table
  std::vector<Gap> gaps;
  std::vector<Diagnostic> diagnostics;
  std::size_t resources = 0;
};

struct TableStyle {
  bool colour = false;
  int width = 100;       // columns of the terminal
  bool verbose = false;  // witness paths, passes, and lists to their ends
};

/// For a terminal: a line of counts, then findings worst first, each with its rules, affected
/// interfaces and how to mend it; then what is unknown and which documents would settle it. All
/// text from the input is made printable.
std::string audit_table(const AuditReport& report, const TableStyle& style);

/// One JSON document, schema `portolan/audit/1`, keys in fixed order, one finding, gap or
/// diagnostic a line, ends with a newline. Text is made printable, so it is valid UTF-8.
std::string audit_json(const AuditReport& report);

}  // namespace portolan::report
