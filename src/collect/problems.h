#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/diagnostics.h"

/// Private to the module.
namespace portolan::collect {

/// One problem with a document, before its place has become a JSON pointer.
struct Problem {
  Severity severity = Severity::Error;
  std::string_view code;  // a literal
  std::string message;
  std::size_t offset = 0;
  std::string resource;
};

/// The problems of one document. Bounded like `Diagnostics`, but cheaper to add to: what is beyond
/// the first few of a code is only counted.
class Problems {
 public:
  void add(Problem problem);
  void append(Problems other);
  /// Gives `resource` to the problems that were added after there had been `size` of them.
  void name_after(std::size_t size, std::string_view resource);
  /// How many were added, dropped ones included.
  [[nodiscard]] std::size_t size() const { return added_; }
  /// True if every problem has one of these two codes.
  [[nodiscard]] bool only(std::string_view code, std::string_view other_code) const;
  /// Adds them to `diagnostics`, with the pointers that lead to them in `text`.
  void report(std::string_view text, const std::string& file, Diagnostics& diagnostics) const;

 private:
  struct Count {
    std::string_view code;
    Severity severity = Severity::Error;
    std::size_t kept = 0;
    std::size_t dropped = 0;
  };

  Count& count_of(const Problem& problem);

  std::vector<Problem> kept_;
  std::vector<std::size_t> numbers_;  // of the kept ones: how many had been added before
  std::vector<Count> counts_;
  std::size_t added_ = 0;
};

}  // namespace portolan::collect
