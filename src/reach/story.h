#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include <fmt/format.h>

#include "reach/tracer.h"

/// Private to the module: outcomes that are put in words only where somebody will read them.
namespace portolan::reach {

/// A value as it stands in a sentence: its text form, made when the sentence is.
template <class Value>
auto worded(const Value& value) {
  if constexpr (requires { value.text(); }) {
    return value.text();
  } else {
    return std::string_view(value);
  }
}

/// A sentence with a place for each of `Values`.
template <class... Values>
using Sentence =
    fmt::format_string<std::remove_cvref_t<decltype(worded(std::declval<const Values&>()))>...>;

/// An outcome that grows step by step. If it `tells`, with hops and assumptions; if not, only the
/// passage is kept, and no text is made.
///
/// Example:
///     story.block(Direction::Forward, "igw-1", "", Reason::NoRoute, "no route to {}", address);
class Story {
 public:
  Story(const ServiceSet& services, bool tells)
      : outcome_{.passage = Passage::of(services), .hops = {}, .assumptions = {}}, tells_(tells) {}

  [[nodiscard]] const Passage& passage() const { return outcome_.passage; }
  [[nodiscard]] bool is_dead() const { return outcome_.passage.blocked(); }
  [[nodiscard]] bool tells() const { return tells_; }
  [[nodiscard]] Outcome& outcome() { return outcome_; }

  /// All goes on as before; `services` are those of the connection.
  template <class... Values>
  void pass(const ServiceSet& services, Direction direction, std::string_view component,
            std::string_view rule, std::type_identity_t<Sentence<Values...>> detail,
            const Values&... values) {
    if (tells_) {
      outcome_.hops.push_back({.direction = direction,
                               .component = std::string(component),
                               .rule = std::string(rule),
                               .reason = Reason::Passed,
                               .passage = Passage::of(services),
                               .detail = fmt::format(detail, worded(values)...)});
    }
  }

  template <class... Values>
  void block(Direction direction, std::string_view component, std::string_view rule, Reason reason,
             std::type_identity_t<Sentence<Values...>> detail, const Values&... values) {
    if (tells_) {
      then(blocked(direction, std::string(component), std::string(rule), reason,
                   fmt::format(detail, worded(values)...)));
    } else {
      outcome_.passage = {};
    }
  }

  template <class... Values>
  void unknown(const ServiceSet& services, Direction direction, std::string_view component,
               std::string_view rule, Reason reason,
               std::type_identity_t<Sentence<Values...>> detail, const Values&... values) {
    if (tells_) {
      then(undecided(direction, std::string(component), std::string(rule), reason,
                     fmt::format(detail, worded(values)...), services));
    } else {
      outcome_.passage = outcome_.passage.then(Passage::maybe(services));
    }
  }

  template <class... Values>
  void assume(std::type_identity_t<Sentence<Values...>> text, const Values&... values) {
    if (tells_) {
      outcome_.assume(fmt::format(text, worded(values)...));
    }
  }

  void then(Outcome next) {
    if (tells_) {
      outcome_.then(std::move(next));
    } else {
      outcome_.narrow(next.passage);
    }
  }

 private:
  Outcome outcome_;
  bool tells_;
};

}  // namespace portolan::reach
