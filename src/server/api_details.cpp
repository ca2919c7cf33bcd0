#include "chart/details.h"
#include "chart/export.h"
#include "chart/matrix.h"
#include "chart/ribbons.h"
#include "chart/select.h"
#include "reach/connection_map.h"
#include "server/api.h"
#include "server/drawing.h"
#include "server/port_rows.h"

namespace portolan::server {
namespace {

namespace json = boost::json;

constexpr std::size_t kRowsMost = 1000;  // of one resource, each way

/// What a question calls the resource with that id: groups and places by what they are.
reach::Selector selector_of(const std::string& key) {
  using reach::SelectorKind;
  const SelectorKind kind = key.starts_with("sg-")       ? SelectorKind::Group
                            : key.starts_with("subnet-") ? SelectorKind::Subnet
                            : key.starts_with("vpc-")    ? SelectorKind::VpcOf
                                                         : SelectorKind::Name;
  return {.kind = kind, .value = key};
}

/// Nothing of what has no interfaces.
json::array rows_of(const Estate& estate, const reach::ConnectionFilter& filter, PortSide side) {
  const reach::Moment& moment = estate.moment();
  auto rows = reach::connection_map(moment.network(), moment.connections(), filter);
  if (!rows) {
    return {};
  }
  if (rows->size() > kRowsMost) {
    rows->erase(rows->begin() + kRowsMost, rows->end());
  }
  return port_rows(estate, *rows, side);
}

}  // namespace

Result<Reply> call_select(const Asked& asked) {
  const Drawing& drawing = asked.estate.drawing();
  return json_reply(chart::json_of(
      TRY(chart::select(drawing.chart(), drawing.traffic(), asked.estate.audit().findings,
                        asked.target.value("q").value_or("")))));
}

Result<Reply> call_matrix(const Asked& asked) {
  const Drawing& drawing = asked.estate.drawing();
  chart::MatrixView view;
  if (const auto lens = asked.target.value("lens")) {
    view.lens = TRY(chart::parse_lens(*lens));
  }
  if (const auto level = asked.target.value("level")) {
    view.level = TRY(chart::parse_level(*level));
  }
  view.within = static_cast<chart::NodeNumber>(
      TRY(number_of(asked.target, "within", 0, drawing.chart().size() - 1)));
  if (asked.target.has("risky")) {
    view.mode = chart::RibbonMode::Risky;
  }
  return json_reply(chart::json_of(TRY(chart::matrix_of(drawing.lifter(), view))));
}

Result<Reply> call_node(const Asked& asked) {
  const Estate& estate = asked.estate;
  const chart::Details details = TRY(chart::details_of(estate.snapshot(), asked.key));
  json::object object = chart::json_of(details, estate.drawing().chart());
  reach::ConnectionFilter inward;
  inward.to = selector_of(asked.key);
  reach::ConnectionFilter outward;
  outward.from = inward.to;
  object["ingress"] = rows_of(estate, inward, PortSide::Ingress);
  object["egress"] = rows_of(estate, outward, PortSide::Egress);
  object["findings"] = json::parse(findings_about(estate.audit(), asked.key));
  return json_reply(object);
}

Result<Reply> call_export_svg(const Asked& asked) {
  return file_reply(chart::plan_svg({.chart = asked.estate.drawing().chart(),
                                     .title = asked.estate.setting().source}),
                    "image/svg+xml", "portolan.svg");
}

Result<Reply> call_export_gltf(const Asked& asked) {
  return file_reply(chart::scene_gltf(asked.estate.drawing().chart(), chart::Lens::Location),
                    "model/gltf+json", "portolan.gltf");
}

}  // namespace portolan::server
