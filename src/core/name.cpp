#include "core/name.h"

#include <algorithm>

#include <fmt/format.h>

namespace portolan {
namespace {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_lower(char c) { return c >= 'a' && c <= 'z'; }

template <class Predicate>
std::size_t run_length(std::string_view text, Predicate predicate) {
  return static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), predicate) -
                                  text.begin());
}

/// How many characters at the beginning of `text` are a region, letters-letters[-letters]-digits;
/// 0 if it begins otherwise.
std::size_t region_length(std::string_view text) {
  std::size_t at = 0;
  for (int words = 0; words < 4; ++words) {
    const std::size_t digits = run_length(text.substr(at), is_digit);
    if (digits > 0) {
      return words >= 2 ? at + digits : 0;
    }
    const std::size_t letters = run_length(text.substr(at), is_lower);
    at += letters;
    if (letters == 0 || at == text.size() || text[at] != '-') {
      return 0;
    }
    ++at;
  }
  return 0;
}

/// True for what follows the region in the name of a zone: `a`, `-lax-1a`, `-wl1-bos-wlz-1`.
bool is_zone_suffix(std::string_view text) {
  if (text.size() == 1) {
    return is_lower(text.front());
  }
  const auto allowed = [](char c) { return is_lower(c) || is_digit(c) || c == '-'; };
  return text.size() > 1 && text.front() == '-' && text[1] != '-' && text.back() != '-' &&
         std::all_of(text.begin(), text.end(), allowed);
}

}  // namespace

Result<AccountId> AccountId::parse(std::string_view text) {
  constexpr std::size_t digits = 12;
  if (text.size() != digits || !std::all_of(text.begin(), text.end(), is_digit)) {
    return fail("bad_account",
                fmt::format("`{}` is not an AWS account number, write its twelve digits", text));
  }
  AccountId account;
  account.digits_ = text;
  return account;
}

Result<Region> Region::parse(std::string_view text) {
  const std::size_t length = region_length(text);
  if (length == 0 || length != text.size()) {
    return fail("bad_region",
                fmt::format("`{}` is not an AWS region, write one like `eu-west-1`", text));
  }
  Region region;
  region.name_ = text;
  return region;
}

Region region_of_zone(std::string_view zone) {
  const std::size_t length = region_length(zone);
  if (length == 0 || !is_zone_suffix(zone.substr(length))) {
    return {};
  }
  return Region::parse(zone.substr(0, length)).value_or(Region{});
}

Result<Arn> Arn::parse(std::string_view text) {
  if (!text.starts_with("arn:") || std::count(text.begin(), text.end(), ':') < 5) {
    return fail("bad_arn",
                fmt::format("`{}` is not an ARN, write `arn:partition:service:region:account:"
                            "resource`",
                            text));
  }
  Arn arn;
  arn.text_ = text;
  return arn;
}

std::string_view Arn::part(int index) const {
  constexpr int resource_part = 5;
  std::string_view rest = text_;
  for (int i = 0; i < index; ++i) {
    const std::size_t colon = rest.find(':');
    if (colon == std::string_view::npos) {
      return {};
    }
    rest.remove_prefix(colon + 1);
  }
  return index == resource_part ? rest : rest.substr(0, rest.find(':'));
}

}  // namespace portolan
