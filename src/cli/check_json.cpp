#include "cli/check_json.h"

#include <utility>

namespace portolan::cli {

boost::json::object check_json(const checks::Check& check) {
  boost::json::array references;
  for (const std::string_view reference : check.references) {
    references.emplace_back(reference);
  }
  return {{"id", check.id},
          {"title", check.title},
          {"risk", text(check.risk)},
          {"resources", check.resources},
          {"why", check.why},
          {"fix", check.fix},
          {"references", std::move(references)}};
}

}  // namespace portolan::cli
