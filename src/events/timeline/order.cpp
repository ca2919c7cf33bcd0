#include "events/timeline/order.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

namespace portolan::events {

namespace {

struct Verb {
  std::string_view text;
  int rank;
};

constexpr int kModify = 3;

// By the first word of the call; the rest modify.
constexpr std::array kVerbs = {
    Verb{"Create", 0},       Verb{"Allocate", 0},  Verb{"Run", 0},       Verb{"Associate", 1},
    Verb{"Attach", 1},       Verb{"Accept", 1},    Verb{"Authorize", 2}, Verb{"Revoke", 4},
    Verb{"Disassociate", 4}, Verb{"Detach", 4},    Verb{"Reject", 4},    Verb{"Delete", 5},
    Verb{"Release", 5},      Verb{"Terminate", 5},
};

/// CreateRoute and CreateNetworkAclEntry open something in what was created before.
bool opens_part(std::string_view name) {
  return name == "CreateRoute" || name == "CreateNetworkAclEntry";
}

bool closes_part(std::string_view name) {
  return name == "DeleteRoute" || name == "DeleteNetworkAclEntry";
}

/// Of two records of one event the one that says more, in a way that does not hang on their order.
auto preference(const Event& event) {
  return std::tuple(event.corrects_id.empty(), -static_cast<std::ptrdiff_t>(event.edits.size()),
                    event.time, event.digest, std::string_view(event.name));
}

}  // namespace

int causal_rank(const Event& event) {
  if (opens_part(event.name) || closes_part(event.name)) {
    return opens_part(event.name) ? 2 : 4;
  }
  for (const Verb& verb : kVerbs) {
    if (event.name.starts_with(verb.text)) {
      return verb.rank;
    }
  }
  return kModify;
}

void put_in_order(std::vector<Event> events, Timeline& timeline) {
  const auto id_of = [](const Event& event) { return std::tie(event.account, event.id); };
  std::sort(events.begin(), events.end(), [&](const Event& a, const Event& b) {
    return id_of(a) != id_of(b) ? id_of(a) < id_of(b) : preference(a) < preference(b);
  });
  const auto past = std::unique(events.begin(), events.end(), [&](const Event& a, const Event& b) {
    return id_of(a) == id_of(b);
  });
  timeline.duplicates = static_cast<std::size_t>(events.end() - past);
  events.erase(past, events.end());

  std::set<std::pair<AccountId, std::string>> corrected;
  for (const Event& event : events) {
    if (!event.corrects_id.empty() && event.corrects_id != event.id) {
      corrected.emplace(event.account, event.corrects_id);
    }
  }
  timeline.corrected = std::erase_if(events, [&](const Event& event) {
    return corrected.contains({event.account, event.id});
  });

  std::sort(events.begin(), events.end(), [](const Event& a, const Event& b) {
    return std::tuple(a.time, causal_rank(a), std::tie(a.account, a.id)) <
           std::tuple(b.time, causal_rank(b), std::tie(b.account, b.id));
  });
  const auto logging = std::stable_partition(events.begin(), events.end(), [](const Event& event) {
    return event.event_class != EventClass::Logging;
  });
  timeline.logging.assign(std::make_move_iterator(logging), std::make_move_iterator(events.end()));
  events.erase(logging, events.end());
  timeline.events = std::move(events);
}

}  // namespace portolan::events
