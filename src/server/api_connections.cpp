#include <optional>

#include <fmt/format.h>

#include "answers/answer_json.h"
#include "answers/connection_rows.h"
#include "checks/check.h"
#include "reach/connection_map.h"
#include "reach/lateral.h"
#include "server/api.h"

namespace portolan::server {
namespace {

constexpr std::size_t kPathsMost = 100;  // as `portolan connections --paths`
constexpr std::size_t kHopsMost = 1000;

Result<std::optional<reach::Selector>> selector_of(const RequestTarget& target,
                                                   std::string_view name) {
  const auto text = target.value(name);
  if (!text) {
    return std::optional<reach::Selector>{};
  }
  return std::optional(TRY(reach::parse_selector(*text)));
}

Result<reach::ConnectionFilter> filter_of(const RequestTarget& target) {
  reach::ConnectionFilter filter;
  filter.from = TRY(selector_of(target, "from"));
  filter.to = TRY(selector_of(target, "to"));
  filter.from_internet = target.has("exposed");
  if (const auto services = target.value("service")) {
    filter.services = TRY(ServiceSet::parse(*services));
  }
  if (target.has("risky")) {
    filter.services = filter.services.intersected(checks::risky_services());
  }
  return filter;
}

}  // namespace

Result<Reply> call_connections(const Asked& asked) {
  const reach::Moment& moment = asked.estate.moment();
  reach::ConnectionFilter filter = TRY(filter_of(asked.target));
  const auto of = TRY(selector_of(asked.target, "of"));
  if (!of) {
    return json_reply(answers::connections_json(
        TRY(reach::connection_map(moment.network(), moment.connections(), filter))));
  }
  if (filter.from || filter.to) {
    return fail("usage", "`of` shows both directions, so `from` and `to` do not go with it");
  }
  reach::ConnectionFilter outward = filter;
  filter.to = of;
  outward.from = of;
  answers::ConnectionViews views;
  views.ingress = TRY(reach::connection_map(moment.network(), moment.connections(), filter));
  views.egress = TRY(reach::connection_map(moment.network(), moment.connections(), outward));
  return json_reply(answers::views_json(views));
}

Result<Reply> call_reach(const Asked& asked) {
  const auto text = asked.target.value("q");
  if (!text) {
    return fail("bad_question", "there is no question: write one as `q=FROM -> TO SERVICE`");
  }
  const reach::Question question = TRY(reach::parse_question(*text));
  return json_reply(
      answers::answer_json(*text, TRY(reach::ask(asked.estate.moment().network(), question))));
}

Result<Reply> call_paths(const Asked& asked) {
  const reach::Moment& moment = asked.estate.moment();
  const reach::ConnectionFilter filter = TRY(filter_of(asked.target));
  if (!filter.to) {
    return fail("usage", "paths lead somewhere: name it with `to`");
  }
  const reach::Selector internet = TRY(reach::parse_selector("internet"));
  return json_reply(answers::paths_json(TRY(
      reach::attack_paths(moment.network(), moment.connections(), filter.from.value_or(internet),
                          *filter.to, filter.services, kPathsMost))));
}

Result<Reply> call_radius(const Asked& asked) {
  const reach::Moment& moment = asked.estate.moment();
  const reach::ConnectionFilter filter = TRY(filter_of(asked.target));
  const std::size_t hops = TRY(number_of(asked.target, "hops", 1, kHopsMost));
  if (!filter.from || filter.to || hops == 0) {
    return fail("usage", fmt::format("a blast starts somewhere: name it with `from`, without "
                                     "`to`, and `hops` from 1 to {}",
                                     kHopsMost));
  }
  return json_reply(answers::reached_json(
      TRY(reach::blast_radius(moment.network(), moment.connections(), *filter.from, filter.services,
                              static_cast<int>(hops)))));
}

}  // namespace portolan::server
