#include "iam/engine/guard.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "iam/formula.h"
#include "iam/keys.h"

namespace portolan::iam::engine {
namespace {

constexpr std::size_t kMostText = 400;
constexpr std::size_t kMostJson = 20'000;

/// The number of `value` in a map that owns it, with a list of where each number's value stands.
template <class Value>
std::uint32_t number_of(std::map<Value, std::uint32_t>& numbers, std::vector<const Value*>& list,
                        Value value) {
  const auto [place, is_new] =
      numbers.emplace(std::move(value), static_cast<std::uint32_t>(list.size()));
  if (is_new) {
    list.push_back(&place->first);
  }
  return place->second;
}

}  // namespace

Guards::Guards() {
  nodes_.push_back({.kind = Kind::Never});
  nodes_.push_back({.kind = Kind::Always});
}

Guard Guards::intern(Node node) {
  const auto [place, is_new] =
      numbers_.emplace(std::tuple(node.kind, node.a, node.b), static_cast<Guard>(nodes_.size()));
  if (is_new) {
    nodes_.push_back(node);
  }
  return place->second;
}

Guard Guards::atom(Atom atom) {
  return intern({.kind = Kind::Atom, .a = number_of(atom_numbers_, atoms_, std::move(atom))});
}

Guard Guards::unknown(const std::string& reason) {
  return intern(
      {.kind = Kind::Unknown, .a = number_of(reason_numbers_, reasons_, reason), .is_sure = false});
}

Guard Guards::negated(Guard a) {
  if (a <= kAlways) {
    return a == kNever ? kAlways : kNever;
  }
  if (nodes_[a].kind == Kind::Not) {
    return nodes_[a].a;
  }
  return intern({.kind = Kind::Not, .a = a, .is_sure = nodes_[a].is_sure});
}

Guard Guards::both(Guard a, Guard b) {
  if (a > b) {
    std::swap(a, b);
  }
  if (a == kNever || a == b) {
    return a;
  }
  if (a == kAlways) {
    return b;
  }
  const bool is_sure = nodes_[a].is_sure && nodes_[b].is_sure;
  // Of something unknown it is not said that it excludes its opposite: the oracle cannot either.
  if (is_sure && nodes_[b].kind == Kind::Not && nodes_[b].a == a) {
    return kNever;
  }
  return intern({.kind = Kind::Both, .a = a, .b = b, .is_sure = is_sure});
}

Guard Guards::either(Guard a, Guard b) {
  if (a > b) {
    std::swap(a, b);
  }
  if (a == kAlways || a == b) {
    return a;
  }
  if (a == kNever) {
    return b;
  }
  const bool is_sure = nodes_[a].is_sure && nodes_[b].is_sure;
  if (is_sure && nodes_[b].kind == Kind::Not && nodes_[b].a == a) {
    return kAlways;
  }
  return intern({.kind = Kind::Either, .a = a, .b = b, .is_sure = is_sure});
}

std::vector<Guard> Guards::below(Guard guard) const {
  std::set<Guard> waiting{guard};
  std::vector<Guard> found;
  while (!waiting.empty()) {  // the largest first: parts have smaller numbers
    const Guard next = *waiting.rbegin();
    waiting.erase(next);
    found.push_back(next);
    const Node& node = nodes_[next];
    if (node.kind >= Kind::Not) {
      waiting.insert(node.a);
    }
    if (node.kind > Kind::Not) {
      waiting.insert(node.b);
    }
  }
  std::ranges::reverse(found);
  return found;
}

std::vector<std::string> Guards::keys(Guard guard) const {
  std::set<std::string> keys;
  for (const Guard each : below(guard)) {
    if (nodes_[each].kind == Kind::Atom) {
      keys.insert(atom_of(nodes_[each]).key);
    }
  }
  return {keys.begin(), keys.end()};
}

Truth Guards::value(Guard guard, const Context& open) const {
  const Node& node = nodes_[guard];
  switch (node.kind) {
    case Kind::Never:
      return Truth::No;
    case Kind::Always:
      return Truth::Yes;
    case Kind::Atom:
      return holds(atom_of(node).op, atom_of(node).values, open.find(atom_of(node).key));
    case Kind::Unknown:
      return Truth::Unknown;
    case Kind::Not:
      return !value(node.a, open);
    case Kind::Both: {
      const Truth first = value(node.a, open);
      return first == Truth::No ? first : first && value(node.b, open);
    }
    case Kind::Either: {
      const Truth first = value(node.a, open);
      return first == Truth::Yes ? first : first || value(node.b, open);
    }
  }
  return Truth::Unknown;
}

std::string Guards::text(Guard guard) const {
  std::string out;
  write(guard, out);
  return out.size() > kMostText ? out.substr(0, kMostText) + "…" : out;
}

void Guards::write(Guard guard, std::string& out) const {
  const Node& node = nodes_[guard];
  if (out.size() > kMostText) {
    return;
  }
  switch (node.kind) {
    case Kind::Never:
      out += "never";
      return;
    case Kind::Always:
      out += "always";
      return;
    case Kind::Atom: {
      const Atom& atom = atom_of(node);
      out += spelled_key(atom.key) + ' ' + iam::text(atom.op);
      for (const auto& value : atom.values) {
        out += ' ' + (value ? value->text() : "?");
      }
      return;
    }
    case Kind::Unknown:
      out += "unknown: " + reason_of(node);
      return;
    case Kind::Not:
      out += "not (";
      write(node.a, out);
      out += ')';
      return;
    case Kind::Both:
    case Kind::Either: {
      std::vector<Guard> parts;
      collect_parts(guard, node.kind, parts);
      for (std::size_t i = 0; i < parts.size(); ++i) {
        const bool is_nested = nodes_[parts[i]].kind == Kind::Either;
        out += i == 0 ? "" : node.kind == Kind::Both ? " and " : " or ";
        out += is_nested ? "(" : "";
        write(parts[i], out);
        out += is_nested ? ")" : "";
      }
      return;
    }
  }
}

void Guards::collect_parts(Guard guard, Kind kind, std::vector<Guard>& parts) const {
  const Node& node = nodes_[guard];
  if (node.kind != kind || parts.size() > kMostText) {
    parts.push_back(guard);
    return;
  }
  collect_parts(node.a, kind, parts);
  collect_parts(node.b, kind, parts);
}

std::string Guards::json(Guard guard) const {
  std::string out;
  write_json(guard, out);
  return out.size() > kMostJson ? "null" : out;
}

void Guards::write_json(Guard guard, std::string& out) const {
  const Node& node = nodes_[guard];
  if (out.size() > kMostJson) {
    return;
  }
  switch (node.kind) {
    case Kind::Never:
      out += R"({"any":[]})";
      return;
    case Kind::Always:
      out += R"({"all":[]})";
      return;
    case Kind::Atom: {
      const Atom& atom = atom_of(node);
      std::string values;
      for (const auto& value : atom.values) {
        values += (values.empty() ? "" : ",") + (value ? quoted_json(value->text()) : "null");
      }
      out += fmt::format(R"({{"key":{},"operator":"{}","values":[{}],"madeBy":"{}"}})",
                         quoted_json(spelled_key(atom.key)), iam::text(atom.op), values,
                         iam::text(maker_of(atom.key)));
      return;
    }
    case Kind::Unknown:
      out += fmt::format(R"({{"unknown":{}}})", quoted_json(reason_of(node)));
      return;
    case Kind::Not:
      out += R"({"not":)";
      write_json(node.a, out);
      out += '}';
      return;
    case Kind::Both:
    case Kind::Either: {
      std::vector<Guard> parts;
      collect_parts(guard, node.kind, parts);
      out += node.kind == Kind::Both ? R"({"all":[)" : R"({"any":[)";
      for (std::size_t i = 0; i < parts.size(); ++i) {
        out += i == 0 ? "" : ",";
        write_json(parts[i], out);
      }
      out += "]}";
      return;
    }
  }
}

}  // namespace portolan::iam::engine
