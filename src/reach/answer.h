#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/service.h"
#include "model/gap.h"
#include "reach/reason.h"

namespace portolan::reach {

/// Yes: some of the asked services pass, whatever the client does. Depends: they pass for some
/// clients only (a NACL lets back only part of the ephemeral ports). Unknown: a gap decides.
/// No: nothing passes.
enum class Verdict : std::uint8_t { No, Unknown, Depends, Yes };

std::string_view text(Verdict verdict);

/// The services that get through, in three planes. INVARIANT: the planes are disjoint; what is in
/// none of them is blocked.
struct Passage {
  ServiceSet yes;
  ServiceSet depends;
  ServiceSet unknown;

  static Passage all() { return {.yes = ServiceSet::all(), .depends = {}, .unknown = {}}; }
  static Passage of(ServiceSet services) {
    return {.yes = std::move(services), .depends = {}, .unknown = {}};
  }
  static Passage maybe(ServiceSet services) {
    return {.yes = {}, .depends = {}, .unknown = std::move(services)};
  }
  /// One filter after the other: yes only where both say yes; unknown wins over depends.
  [[nodiscard]] Passage then(const Passage& next) const;
  /// Two ways side by side: yes where one of them says yes, then depends, then unknown.
  [[nodiscard]] Passage or_else(const Passage& other) const;
  [[nodiscard]] Passage only(const ServiceSet& services) const;
  /// All that is not blocked for sure.
  [[nodiscard]] ServiceSet possible() const;
  [[nodiscard]] bool blocked() const { return yes.empty() && depends.empty() && unknown.empty(); }
  [[nodiscard]] Verdict verdict() const;
  friend bool operator==(const Passage&, const Passage&) = default;
};

enum class Direction : std::uint8_t { Forward, Return };

std::string_view text(Direction direction);

/// One decision on the way: which thing decided, by which rule, and what it let through.
struct Hop {
  Direction direction = Direction::Forward;
  std::string component;  // id of the thing: eni-…, sg-…, acl-…, rtb-…, igw-…, tgw-rtb-…, ARN
  std::string rule;  // sgr-…, `rule 100`, `0.0.0.0/0 -> igw-…`, a setting; empty if none
  Reason reason = Reason::Passed;  // why it blocks, or Passed
  Passage passage;                 // what gets past this hop of what arrived at it
  std::string detail;              // one sentence for people, without a full stop
  friend bool operator==(const Hop&, const Hop&) = default;
};

/// Why an answer is what it is: a blocking reason, or a gap, or an assumption.
struct Because {
  Reason reason = Reason::Passed;
  std::string component;
  std::string detail;  // for people; for a gap, what was not collected and the call that would
  friend auto operator<=>(const Because&, const Because&) = default;
};

/// The answer to one question about one pair, or about sets (then of the best pair).
struct Answer {
  Verdict verdict = Verdict::No;
  Passage passage;               // cut to the services that were asked about
  std::vector<Because> because;  // what blocked (no), what is missing (unknown), what it
                                 // depends on; for yes: empty
  std::vector<std::string>
      assumptions;        // what was taken for granted, e.g. a host out there answers
  std::vector<Hop> hops;  // both directions, in the order a packet meets them
  std::string from;       // the pair the hops are about
  std::string to;
};

}  // namespace portolan::reach
