#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "iam/engine/guard.h"

namespace portolan::iam::engine {

/// So many classes of texts are told apart; beyond, the answer is unknown.
inline constexpr std::size_t kMostTexts = 4096;

/// A pattern that texts are sampled for.
struct TextPattern {
  Glob glob;
  Case letters = Case::Significant;
  bool is_arn = false;  // wildcards of the first five parts stop at colons

  friend auto operator<=>(const TextPattern&, const TextPattern&) = default;
};

/// Texts, so many that whatever texts exist, one of these is matched by exactly the same patterns.
/// The shortest of each class; nothing if there are too many.
///
/// Walks the automaton of all patterns at once, whose letters are the characters of the patterns
/// and one that is in none. Cost: classes x letters x total length.
std::optional<std::vector<std::string>> sample_texts(std::vector<TextPattern> patterns);

/// Values of one key, so many that whatever values exist, one of these makes exactly the same atoms
/// hold, as far as one value decides that. For numbers, dates and addresses the ends of all
/// intervals and what lies between; for texts as above.
std::optional<std::vector<std::string>> sample_values(const std::vector<const Atom*>& atoms);

/// True if the value satisfies the operator of the atom, presence and quantifiers left aside.
bool is_satisfied_by(const Atom& atom, const std::string& value);

}  // namespace portolan::iam::engine
