#include <fmt/format.h>

#include "core/text.h"
#include "report/audit_checks.h"
#include "report/aws_resource.h"
#include "report/report.h"

// SOURCE: RFC 4180: comma, CRLF, a header. All outcomes, one finding a row, ranked; lists are
// joined by `; `. `csv_field` tells which cells begin with an apostrophe that is not theirs.
namespace portolan::report {
namespace {

std::string list_field(std::span<const std::string> texts) {
  return csv_field(joined(texts, "; "));
}

}  // namespace

void audit_csv(const AuditReport& report, const Sink& sink) {
  sink(
      "id,check,title,outcome,risk,latent,account,region,resource,name,arn,message,rules,affected,"
      "witness,gaps,fix\r\n");
  for (const Finding& finding : report.findings) {
    sink(fmt::format(
        "{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}\r\n", fingerprint(finding),
        csv_field(finding.check), csv_field(title_of(report, finding.check)), text(finding.outcome),
        text(finding.risk), finding.is_latent, csv_field(finding.account.text()),
        csv_field(finding.region.text()), csv_field(finding.resource), csv_field(finding.name),
        csv_field(aws_resource(finding, finding.resource).arn), csv_field(finding.message),
        list_field(rule_lines(finding.rules)), list_field(finding.affected),
        list_field(finding.witness), list_field(finding.gaps), csv_field(finding.fix)));
  }
}

}  // namespace portolan::report
