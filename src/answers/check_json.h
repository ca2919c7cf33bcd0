#pragma once

#include <span>
#include <string_view>
#include <vector>

#include <boost/json.hpp>

#include "model/finding.h"

namespace portolan::answers {

/// What a check says of itself, whether it judges a snapshot, a trail or a change.
struct CheckFacts {
  std::string_view id;
  std::string_view title;
  Risk risk = Risk::Medium;
  std::string_view resources;
  std::string_view why;
  std::string_view fix;
  std::span<const std::string_view> references;
  std::string_view found_by;  // the command: `audit`, `trail`, `diff`
};

/// All of them, sorted by id.
std::vector<CheckFacts> all_check_facts();

/// `id`, `title`, `risk`, `resources`, `why`, `fix`, `references`, `found_by`.
boost::json::object check_json(const CheckFacts& check);

}  // namespace portolan::answers
