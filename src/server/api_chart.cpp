#include "chart/columns.h"
#include "chart/ribbons.h"
#include "server/api.h"
#include "server/drawing.h"
#include "server/past_moments.h"
#include "server/squeeze.h"

namespace portolan::server {

namespace {

bool wants_json(const Asked& asked) {
  return asked.request.accept.find("application/json") != std::string::npos;
}

/// The columns of a chart, or what is the same as JSON.
Reply columns_reply(const Asked& asked, const Drawing& drawing) {
  if (wants_json(asked)) {
    return json_reply(chart::json_of(drawing.chart()));
  }
  Reply reply{.type = "application/octet-stream"};
  reply.body = drawing.columns();
  if (!drawing.packed_columns().bytes().empty() && accepts(asked.request.accept_encoding, "gzip")) {
    reply.body = drawing.packed_columns();
    reply.headers.emplace_back("Content-Encoding", "gzip");
    reply.headers.emplace_back("Vary", "Accept-Encoding");
  }
  return reply;
}

/// What was so then, on the chart of now.
Result<DrawingPtr> drawing_at(const Estate& estate, const std::string& moment) {
  const Time time = TRY(Time::parse(moment));
  return TRY(past_of(estate))->drawing_at(time, estate);
}

}  // namespace

Result<Reply> call_snapshot(const Asked& asked) {
  const Estate& estate = asked.estate;
  if (asked.key != estate.hash()) {
    return fail("no_such_snapshot",
                "this snapshot is served no more; `/meta` names the one that is");
  }
  if (wants_json(asked)) {
    return columns_reply(asked, estate.drawing());
  }
  const std::string tag = "\"" + estate.hash() + "\"";
  Reply reply{.status = 304, .type = "application/octet-stream"};
  if (asked.request.if_none_match != tag) {
    reply = columns_reply(asked, estate.drawing());
  }
  reply.headers.emplace_back("ETag", tag);
  return reply;
}

Result<Reply> call_past(const Asked& asked) {
  const auto at = asked.target.value("at");
  if (!at) {
    return fail("usage", "`at` is a moment, such as 2026-05-03T14:03:00Z");
  }
  return columns_reply(asked, *TRY(drawing_at(asked.estate, *at)));
}

Result<Reply> call_frontier(const Asked& asked) {
  const Estate& estate = asked.estate;
  const auto at = asked.target.value("at");
  const DrawingPtr drawing = at ? TRY(drawing_at(estate, *at))
                                : DrawingPtr(DrawingPtr(), &estate.drawing());  // which outlives it
  const chart::Frontier frontier = TRY(chart::read_frontier(asked.request.body, drawing->chart()));
  return json_reply(chart::json_of(TRY(drawing->lifter().lift(frontier))));
}

}  // namespace portolan::server
