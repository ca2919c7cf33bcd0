#pragma once

#include <string>
#include <vector>

#include "cli/terminal.h"
#include "iam/iam.h"

/// What `portolan who --allowed` says: who can change what beyond what is meant.
namespace portolan::cli {

struct ExcessAnswer {
  const iam::Directory* directory = nullptr;
  std::vector<iam::Resource> resources;  // rows of `excess`
  std::vector<iam::Excess> excess;
  std::vector<iam::Answer> answers;  // of each, for its first resource
  std::vector<std::string> gaps;

  /// True if somebody has too much for sure, under whatever condition.
  [[nodiscard]] bool is_found() const;
  [[nodiscard]] bool is_unknown() const;
};

ExcessAnswer find_excess(const iam::Directory& directory, const iam::Intent& intent,
                         std::vector<iam::Resource> resources,
                         const std::vector<iam::ChangeAction>& actions);

std::string excess_text(const ExcessAnswer& answer, const Style& style);
std::string excess_json(const ExcessAnswer& answer);

}  // namespace portolan::cli
