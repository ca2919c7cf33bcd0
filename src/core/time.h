#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/result.h"

namespace portolan {

/// A moment in UTC, in whole seconds since 1970-01-01. Text form: `2026-05-03T14:03:00Z`.
class Time {
 public:
  constexpr Time() = default;
  static constexpr Time from_seconds(std::int64_t seconds) {
    Time time;
    time.seconds_ = seconds;
    return time;
  }
  /// Error `bad_time`. Accepts RFC 3339 with `Z` or an offset; fractions of a second are cut off,
  /// and a leap second is the second after it.
  static Result<Time> parse(std::string_view text);

  [[nodiscard]] constexpr std::int64_t seconds() const { return seconds_; }
  /// Moments outside the years 0000 to 9999 show as the first or last second of these.
  [[nodiscard]] std::string text() const;
  friend constexpr auto operator<=>(const Time&, const Time&) = default;

 private:
  std::int64_t seconds_ = 0;
};

}  // namespace portolan
