#include <algorithm>

#include "collect/decode/harvest.h"

namespace portolan::collect {

namespace {

/// A document that names more owners is a made-up one; those beyond are not counted.
constexpr std::size_t kOwnersMax = 256;

template <class Value>
void count(std::vector<std::pair<Value, std::size_t>>& counts, const Value& value,
           std::size_t times = 1) {
  if (!value.known()) {
    return;
  }
  const auto found = std::find_if(counts.begin(), counts.end(),
                                  [&](const auto& entry) { return entry.first == value; });
  if (found == counts.end()) {
    if (counts.size() < kOwnersMax) {
      counts.emplace_back(value, times);
    }
  } else {
    found->second += times;
  }
}

template <class Value>
Value most_frequent(const std::vector<std::pair<Value, std::size_t>>& counts) {
  const auto found =
      std::max_element(counts.begin(), counts.end(), [](const auto& a, const auto& b) {
        return std::pair(a.second, b.first) < std::pair(b.second, a.first);
      });
  return found == counts.end() ? Value{} : found->first;
}

}  // namespace

void Evidence::note(const Owned& owned) {
  count(accounts_, owned.account);
  count(regions_, owned.region);
}

void Evidence::note(const Evidence& other) {
  for (const auto& [account, times] : other.accounts_) {
    count(accounts_, account, times);
  }
  for (const auto& [region, times] : other.regions_) {
    count(regions_, region, times);
  }
}

AccountId Evidence::account() const { return most_frequent(accounts_); }

Region Evidence::region() const { return most_frequent(regions_); }

}  // namespace portolan::collect
