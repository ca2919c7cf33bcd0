#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "checks/check.h"

/// Private to the module: accounts and regions, of which a check may know nothing.
namespace portolan::checks {

/// The accounts and regions that have a VPC, sorted.
std::vector<Owned> places_of(const Snapshot& snapshot);

/// What a check looks for in every account and region.
struct Wanted {
  std::string_view check;
  std::span<const Noun> nouns;  // kinds of document, each of which it needs
  Risk risk;                    // of what it might have found
  std::string_view unsaid;      // "whether a task has a public address is not known"
};

/// Unknown about each account and region of which some of the documents were not read.
void ask_places(const Context& context, const Wanted& wanted, std::vector<Finding>& findings);

}  // namespace portolan::checks
