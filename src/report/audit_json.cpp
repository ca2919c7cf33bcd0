#include <boost/json.hpp>
#include <fmt/format.h>

#include "report/audit_counts.h"
#include "report/aws_resource.h"
#include "report/json_text.h"
#include "report/report.h"

// Our own JSON. docs/schemas/audit-1.json says what each key means; keys may be added to schema 1,
// none is taken away or given another meaning. Written element by element: the findings of a large
// estate would not fit one tree.
namespace portolan::report {
namespace {

namespace json = boost::json;

json::object value_of(const FindingRule& rule) {
  return {{"id", json_text(rule.id)},
          {"holder", json_text(rule.holder)},
          {"peer", json_text(rule.peer)},
          {"services", json_text(rule.services)}};
}

json::object value_of(const Standing& standing) {
  return {{"hops", standing.hops ? json::value(*standing.hops) : json::value()},
          {"at", json_text(standing.at)},
          {"from", json_text(standing.from)},
          {"services", json_text(standing.services)},
          {"data_tier", standing.is_data_tier},
          {"role", json_text(standing.role)},
          {"text", json_text(standing.text)}};
}

/// Null where people have to decide, and where nothing is to be done.
json::value value_of(const Patch& patch) {
  if (patch.empty()) {
    return nullptr;
  }
  json::array commands;
  for (const std::string& command : patch.commands) {
    commands.emplace_back(json_text(command));
  }
  return json::object{{"commands", std::move(commands)},
                      {"terraform", patch.terraform},
                      {"cloudformation", patch.cloudformation},
                      {"to_fill_in", patch.is_to_fill_in}};
}

json::object value_of(const Finding& finding, const Standing& standing) {
  json::array rules;
  for (const FindingRule& rule : finding.rules) {
    rules.push_back(value_of(rule));
  }
  return {{"id", fingerprint(finding)},
          {"check", json_text(finding.check)},
          {"outcome", json_text(text(finding.outcome))},
          {"risk", json_text(text(finding.risk))},
          {"latent", finding.is_latent},
          {"resource", json_text(finding.resource)},
          {"arn", aws_resource(finding, finding.resource).arn},
          {"name", json_text(finding.name)},
          {"account", json_text(finding.account.text())},
          {"region", json_text(finding.region.text())},
          {"message", json_text(finding.message)},
          {"rules", std::move(rules)},
          {"affected", json_texts(finding.affected)},
          {"witness", json_texts(finding.witness)},
          {"gaps", json_texts(finding.gaps)},
          {"fix", json_text(finding.fix)},
          {"standing", value_of(standing)}};
}

json::object value_of(const AuditControl& control) {
  return {{"id", json_text(control.id)},         {"title", json_text(control.title)},
          {"status", json_text(control.status)}, {"failed", control.failed},
          {"unknown", control.unknown},          {"passed", control.passed}};
}

json::object value_of(const Gap& gap) {
  return {{"code", json_text(gap.code)},
          {"resource", json_text(gap.resource)},
          {"message", json_text(gap.message)}};
}

json::object value_of(const Diagnostic& diagnostic) {
  return {{"severity", json_text(text(diagnostic.severity))},
          {"code", json_text(diagnostic.code)},
          {"message", json_text(diagnostic.message)},
          {"file", json_text(diagnostic.file)},
          {"pointer", json_text(diagnostic.pointer)},
          {"resource", json_text(diagnostic.resource)}};
}

json::object summary_of(const AuditReport& report) {
  const AuditCounts counts = AuditCounts::of(report.findings);
  json::object by_risk;
  for (const Risk risk : kRisksWorstFirst) {
    by_risk.emplace(text(risk), counts.of(risk));
  }
  return {{"fail", counts.fail},          {"by_risk", std::move(by_risk)},
          {"unknown", counts.unknown},    {"pass", counts.pass},
          {"muted", report.muted.size()}, {"known", report.known},
          {"resources", report.resources}};
}

/// `write(i)` gives the text of the object at position i.
template <class Write>
void write_objects(const Sink& sink, std::string_view key, std::size_t count, const Write& write) {
  sink(fmt::format(",\n\"{}\":[", key));
  for (std::size_t i = 0; i < count; ++i) {
    sink(i == 0 ? "\n" : ",\n");
    sink(write(i));
  }
  sink(count == 0 ? "]" : "\n]");
}

template <class Value>
void write_list(const Sink& sink, std::string_view key, const std::vector<Value>& values) {
  write_objects(sink, key, values.size(),
                [&](std::size_t i) { return json::serialize(value_of(values[i])); });
}

}  // namespace

std::string audit_finding_json(const AuditReport& report, std::size_t position) {
  const Finding& finding = report.findings[position];
  json::object value = value_of(finding, standing_of(report, position));
  if (report.patch_of && finding.outcome == Outcome::Fail) {
    value.emplace("patch", value_of(report.patch_of(finding)));
  }
  return json::serialize(value);
}

void audit_json(const AuditReport& report, const Sink& sink) {
  sink("{\"schema\":\"portolan/audit/1\"");
  const auto write = [&](std::string_view key, const json::value& value) {
    sink(fmt::format(",\n\"{}\":{}", key, json::serialize(value)));
  };
  write("version", json_text(report.version));
  write("source", json_text(report.source));
  write("summary", summary_of(report));
  write_objects(sink, "findings", report.findings.size(),
                [&](std::size_t i) { return audit_finding_json(report, i); });
  if (!report.framework.empty()) {
    write("framework", json_text(report.framework));
    write_list(sink, "controls", report.controls);
  }
  write_list(sink, "gaps", report.gaps);
  write_list(sink, "diagnostics", report.diagnostics);
  sink("\n}\n");
}

}  // namespace portolan::report
