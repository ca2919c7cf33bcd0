#include "core/time.h"

#include <algorithm>
#include <chrono>
#include <optional>

#include <fmt/format.h>

namespace portolan {
namespace {

constexpr std::int64_t kDay = 86400;

constexpr std::int64_t midnight(int year, unsigned month, unsigned day) {
  const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(month),
                                         std::chrono::day(day)};
  return std::chrono::sys_days(date).time_since_epoch().count() * kDay;
}

constexpr std::int64_t kFirst = midnight(0, 1, 1);
constexpr std::int64_t kLast = midnight(10000, 1, 1) - 1;

/// Takes `kCount` digits off the front of `text`.
template <std::size_t kCount>
std::optional<int> take_number(std::string_view& text) {
  if (text.size() < kCount) {
    return std::nullopt;
  }
  int value = 0;
  bool are_digits = true;
  for (std::size_t i = 0; i < kCount; ++i) {
    const int digit = text[i] - '0';
    are_digits = are_digits && digit >= 0 && digit <= 9;
    value = value * 10 + digit;
  }
  if (!are_digits) {
    return std::nullopt;
  }
  text.remove_prefix(kCount);
  return value;
}

/// Takes one of the characters `any_of` off the front of `text`.
bool take(std::string_view& text, std::string_view any_of) {
  if (text.empty() || std::find(any_of.begin(), any_of.end(), text.front()) == any_of.end()) {
    return false;
  }
  text.remove_prefix(1);
  return true;
}

/// Takes `2026-05-03` off the front, as seconds since the epoch.
std::optional<std::int64_t> take_date(std::string_view& text) {
  const auto year = take_number<4>(text);
  const bool dash = take(text, "-");
  const auto month = take_number<2>(text);
  const bool second_dash = take(text, "-");
  const auto day = take_number<2>(text);
  if (!year || !dash || !month || !second_dash || !day) {
    return std::nullopt;
  }
  const std::chrono::year_month_day date{std::chrono::year(*year),
                                         std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok()) {
    return std::nullopt;
  }
  return std::chrono::sys_days(date).time_since_epoch().count() * kDay;
}

/// Takes `14:03` off the front, as seconds.
std::optional<std::int64_t> take_hour_minute(std::string_view& text) {
  const auto hour = take_number<2>(text);
  const bool colon = take(text, ":");
  const auto minute = take_number<2>(text);
  if (!hour || !colon || !minute || *hour > 23 || *minute > 59) {
    return std::nullopt;
  }
  return *hour * 3600 + *minute * 60;
}

/// Takes `:07` or `:07.123` off the front; 60 is a leap second.
std::optional<std::int64_t> take_second(std::string_view& text) {
  const bool colon = take(text, ":");
  const auto second = take_number<2>(text);
  if (!colon || !second || *second > 60) {
    return std::nullopt;
  }
  if (take(text, ".")) {
    if (!take(text, "0123456789")) {
      return std::nullopt;
    }
    while (take(text, "0123456789")) {
    }
  }
  return *second;
}

/// Takes `Z` or `+02:00` off the front, as seconds east of Greenwich.
std::optional<std::int64_t> take_offset(std::string_view& text) {
  if (take(text, "Zz")) {
    return 0;
  }
  const bool west = text.starts_with('-');
  if (!take(text, "+-")) {
    return std::nullopt;
  }
  const auto offset = take_hour_minute(text);
  return offset && west ? std::optional(-*offset) : offset;
}

/// SOURCE: RFC 3339 section 5.6.
std::optional<std::int64_t> parse_seconds(std::string_view text) {
  const auto date = take_date(text);
  const bool separator = take(text, "Tt");
  const auto minutes = take_hour_minute(text);
  const auto second = take_second(text);
  const auto offset = take_offset(text);
  if (!date || !separator || !minutes || !second || !offset || !text.empty()) {
    return std::nullopt;
  }
  const std::int64_t seconds = *date + *minutes + *second - *offset;
  return seconds >= kFirst && seconds <= kLast ? std::optional(seconds) : std::nullopt;
}

}  // namespace

Result<Time> Time::parse(std::string_view text) {
  if (const auto seconds = parse_seconds(text)) {
    return from_seconds(*seconds);
  }
  return fail("bad_time",
              fmt::format("`{}` is not a time, write one like `2026-05-03T14:03:00Z`", text));
}

std::string Time::text() const {
  const std::int64_t seconds = std::clamp(seconds_, kFirst, kLast);
  const std::int64_t in_day = ((seconds % kDay) + kDay) % kDay;
  const std::chrono::sys_days day{std::chrono::days((seconds - in_day) / kDay)};
  const std::chrono::year_month_day date{day};
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                     in_day / 3600, in_day / 60 % 60, in_day % 60);
}

}  // namespace portolan
