#include "answers/connection_rows.h"
#include "reach/connection_map.h"
#include "server/api.h"

namespace portolan::server {
namespace {

std::string written(void (*write)(const report::AuditReport&, const report::Sink&),
                    const report::AuditReport& audit) {
  std::string text;
  write(audit, [&](std::string_view piece) { text += piece; });
  return text;
}

}  // namespace

Reply file_reply(std::string text, std::string type, const std::string& name) {
  Reply reply = text_reply(std::move(text), std::move(type));
  reply.headers.emplace_back("Content-Disposition", "attachment; filename=\"" + name + "\"");
  return reply;
}

/// As `portolan audit --format html`.
Result<Reply> call_export_html(const Asked& asked) {
  return file_reply(written(report::audit_html, asked.estate.audit()), "text/html; charset=utf-8",
                    "portolan.html");
}

/// As `portolan audit --format json`.
Result<Reply> call_export_json(const Asked& asked) {
  return file_reply(written(report::audit_json, asked.estate.audit()), "application/json",
                    "portolan.json");
}

/// As `portolan connections --format csv`.
Result<Reply> call_export_csv(const Asked& asked) {
  const reach::Moment& moment = asked.estate.moment();
  return file_reply(answers::connections_csv(
                        TRY(reach::connection_map(moment.network(), moment.connections(), {}))),
                    "text/csv; charset=utf-8", "portolan.csv");
}

}  // namespace portolan::server
