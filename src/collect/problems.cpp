#include "collect/problems.h"

#include <algorithm>
#include <utility>

#include "collect/json/pointer.h"

namespace portolan::collect {

Problems::Count& Problems::count_of(const Problem& problem) {
  const auto found = std::find_if(counts_.begin(), counts_.end(), [&](const Count& count) {
    return count.code == problem.code && count.severity == problem.severity;
  });
  return found != counts_.end() ? *found
                                : counts_.emplace_back(Count{problem.code, problem.severity});
}

void Problems::add(Problem problem) {
  const std::size_t number = added_++;
  Count& count = count_of(problem);
  if (count.kept == Diagnostics::kKeptPerCodeAndFile) {
    ++count.dropped;
    return;
  }
  ++count.kept;
  kept_.push_back(std::move(problem));
  numbers_.push_back(number);
}

void Problems::name_after(std::size_t size, std::string_view resource) {
  for (std::size_t i = kept_.size(); i > 0 && numbers_[i - 1] >= size; --i) {
    if (kept_[i - 1].resource.empty()) {
      kept_[i - 1].resource = resource;
    }
  }
}

void Problems::append(Problems other) {
  const std::size_t added = added_ + other.added_;
  for (Problem& problem : other.kept_) {
    add(std::move(problem));
  }
  for (const Count& count : other.counts_) {
    count_of({.severity = count.severity, .code = count.code}).dropped += count.dropped;
  }
  added_ = added;
}

bool Problems::only(std::string_view code, std::string_view other_code) const {
  return std::all_of(counts_.begin(), counts_.end(), [&](const Count& count) {
    return count.code == code || count.code == other_code;
  });
}

void Problems::report(std::string_view text, const std::string& file,
                      Diagnostics& diagnostics) const {
  std::vector<const Problem*> sorted;
  for (const Problem& problem : kept_) {
    sorted.push_back(&problem);
  }
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const Problem* a, const Problem* b) { return a->offset < b->offset; });
  std::vector<std::size_t> offsets;
  for (const Problem* problem : sorted) {
    offsets.push_back(problem->offset);
  }
  const std::vector<std::string> pointers = pointers_of(text, offsets);
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    diagnostics.add({.severity = sorted[i]->severity,
                     .code = std::string(sorted[i]->code),
                     .message = sorted[i]->message,
                     .file = file,
                     .pointer = pointers[i],
                     .resource = sorted[i]->resource});
  }
  for (const Count& count : counts_) {
    for (std::size_t i = 0; i < count.dropped; ++i) {
      diagnostics.add({.severity = count.severity, .code = std::string(count.code), .file = file});
    }
  }
}

}  // namespace portolan::collect
