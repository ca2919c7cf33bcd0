#pragma once

#include <string_view>
#include <vector>

namespace portolan::tidy {

/// A word of a line of code, and what stands around it.
struct Word {
  std::string_view text;
  std::string_view before;  // the rest of the line on either side, without spaces next to the word
  std::string_view after;

  /// `system(`, `std::system(`, `::system(`, but not `model.system(` or `model->system(`.
  bool is_free_call() const {
    return after.starts_with('(') && !before.ends_with('.') && !before.ends_with("->");
  }
};

std::vector<Word> words_of(std::string_view line);

}  // namespace portolan::tidy
