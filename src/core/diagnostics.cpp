#include "core/diagnostics.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "core/assert.h"
#include "core/text.h"

namespace portolan {
namespace {

auto order(const Diagnostic& diagnostic) {
  return std::tie(diagnostic.file, diagnostic.pointer, diagnostic.code, diagnostic.resource,
                  diagnostic.message, diagnostic.severity);
}

/// `file#pointer: `, or `resource: `, or nothing.
std::string place(const Diagnostic& diagnostic) {
  if (diagnostic.file.empty() && diagnostic.pointer.empty()) {
    return diagnostic.resource.empty() ? "" : diagnostic.resource + ": ";
  }
  if (diagnostic.pointer.empty()) {
    return diagnostic.file + ": ";
  }
  return diagnostic.file + "#" + diagnostic.pointer + ": ";
}

}  // namespace

std::string_view text(Severity severity) {
  switch (severity) {
    case Severity::Note:
      return "note";
    case Severity::Warning:
      return "warning";
    case Severity::Error:
      return "error";
  }
  PORTOLAN_ASSERT(false);
}

Diagnostics::Count& Diagnostics::count_of(std::string_view file, std::string_view code) {
  using Key = std::pair<std::string_view, std::string_view>;
  const auto at = std::partition_point(counts_.begin(), counts_.end(), [&](const Count& count) {
    return Key(count.file, count.code) < Key(file, code);
  });
  if (at != counts_.end() && at->file == file && at->code == code) {
    return *at;
  }
  Count count;
  count.file = file;
  count.code = code;
  return *counts_.insert(at, std::move(count));
}

void Diagnostics::keep_or_drop(Diagnostic diagnostic) {
  Count& count = count_of(diagnostic.file, diagnostic.code);
  if (count.kept < kKeptPerCodeAndFile) {
    ++count.kept;
    entries_.push_back(std::move(diagnostic));
  } else {
    ++count.dropped;
    count.worst_dropped = std::max(count.worst_dropped, diagnostic.severity);
  }
}

void Diagnostics::add(Diagnostic diagnostic) {
  errors_ += diagnostic.severity == Severity::Error ? 1 : 0;
  keep_or_drop(std::move(diagnostic));
}

void Diagnostics::append(const Diagnostics& other) {
  PORTOLAN_ASSERT(&other != this);
  for (const Diagnostic& diagnostic : other.entries_) {
    keep_or_drop(diagnostic);
  }
  for (const Count& theirs : other.counts_) {
    if (theirs.dropped > 0) {
      Count& ours = count_of(theirs.file, theirs.code);
      ours.dropped += theirs.dropped;
      ours.worst_dropped = std::max(ours.worst_dropped, theirs.worst_dropped);
    }
  }
  errors_ += other.errors_;
}

std::vector<Diagnostic> Diagnostics::sorted() const {
  std::vector<Diagnostic> result = entries_;
  for (const Count& count : counts_) {
    if (count.dropped > 0) {
      Diagnostic repeated;
      repeated.severity = count.worst_dropped;
      repeated.code = "repeated";
      repeated.message = fmt::format("{} more of `{}` are not shown", count.dropped, count.code);
      repeated.file = count.file;
      result.push_back(std::move(repeated));
    }
  }
  std::sort(result.begin(), result.end(),
            [](const Diagnostic& a, const Diagnostic& b) { return order(a) < order(b); });
  return result;
}

bool Diagnostics::has(std::string_view code) const {
  return std::any_of(entries_.begin(), entries_.end(),
                     [&](const Diagnostic& diagnostic) { return diagnostic.code == code; });
}

std::string text(const Diagnostic& diagnostic) {
  return printable(
      fmt::format("{}{} ({})", place(diagnostic), diagnostic.message, diagnostic.code));
}

}  // namespace portolan
