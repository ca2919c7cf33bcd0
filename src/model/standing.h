#pragma once

#include <compare>
#include <optional>
#include <string>

namespace portolan {

/// How near the internet is to what a finding is about, and what an intruder has once he is there.
/// It ranks findings of one risk.
struct Standing {
  /// Connections in a row that lead there from the internet, at the least and known for sure: 1 is
  /// reached directly. Nothing where none are known.
  std::optional<int> hops;
  std::string at;        // the nearest of what is affected
  std::string from;      // who opens the last connection: `internet`, or an id
  std::string services;  // of that connection: text form of a ServiceSet
  bool is_data_tier = false;
  std::string role;  // whose keys an instance there gives away, as AWS gave its instance profile
  std::string text;  // all of this in one line; empty where connections lead to nothing affected
  friend auto operator<=>(const Standing&, const Standing&) = default;
};

}  // namespace portolan
