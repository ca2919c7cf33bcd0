#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/diagnostics.h"
#include "core/time.h"
#include "model/finding.h"
#include "model/gap.h"
#include "model/standing.h"
#include "report/csv.h"
#include "report/layout.h"
#include "report/patch.h"

/// The door of the report module: tell people and programs. Values in, text out.
namespace portolan::report {

/// What a finding's check says of itself.
struct AuditCheck {
  std::string id;
  std::string title;  // one line, states the wrong
  Risk risk = Risk::Medium;
  std::string why;
  std::string fix;
  std::vector<std::string> references;  // `CIS AWS 5.0: 5.3`
};

/// What findings say of one control of a benchmark.
struct AuditControl {
  std::string id;  // `5.3`
  std::string title;
  std::string status;  // `pass`, `fail`, `unknown`, `nothing to judge`, `not covered`
  std::size_t failed = 0;
  std::size_t unknown = 0;
  std::size_t passed = 0;
};

/// A finding that somebody has taken on, until a day. Formats that have a word for it write it, the
/// others count it.
struct MutedFinding {
  Finding finding;
  std::string reason;
  std::string owner;
  Time expires;
};

/// What an audit found, ready to be written.
struct AuditReport {
  std::string source;               // as the user named it
  std::string version;              // of portolan
  Time now;                         // when it was judged; only formats that demand a time show it
  Risk fail_on = Risk::Low;         // least risk that fails a build
  std::vector<Finding> findings;    // ranked; Pass findings are counted, not listed, in the table
  std::vector<Standing> standings;  // of those that fail, by position; may be none
  std::vector<Gap> gaps;
  std::vector<Diagnostic> diagnostics;
  std::size_t resources = 0;
  std::vector<AuditCheck> checks;  // those that ran, sorted by id
  std::vector<MutedFinding> muted;
  std::size_t known = 0;  // findings that are left out: the baseline has them
  /// How a finding is put right, for formats that say it; may be empty.
  std::function<Patch(const Finding& finding)> patch_of;
  std::string drift;      // `2 new, 1 fixed …` since the baseline; empty: there is none
  std::string framework;  // name of the benchmark that was judged; empty: none
  std::vector<AuditControl> controls;
};

/// The standing of the finding at that position; empty where there is none.
const Standing& standing_of(const AuditReport& report, std::size_t position);

/// Takes a text piece by piece, so that the report of a large estate need not be in memory whole.
using Sink = std::function<void(std::string_view piece)>;

struct TableStyle {
  bool colour = false;
  int width = 100;          // columns of the terminal
  bool verbose = false;     // witness paths, passes, and lists to their ends
  bool lists_info = false;  // each finding for the record, not their number by check
};

/// For a terminal: a line of counts, then findings worst first, each with its rules, affected
/// interfaces and how to mend it; then how many each check has for the record (risk info); then
/// what is unknown and which documents would settle it. All text from the input is made printable.
std::string audit_table(const AuditReport& report, const TableStyle& style);

// The formats below make the text of the input printable, escape it as the format demands, name a
// finding by its `fingerprint`, and take time and memory in proportion to the findings. Each one's
// file begins with what it maps to what.

/// One JSON document, schema `portolan/audit/1` (docs/schemas/audit-1.json), keys in fixed order,
/// one finding, gap or diagnostic a line.
void audit_json(const AuditReport& report, const Sink& sink);
/// The finding at that position, as in that document.
std::string audit_finding_json(const AuditReport& report, std::size_t position);
/// OCSF 1.3.0 Compliance Findings, one event a line.
void audit_ocsf(const AuditReport& report, const Sink& sink);
/// A JSON array of AWS Security Finding Format, one finding a line.
void audit_asff(const AuditReport& report, const Sink& sink);
/// A SARIF 2.1.0 log with one run; what passed is counted only.
void audit_sarif(const AuditReport& report, const Sink& sink);
/// A JUnit test suite for each check, a test case for each finding.
void audit_junit(const AuditReport& report, const Sink& sink);
/// RFC 4180 with a header, one finding a row.
void audit_csv(const AuditReport& report, const Sink& sink);
/// GitHub Flavored Markdown: counts, then findings worst first.
void audit_markdown(const AuditReport& report, const Sink& sink);
/// One page that needs nothing but itself: counts, the exposed part as a picture, then findings.
void audit_html(const AuditReport& report, const Sink& sink);

struct AuditFormat {
  std::string_view name;
  void (*write)(const AuditReport& report, const Sink& sink) = nullptr;
};

inline constexpr std::array kAuditFormats = {
    AuditFormat{"json", audit_json},         AuditFormat{"ocsf", audit_ocsf},
    AuditFormat{"asff", audit_asff},         AuditFormat{"sarif", audit_sarif},
    AuditFormat{"junit", audit_junit},       AuditFormat{"csv", audit_csv},
    AuditFormat{"markdown", audit_markdown}, AuditFormat{"html", audit_html},
};

/// What a finding is known by from one audit to the next: a UUID of version 5 over its check,
/// account, region, resource and its rules, whatever its message says. A rule of a group counts by
/// what it lets through, not by its id.
std::string fingerprint(const Finding& finding);

}  // namespace portolan::report
