#include "chart/columns.h"
#include "chart/ribbons.h"
#include "server/api.h"
#include "server/drawing.h"
#include "server/squeeze.h"

namespace portolan::server {

Result<Reply> call_snapshot(const Asked& asked) {
  const Estate& estate = asked.estate;
  if (asked.key != estate.hash()) {
    return fail("no_such_snapshot",
                "this snapshot is served no more; `/meta` names the one that is");
  }
  const Drawing& drawing = estate.drawing();
  if (asked.request.accept.find("application/json") != std::string::npos) {
    return json_reply(chart::json_of(drawing.chart()));
  }
  Reply reply{.type = "application/octet-stream"};
  const std::string tag = "\"" + estate.hash() + "\"";
  reply.headers = {{"ETag", tag}};
  if (asked.request.if_none_match == tag) {
    reply.status = 304;
    return reply;
  }
  reply.body = drawing.columns();
  if (!drawing.packed_columns().bytes().empty() && accepts(asked.request.accept_encoding, "gzip")) {
    reply.body = drawing.packed_columns();
    reply.headers.emplace_back("Content-Encoding", "gzip");
    reply.headers.emplace_back("Vary", "Accept-Encoding");
  }
  return reply;
}

Result<Reply> call_frontier(const Asked& asked) {
  const Drawing& drawing = asked.estate.drawing();
  const chart::Frontier frontier = TRY(chart::read_frontier(asked.request.body, drawing.chart()));
  return json_reply(chart::json_of(TRY(drawing.lifter().lift(frontier))));
}

}  // namespace portolan::server
