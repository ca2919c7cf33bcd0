#include "iam/engine/universe.h"

#include <algorithm>

namespace portolan::iam::engine {
namespace {

constexpr char16_t kColon = u':';

bool share_place(const Arn& a, const Arn& b) {
  const std::size_t length = a.text().size() - a.resource().size();
  return b.text().size() - b.resource().size() == length &&
         a.text().compare(0, length, b.text(), 0, length) == 0;
}

std::size_t colons(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count(text, ':'));
}

/// What stands before the first wildcard.
std::string literal_prefix(const Glob& glob) {
  const auto wild =
      std::ranges::find_if(glob.units, [](char16_t unit) { return unit >= Glob::kAnyRun; });
  return Glob{std::u16string(glob.units.begin(), wild)}.text();
}

}  // namespace

Universe::Universe(std::vector<Resource> resources) : resources_(std::move(resources)) {
  // By place and then by last part: the colon between them sorts after most letters, so the text
  // as a whole would not keep blocks together.
  std::ranges::sort(resources_, {}, [](const Resource& each) {
    const std::string& text = each.arn.text();
    return std::pair(std::string_view(text).substr(0, text.size() - each.arn.resource().size()),
                     each.arn.resource());
  });
  const auto is_same = [](const Resource& a, const Resource& b) { return a.arn == b.arn; };
  resources_.erase(std::unique(resources_.begin(), resources_.end(), is_same), resources_.end());
  for (std::size_t row = 0; row < size(); ++row) {
    contexts_.push_back(context_of(resources_[row], nullptr));
    if (row == 0 || !share_place(resources_[row - 1].arn, resources_[row].arn)) {
      blocks_.push_back({.begin = row});
    }
    blocks_.back().end = row + 1;
    if (resources_[row].is_nameless) {
      nameless_.push_back(row);
    }
    blocks_.back().most_colons =
        std::max(blocks_.back().most_colons, colons(resources_[row].arn.text()));
    for (const auto& [key, value] : resources_[row].keys) {
      own_keys_.push_back(folded(key));
    }
  }
  std::ranges::sort(own_keys_);
  own_keys_.erase(std::unique(own_keys_.begin(), own_keys_.end()), own_keys_.end());
}

bool Universe::is_resource_key(std::string_view key) const {
  static const Resource kPlain;
  return iam::is_resource_key(kPlain, key) || std::ranges::binary_search(own_keys_, key);
}

void Universe::cover_last_parts(const Block& block, const Glob& glob, Bits& yes) const {
  const std::string prefix = literal_prefix(glob);
  const auto first = std::lower_bound(
      resources_.begin() + static_cast<std::ptrdiff_t>(block.begin),
      resources_.begin() + static_cast<std::ptrdiff_t>(block.end), std::string_view(prefix),
      [](const Resource& each, std::string_view text) { return each.arn.resource() < text; });
  auto row = static_cast<std::size_t>(first - resources_.begin());
  const std::size_t wildcards = glob.units.size() - prefix.size();
  const bool is_prefix = wildcards == 1 && glob.units.back() == Glob::kAnyRun;
  for (; row < block.end && last_part(row).starts_with(prefix); ++row) {
    if (is_prefix ||
        (wildcards == 0 ? last_part(row).size() == prefix.size() : matches(glob, last_part(row)))) {
      yes.set(row);
    }
    if (wildcards == 0 && last_part(row).size() > prefix.size()) {
      return;
    }
  }
}

void Universe::cover_block(const Block& block, const std::array<Glob, kArnParts>& parts,
                           Bits& yes) const {
  std::string_view rest = resources_[block.begin].arn.text();
  for (std::size_t i = 0; i + 1 < kArnParts; ++i) {
    const std::size_t colon = rest.find(':');
    if (!matches(parts[i], rest.substr(0, colon))) {
      return;
    }
    rest.remove_prefix(colon + 1);
  }
  cover_last_parts(block, parts.back(), yes);
}

const Coverage& Universe::covered_by(const Glob& pattern, ShortArn padding) {
  const std::pair key(pattern, padding);
  if (const auto known = patterns_.find(key); known != patterns_.end()) {
    return known->second;
  }
  Coverage coverage{none(), none()};
  const auto parts = arn_parts(pattern, padding);
  const auto written = static_cast<std::size_t>(std::ranges::count(pattern.units, kColon));
  for (const Block& block : blocks_) {
    if (pattern.is_everything()) {
      coverage.yes.set_range(block.begin, block.end);
    } else if (parts) {
      cover_block(block, *parts, coverage.yes);
    }
    // A `*` can run over a colon only if the text has more colons than the pattern writes.
    for (std::size_t row = block.begin; written < block.most_colons && row < block.end; ++row) {
      if (!coverage.yes.test(row) &&
          covers_resource(pattern, resources_[row].arn.text(), padding) == Truth::Unknown) {
        coverage.unknown.set(row);
      }
    }
  }
  for (const std::size_t row : pattern.is_everything() ? std::vector<std::size_t>{} : nameless_) {
    coverage.yes.reset(row);
    coverage.unknown.reset(row);
  }
  return patterns_.emplace(key, std::move(coverage)).first->second;
}

const Universe::Column& Universe::column(const std::string& key) {
  const auto [place, is_new] = columns_.try_emplace(key);
  for (std::size_t row = 0; is_new && row < size(); ++row) {
    if (const Context::Entry* entry = contexts_[row].find(key)) {
      const std::string name = entry->is_ambiguous ? std::string(1, '\0') : entry->values.front();
      place->second.try_emplace(name, *entry, none()).first->second.second.set(row);
    }
  }
  return place->second;
}

const Coverage& Universe::meeting(const Atom& test) {
  if (const auto known = tests_.find(test); known != tests_.end()) {
    return known->second;
  }
  Coverage coverage{none(), none()};
  Bits absent = all();
  for (const auto& [name, entry_rows] : column(test.key)) {
    const auto& [entry, rows] = entry_rows;
    absent -= rows;
    const Truth truth = holds(test.op, test.values, &entry);
    if (truth != Truth::No) {
      (truth == Truth::Yes ? coverage.yes : coverage.unknown) |= rows;
    }
  }
  const Truth truth = meets_absent(test);
  if (truth != Truth::No) {
    (truth == Truth::Yes ? coverage.yes : coverage.unknown) |= absent;
  }
  return tests_.emplace(test, std::move(coverage)).first->second;
}

const Bits& Universe::taken_by(const ActionRow& action) {
  const auto [place, is_new] = taken_.try_emplace(action.name, none());
  for (std::size_t row = 0; is_new && row < size(); ++row) {
    if (takes(action, resources_[row])) {
      place->second.set(row);
    }
  }
  return place->second;
}

const Bits& Universe::supporting(const ActionRow& action, const std::string& key) {
  const auto [place, is_new] = supporting_.try_emplace({action.name, key}, none());
  for (std::size_t row = 0; is_new && row < size(); ++row) {
    if (supports_key(action, find_use(action, resources_[row].arn.text()), key)) {
      place->second.set(row);
    }
  }
  return place->second;
}

const Bits& Universe::owned_by(std::string_view account) {
  const auto [place, is_new] = owned_.try_emplace(std::string(account), none());
  for (const Block& block : blocks_) {
    if (is_new && resources_[block.begin].arn.account() == account) {
      place->second.set_range(block.begin, block.end);
    }
  }
  return place->second;
}

}  // namespace portolan::iam::engine
