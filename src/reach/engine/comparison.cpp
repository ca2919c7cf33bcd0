#include "reach/engine/comparison.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

namespace portolan::reach {

namespace {

using Segment = ServiceSet::Segment;

constexpr std::array<Verdict, 4> kVerdicts{Verdict::No, Verdict::Unknown, Verdict::Depends,
                                           Verdict::Yes};

/// The sources of one segment, by verdict; nobody if the column has no such segment.
class SegmentPlanes {
 public:
  SegmentPlanes(const Column& column, const SourcePlanes& planes, Segment services) {
    for (std::size_t i = 0; i < column.segments.size(); ++i) {
      if (column.segments[i].first <= services.first && services.last <= column.segments[i].last) {
        for (const Level level : kAllLevels) {
          planes_[static_cast<std::size_t>(level)] = &planes.at(level, i, column.is_certain);
        }
      }
    }
  }

  [[nodiscard]] Word touched(std::size_t block) const {
    return planes_[0] == nullptr ? 0 : planes_[kLevels - 1]->touched(block);
  }

  [[nodiscard]] std::array<Word, 4> by_verdict(std::size_t word) const {
    if (planes_[0] == nullptr) {
      return {~Word{0}, 0, 0, 0};
    }
    const Word yes = planes_[0]->word(word);
    const Word depends = planes_[1]->word(word) | yes;
    const Word unknown = planes_[2]->word(word) | depends;
    return {~unknown, unknown & ~depends, depends & ~yes, yes};
  }

 private:
  std::array<const Plane*, kLevels> planes_{};
};

/// The pieces into which the segments of both columns cut the services.
std::vector<Segment> pieces_of(const Column& before, const Column& after) {
  std::vector<ServiceSet::Point> borders;
  for (const Column* column : {&before, &after}) {
    for (const Segment& segment : column->segments) {
      borders.push_back(segment.first);
      borders.push_back(segment.last + 1);
    }
  }
  std::sort(borders.begin(), borders.end());
  borders.erase(std::unique(borders.begin(), borders.end()), borders.end());
  std::vector<Segment> pieces;
  for (std::size_t i = 0; i + 1 < borders.size(); ++i) {
    pieces.push_back({borders[i], borders[i + 1] - 1});
  }
  return pieces;
}

}  // namespace

ColumnComparer::ColumnComparer(const Compiled& before, const Compiled& after)
    : before_(before),
      after_(after),
      host_count_(static_cast<std::uint32_t>(before.classes->hosts.size())),
      host_words_(before.host_words()),
      sender_words_(before.sender_words()) {}

void ColumnComparer::compare(const Suspect& suspect, std::vector<ConnectionChange>& changes) {
  const Column& before = before_.make(suspect.target, suspect.limits);
  const Column& after = after_.make(suspect.target, suspect.limits);
  found_.clear();
  beside_.clear();
  std::vector<std::uint32_t> old_list = before.beside;
  std::vector<std::uint32_t> new_list = after.beside;
  std::sort(old_list.begin(), old_list.end());
  std::sort(new_list.begin(), new_list.end());
  std::set_symmetric_difference(old_list.begin(), old_list.end(), new_list.begin(), new_list.end(),
                                std::back_inserter(beside_));
  const std::vector<Segment> pieces = pieces_of(before, after);
  for (const Segment& piece : pieces) {
    compare_piece(before, after, true, piece);
    if (suspect.limits.wants_senders) {
      compare_piece(before, after, false, piece);
    }
  }
  compare_beside(old_list, pieces, before, after, suspect.limits);
  const bool is_host = suspect.target.kind == ColumnTarget::Kind::Host;
  for (ConnectionChange& change : found_) {
    change.target = is_host ? suspect.target.number : host_count_ + suspect.target.number;
    changes.push_back(std::move(change));
  }
}

void ColumnComparer::compare_piece(const Column& before, const Column& after, bool are_hosts,
                                   Segment piece) {
  const SegmentPlanes was(before, are_hosts ? before.hosts : before.senders, piece);
  const SegmentPlanes is(after, are_hosts ? after.hosts : after.senders, piece);
  const std::size_t words = are_hosts ? host_words_ : sender_words_;
  const std::uint32_t offset = are_hosts ? 0 : host_count_;
  std::array<std::array<std::vector<std::uint32_t>, 4>, 4> sources;
  bool is_changed = false;
  for (std::size_t block = 0; block * kWordBits < words; ++block) {
    for (Word left = was.touched(block) | is.touched(block); left != 0; left &= left - 1) {
      const std::size_t word = block * kWordBits + static_cast<std::size_t>(std::countr_zero(left));
      const auto old_bits = was.by_verdict(word);
      const auto new_bits = is.by_verdict(word);
      if (old_bits == new_bits) {
        continue;
      }
      for (std::size_t b = 0; b < 4; ++b) {
        for (std::size_t a = 0; a < 4; ++a) {
          const Word bits = b == a ? 0 : old_bits[b] & new_bits[a];
          is_changed = is_changed || bits != 0;
          for_each_bit(word, bits, [&](std::size_t position) {
            sources[b][a].push_back(offset + static_cast<std::uint32_t>(position));
          });
        }
      }
    }
  }
  for (std::size_t b = 0; is_changed && b < 4; ++b) {
    for (std::size_t a = 0; a < 4; ++a) {
      auto& list = sources[b][a];
      if (list.empty()) {
        continue;
      }
      if (are_hosts && !beside_.empty()) {
        std::erase_if(list, [&](std::uint32_t source) {
          return std::binary_search(beside_.begin(), beside_.end(), source);
        });
      }
      note({.before = kVerdicts[b],
            .after = kVerdicts[a],
            .services = ServiceSet::of_segments({piece}),
            .sources = std::move(list)});
    }
  }
}

/// Those who come to stand beside the target, or do not any more: before or after, everything
/// passes.
void ColumnComparer::compare_beside(const std::vector<std::uint32_t>& old_list,
                                    const std::vector<Segment>& pieces, const Column& before,
                                    const Column& after, const Limits& limits) {
  for (const std::uint32_t source : beside_) {
    const bool was_beside = std::binary_search(old_list.begin(), old_list.end(), source);
    const bool is_wanted = limits.hosts == nullptr || limits.hosts->has(source);
    if (!is_wanted) {
      continue;
    }
    ServiceSet left = limits.services;
    for (const Segment& piece : pieces) {
      const SegmentPlanes planes(was_beside ? after : before,
                                 was_beside ? after.hosts : before.hosts, piece);
      const auto bits = planes.by_verdict(source / kWordBits);
      for (std::size_t verdict = 1; verdict < 4; ++verdict) {
        if ((bits[verdict] >> (source % kWordBits) & 1U) != 0) {
          const ServiceSet services = ServiceSet::of_segments({piece});
          left = left.without(services);
          note_beside(source, was_beside, kVerdicts[verdict], services);
        }
      }
    }
    note_beside(source, was_beside, Verdict::No, left);
  }
}

void ColumnComparer::note_beside(std::uint32_t source, bool was_beside, Verdict otherwise,
                                 ServiceSet services) {
  if (otherwise != Verdict::Yes && !services.empty()) {
    note({.before = was_beside ? Verdict::Yes : otherwise,
          .after = was_beside ? otherwise : Verdict::Yes,
          .services = std::move(services),
          .sources = {source}});
  }
}

void ColumnComparer::note(ConnectionChange change) {
  if (change.sources.empty()) {
    return;
  }
  for (ConnectionChange& each : found_) {
    if (each.before == change.before && each.after == change.after &&
        each.sources == change.sources) {
      each.services = each.services.united(change.services);
      return;
    }
  }
  found_.push_back(std::move(change));
}

}  // namespace portolan::reach
