#include <string>
#include <string_view>

#include <fmt/format.h>

#include "chart/ribbons.h"

namespace portolan::chart {

namespace {

constexpr std::size_t kRibbonsMost = 20'000;

Result<NodeNumber> number_of(const boost::json::value& value, const Chart& chart) {
  boost::system::error_code error;
  const auto number = value.to_number<std::int64_t>(error);
  if (error || number < 0 || number >= static_cast<std::int64_t>(chart.size())) {
    return fail("bad_frontier", "a node is given by its number, which is one of the chart");
  }
  return static_cast<NodeNumber>(number);
}

Result<void> read_scope(const boost::json::object& body, std::string_view name, const Chart& chart,
                        std::optional<NodeNumber>& scope) {
  const boost::json::value* value = body.if_contains(name);
  if (value != nullptr && !value->is_null()) {
    scope = TRY(number_of(*value, chart));
  }
  return {};
}

Result<RibbonMode> read_mode(const boost::json::object& body) {
  const boost::json::value* value = body.if_contains("mode");
  if (value == nullptr) {
    return RibbonMode::Risky;
  }
  if (value->is_string() && value->get_string() == "all") {
    return RibbonMode::All;
  }
  if (value->is_string() && value->get_string() == "risky") {
    return RibbonMode::Risky;
  }
  return fail("bad_frontier", "`mode` is `risky` or `all`");
}

Result<std::size_t> read_most(const boost::json::object& body) {
  const boost::json::value* value = body.if_contains("most");
  if (value == nullptr) {
    return Frontier{}.most;
  }
  boost::system::error_code error;
  const auto most = value->to_number<std::int64_t>(error);
  if (error || most < 0) {
    return fail("bad_frontier", "`most` is a number of ribbons");
  }
  return std::min(static_cast<std::size_t>(most), kRibbonsMost);
}

/// The services of the state that is told first, for what is short; all planes follow.
const ServiceSet& surest(const Ribbon& ribbon) {
  switch (ribbon.state()) {
    case RibbonState::Open:
      return ribbon.passage.yes;
    case RibbonState::Depends:
      return ribbon.passage.depends;
    case RibbonState::Unknown:
      break;
  }
  return ribbon.passage.unknown;
}

}  // namespace

boost::json::object json_of(const Ribbon& ribbon) {
  boost::json::object object = {{"from", ribbon.from},
                                {"to", ribbon.to},
                                {"services", surest(ribbon).text()},
                                {"state", text(ribbon.state())},
                                {"exposure", text(ribbon.exposure)},
                                {"pairs", ribbon.pairs},
                                {"risky", ribbon.is_risky}};
  if (ribbon.state() == RibbonState::Open && !ribbon.passage.depends.empty()) {
    object.emplace("services_depends", ribbon.passage.depends.text());
  }
  if (ribbon.state() != RibbonState::Unknown && !ribbon.passage.unknown.empty()) {
    object.emplace("services_unknown", ribbon.passage.unknown.text());
  }
  return object;
}

boost::json::object json_of(const Ribbons& ribbons) {
  boost::json::array list;
  list.reserve(ribbons.ribbons.size());
  for (const Ribbon& ribbon : ribbons.ribbons) {
    list.push_back(json_of(ribbon));
  }
  return {{"ribbons", std::move(list)}, {"hidden", ribbons.hidden}};
}

Result<Frontier> read_frontier(std::string_view body, const Chart& chart) {
  boost::system::error_code error;
  const boost::json::value value = boost::json::parse({body.data(), body.size()}, error);
  if (error || !value.is_object()) {
    return fail("bad_frontier", "the body is a JSON object");
  }
  const boost::json::object& object = value.get_object();
  Frontier frontier;
  if (const boost::json::value* lens = object.if_contains("lens")) {
    if (!lens->is_string()) {
      return fail("bad_lens", "`lens` is `location` or `policy`");
    }
    const std::string_view name(lens->get_string().data(), lens->get_string().size());
    frontier.lens = TRY(parse_lens(name));
  }
  const boost::json::value* nodes = object.if_contains("nodes");
  if (nodes == nullptr || !nodes->is_array() || nodes->get_array().size() > chart.size()) {
    return fail("bad_frontier", "`nodes` is a list of numbers of nodes");
  }
  for (const boost::json::value& node : nodes->get_array()) {
    frontier.nodes.push_back(TRY(number_of(node, chart)));
  }
  frontier.mode = TRY(read_mode(object));
  frontier.most = TRY(read_most(object));
  if (auto read = read_scope(object, "from", chart, frontier.from); !read) {
    return tl::unexpected<Error>(read.error());
  }
  if (auto read = read_scope(object, "to", chart, frontier.to); !read) {
    return tl::unexpected<Error>(read.error());
  }
  return frontier;
}

}  // namespace portolan::chart
