#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "iam/engine/bits.h"
#include "iam/engine/guard.h"
#include "iam/resource.h"

namespace portolan::iam::engine {

/// A yes or an unknown for each row; no for all others.
struct Coverage {
  Bits yes;
  Bits unknown;
};

/// The resources, sorted by ARN, and sets of them by pattern, key and action.
///
/// Patterns are split at the ARN: partition, service, region and account are compared once for all
/// rows that share them, a literal id is looked up, `prefix*` is a range; only other patterns are
/// matched row by row. Answers are kept, as patterns recur.
class Universe {
 public:
  explicit Universe(std::vector<Resource> resources);

  [[nodiscard]] std::size_t size() const { return resources_.size(); }
  [[nodiscard]] const std::vector<Resource>& resources() const { return resources_; }
  [[nodiscard]] Bits none() const { return Bits(size()); }
  [[nodiscard]] Bits all() const { return Bits::all(size()); }

  const Coverage& covered_by(const Glob& pattern, ShortArn padding);
  /// Rows for which the test holds where their key counts; where it does not, it is absent.
  const Coverage& meeting(const Atom& test);
  /// The same for a key that no row has.
  static Truth meets_absent(const Atom& test) { return holds(test.op, test.values, nullptr); }

  /// Rows of a type that the action takes, rows where the key counts, rows of an account.
  const Bits& taken_by(const ActionRow& action);
  const Bits& supporting(const ActionRow& action, const std::string& key);
  const Bits& owned_by(std::string_view account);
  [[nodiscard]] bool is_resource_key(std::string_view key) const;
  /// Everything that conditions may ask about a row.
  [[nodiscard]] const Context& context(std::size_t row) const { return contexts_[row]; }

 private:
  /// Neighbours whose ARNs differ in the last part only.
  struct Block {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::size_t most_colons = 0;
  };
  /// Rows by what they have under a key; those without are in none.
  using Column = std::map<std::string, std::pair<Context::Entry, Bits>>;

  [[nodiscard]] std::string_view last_part(std::size_t row) const {
    return resources_[row].arn.resource();
  }
  void cover_block(const Block& block, const std::array<Glob, kArnParts>& parts, Bits& yes) const;
  void cover_last_parts(const Block& block, const Glob& glob, Bits& yes) const;
  const Column& column(const std::string& key);

  std::vector<Resource> resources_;
  std::vector<Context> contexts_;
  std::vector<Block> blocks_;
  std::vector<std::size_t> nameless_;  // rows that `*` alone covers
  std::vector<std::string> own_keys_;  // folded, sorted
  std::map<std::pair<Glob, ShortArn>, Coverage> patterns_;
  std::map<Atom, Coverage> tests_;
  std::map<std::string, Column> columns_;
  std::map<std::string_view, Bits> taken_;
  std::map<std::pair<std::string_view, std::string>, Bits> supporting_;
  std::map<std::string, Bits, std::less<>> owned_;
};

}  // namespace portolan::iam::engine
