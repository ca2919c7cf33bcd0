#pragma once

#include <span>
#include <string_view>

/// What is planted in made-up trails beside the rules that are open for a short time: every other
/// way to open a network, and to blind who watches it.
namespace portolan::trail {

/// In all texts `#` stands for the digits of ids, which no two plants share, and `@account`,
/// `@region` and `@principal` for those of the call.
struct PlantedCall {
  std::string_view name = {};  // empty: there is no such call
  std::string_view request = {};
  std::string_view response = R"({"_return":true})";
  std::string_view source = "ec2.amazonaws.com";
};

/// What tells a call: a check of trails, and what it says.
struct Told {
  std::string_view check = {};  // empty: nothing does
  std::string_view resource = {};
  std::string_view ports = {};
  std::string_view peer = {};
};

struct Plant {
  PlantedCall before = {};  // within the hour before, but no short time
  Told told_before = {};
  PlantedCall opening = {};
  PlantedCall closing = {};  // within 30 minutes; if there is none it stays
  Told told = {};
};

/// Each listed evasion, once at least.
/// SOURCE: EC2, RDS and CloudTrail API references, the actions that are named; how records spell
/// them is observed.
std::span<const Plant> plants();

}  // namespace portolan::trail
