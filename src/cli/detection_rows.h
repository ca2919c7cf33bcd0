#pragma once

#include <string>
#include <vector>

#include "checks/trail.h"
#include "cli/terminal.h"
#include "cli/trail_input.h"
#include "report/report.h"

namespace portolan::cli {

/// What a run of the detections is written from.
struct DetectionReport {
  std::string source;  // as the user named it
  const Trail& trail;
  const std::vector<checks::Detection>& detections;
};

/// One object, schema `portolan/trail/1`; one finding a line.
std::string detections_json(const DetectionReport& report);
/// One object a line.
std::string detections_jsonl(const std::vector<checks::Detection>& detections);
/// RFC 4180, with a header.
std::string detections_csv(const std::vector<checks::Detection>& detections);
/// For people: the findings, then a line of counts.
std::string detections_table(const DetectionReport& report, const Style& style);

/// The same for the formats of an audit.
report::AuditReport as_audit(const DetectionReport& report, Time now, Risk fail_on);

/// `55 logs with 2900 records: 150 changes of the network (16 failed) …`
std::string counts_text(const Trail& trail);

}  // namespace portolan::cli
