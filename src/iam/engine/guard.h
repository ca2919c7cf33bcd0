#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include "iam/condition.h"

namespace portolan::iam::engine {

/// A condition on what is open about a request, as a number of the `Guards` that made it. Equal
/// conditions that were built alike have equal numbers.
using Guard = std::uint32_t;
inline constexpr Guard kNever = 0;
inline constexpr Guard kAlways = 1;

/// One test of an open key, the variables of its values filled in.
struct Atom {
  Operator op;
  std::string key;  // folded
  ResolvedValues values;

  friend auto operator<=>(const Atom&, const Atom&) = default;
};

/// All conditions of one engine: a graph of and, or, not over atoms, in which equal nodes are one.
///
/// INVARIANT: the parts of a node have smaller numbers than the node.
class Guards {
 public:
  enum class Kind : std::uint8_t { Never, Always, Atom, Unknown, Not, Both, Either };
  struct Node {
    Kind kind = Kind::Never;
    std::uint32_t a = 0;  // a node, or the number of an atom or of a reason
    std::uint32_t b = 0;
    bool is_sure = true;  // no unknown in it

    friend bool operator==(const Node&, const Node&) = default;
  };

  Guards();
  Guard atom(Atom atom);
  /// A condition of which nothing is known, and why.
  Guard unknown(const std::string& reason);
  Guard negated(Guard a);
  Guard both(Guard a, Guard b);
  Guard either(Guard a, Guard b);

  [[nodiscard]] const Node& node(Guard guard) const { return nodes_[guard]; }
  [[nodiscard]] const Atom& atom_of(const Node& node) const { return *atoms_[node.a]; }
  [[nodiscard]] const std::string& reason_of(const Node& node) const { return *reasons_[node.a]; }
  [[nodiscard]] std::size_t size() const { return nodes_.size(); }

  /// What the condition says of a request that holds `open`.
  [[nodiscard]] Truth value(Guard guard, const Context& open) const;
  /// The nodes below, itself included, each once, parts first.
  [[nodiscard]] std::vector<Guard> below(Guard guard) const;
  /// The keys of the tests in it, folded, each once.
  [[nodiscard]] std::vector<std::string> keys(Guard guard) const;
  /// In words: `aws:sourceip IpAddress 10.0.0.0/8 and not (…)`. The whole unfolds shared parts, so
  /// it stops after some hundred characters.
  [[nodiscard]] std::string text(Guard guard) const;
  /// As JSON: `{"all": [...]}`, `{"any": [...]}`, `{"not": ...}`, `{"unknown": reason}` and tests
  /// `{"key", "operator", "values", "madeBy"}`; `null` if it would be very long.
  [[nodiscard]] std::string json(Guard guard) const;

 private:
  Guard intern(Node node);
  void write(Guard guard, std::string& out) const;
  void write_json(Guard guard, std::string& out) const;
  /// The parts of nested nodes of one kind, in order.
  void collect_parts(Guard guard, Kind kind, std::vector<Guard>& parts) const;

  std::vector<Node> nodes_;
  std::map<std::tuple<Kind, std::uint32_t, std::uint32_t>, Guard> numbers_;
  std::map<Atom, std::uint32_t> atom_numbers_;
  std::vector<const Atom*> atoms_;  // keys of `atom_numbers_`
  std::map<std::string, std::uint32_t> reason_numbers_;
  std::vector<const std::string*> reasons_;
};

}  // namespace portolan::iam::engine
