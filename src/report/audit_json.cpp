#include <iterator>
#include <span>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "core/text.h"
#include "report/audit_counts.h"
#include "report/report.h"

// Written element by element: the findings of a large estate would not fit one tree twice.
namespace portolan::report {
namespace {

namespace json = boost::json;

json::string text_of(std::string_view text) { return json::string(printable(text)); }

json::array list_of(const std::vector<std::string>& texts) {
  json::array result;
  result.reserve(texts.size());
  for (const std::string& text : texts) {
    result.push_back(text_of(text));
  }
  return result;
}

json::object value_of(const FindingRule& rule) {
  return {{"id", text_of(rule.id)},
          {"holder", text_of(rule.holder)},
          {"peer", text_of(rule.peer)},
          {"services", text_of(rule.services)}};
}

json::object value_of(const Finding& finding) {
  json::array rules;
  for (const FindingRule& rule : finding.rules) {
    rules.push_back(value_of(rule));
  }
  return {{"check", text_of(finding.check)},
          {"outcome", text_of(text(finding.outcome))},
          {"risk", text_of(text(finding.risk))},
          {"latent", finding.is_latent},
          {"resource", text_of(finding.resource)},
          {"name", text_of(finding.name)},
          {"account", text_of(finding.account.text())},
          {"region", text_of(finding.region.text())},
          {"message", text_of(finding.message)},
          {"rules", std::move(rules)},
          {"affected", list_of(finding.affected)},
          {"witness", list_of(finding.witness)},
          {"gaps", list_of(finding.gaps)},
          {"fix", text_of(finding.fix)}};
}

json::object value_of(const Gap& gap) {
  return {{"code", text_of(gap.code)},
          {"resource", text_of(gap.resource)},
          {"message", text_of(gap.message)}};
}

json::object value_of(const Diagnostic& diagnostic) {
  return {
      {"severity", text_of(text(diagnostic.severity))}, {"code", text_of(diagnostic.code)},
      {"message", text_of(diagnostic.message)},         {"file", text_of(diagnostic.file)},
      {"pointer", text_of(diagnostic.pointer)},         {"resource", text_of(diagnostic.resource)}};
}

json::object summary_of(const AuditReport& report) {
  const AuditCounts counts = AuditCounts::of(report.findings);
  json::object by_risk;
  for (const Risk risk : kRisksWorstFirst) {
    by_risk.emplace(text(risk), counts.of(risk));
  }
  return {{"fail", counts.fail},
          {"by_risk", std::move(by_risk)},
          {"unknown", counts.unknown},
          {"pass", counts.pass},
          {"resources", report.resources}};
}

template <class Value>
void append_list(std::string& out, std::string_view key, const std::vector<Value>& values) {
  fmt::format_to(std::back_inserter(out), ",\n\"{}\":[", key);
  std::string_view separator = "\n";
  for (const Value& value : values) {
    out += separator;
    out += json::serialize(value_of(value));
    separator = ",\n";
  }
  out += values.empty() ? "]" : "\n]";
}

}  // namespace

std::string audit_json(const AuditReport& report) {
  std::string out = "{\"schema\":\"portolan/audit/1\"";
  const auto append = [&](std::string_view key, const json::value& value) {
    fmt::format_to(std::back_inserter(out), ",\n\"{}\":{}", key, json::serialize(value));
  };
  append("version", text_of(report.version));
  append("source", text_of(report.source));
  append("summary", summary_of(report));
  append_list(out, "findings", report.findings);
  append_list(out, "gaps", report.gaps);
  append_list(out, "diagnostics", report.diagnostics);
  out += "\n}\n";
  return out;
}

}  // namespace portolan::report
