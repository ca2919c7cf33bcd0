#include "collect/trail_places.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "core/text.h"
#include "core/time.h"

namespace portolan::collect {

namespace {

constexpr std::array<std::string_view, 4> kEndings = {".json", ".jsonl", ".ndjson", ".csv"};
constexpr std::array<std::string_view, 2> kSiblings = {"CloudTrail-Digest/", "CloudTrail-Insight/"};
constexpr std::string_view kLogs = "CloudTrail/";
constexpr std::string_view kDayForm = "dddd/dd/dd/";
constexpr std::int64_t kDay_s = 86400;

/// Where `folder` begins as a whole part of the path.
std::optional<std::size_t> find_folder(std::string_view path, std::string_view folder,
                                       std::size_t from = 0) {
  for (std::size_t at = path.find(folder, from); at != std::string_view::npos;
       at = path.find(folder, at + 1)) {
    if (at == 0 || path[at - 1] == '/') {
      return at;
    }
  }
  return std::nullopt;
}

/// Where the first thing beside the logs ends that the path leads through.
std::optional<std::size_t> end_of_sibling(std::string_view path) {
  for (const std::string_view sibling : kSiblings) {
    if (const auto at = find_folder(path, sibling)) {
      return *at + sibling.size();
    }
  }
  return std::nullopt;
}

bool begins_with_day(std::string_view text) {
  return text.size() >= kDayForm.size() &&
         std::equal(kDayForm.begin(), kDayForm.end(), text.begin(), [](char form, char c) {
           return form == 'd' ? c >= '0' && c <= '9' : c == form;
         });
}

}  // namespace

bool is_trail_log(std::string_view path) {
  if (end_of_sibling(path)) {
    return false;
  }
  if (path.ends_with(".gz")) {
    path.remove_suffix(std::string_view(".gz").size());
  }
  return std::any_of(kEndings.begin(), kEndings.end(),
                     [&](std::string_view ending) { return path.ends_with(ending); });
}

std::optional<LogDay> log_day(std::string_view place) {
  for (auto at = find_folder(place, kLogs); at; at = find_folder(place, kLogs, *at + 1)) {
    const std::size_t slash = place.find('/', *at + kLogs.size());
    if (slash != std::string_view::npos && begins_with_day(place.substr(slash + 1))) {
      return LogDay{.region_folder = place.substr(0, slash + 1),
                    .day = place.substr(slash + 1, kDayForm.size() - 1)};
    }
  }
  return std::nullopt;
}

std::string days_before(std::string_view day, int days) {
  std::string text(day);
  std::replace(text.begin(), text.end(), '/', '-');
  const auto midnight = Time::parse(text + "T00:00:00Z");
  if (!midnight) {
    return {};  // `2026/13/77`: before everything
  }
  text = Time::from_seconds(midnight->seconds() - (days * kDay_s)).text().substr(0, day.size());
  std::replace(text.begin(), text.end(), '-', '/');
  return text;
}

std::string past_siblings(std::string_view name) {
  const auto end = end_of_sibling(name);
  if (!end) {
    return std::string(name);
  }
  constexpr char kAfterSlash = '/' + 1;
  return std::string(name.substr(0, *end - 1)) + kAfterSlash;
}

}  // namespace portolan::collect
