#include <algorithm>
#include <utility>

#include "reach/tracer.h"

namespace portolan::reach {

void Outcome::then(Outcome next) {
  narrow(next.passage);
  hops.insert(hops.end(), std::make_move_iterator(next.hops.begin()),
              std::make_move_iterator(next.hops.end()));
  for (std::string& assumption : next.assumptions) {
    assume(std::move(assumption));
  }
}

void Outcome::narrow(const Passage& next) {
  const bool passes_all = next.depends.empty() && next.unknown.empty() && next.yes.is_all();
  if (!passes_all) {  // nearly always it does
    passage = passage.then(next);
  }
}

void Outcome::assume(std::string text) {
  if (std::find(assumptions.begin(), assumptions.end(), text) == assumptions.end()) {
    assumptions.push_back(std::move(text));
  }
}

Outcome blocked(Direction direction, std::string component, std::string rule, Reason reason,
                std::string detail) {
  Outcome outcome;
  outcome.hops.push_back({.direction = direction,
                          .component = std::move(component),
                          .rule = std::move(rule),
                          .reason = reason,
                          .passage = {},
                          .detail = std::move(detail)});
  return outcome;
}

Outcome undecided(Direction direction, std::string component, std::string rule, Reason reason,
                  std::string detail, const ServiceSet& services) {
  Outcome outcome =
      blocked(direction, std::move(component), std::move(rule), reason, std::move(detail));
  outcome.passage = Passage::maybe(services);
  outcome.hops.back().passage = outcome.passage;
  return outcome;
}

}  // namespace portolan::reach
