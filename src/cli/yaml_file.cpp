#include "cli/yaml_file.h"

#include <utility>

#include <fmt/format.h>

#include "cli/text_input.h"
#include "core/text.h"

namespace portolan::cli {

std::string unknown_name(std::string_view name, std::string_view noun,
                         const std::vector<std::string>& known) {
  const std::vector<std::string> near = suggestions(name, known);
  return fmt::format("`{}` is no {}, {}", printable(name), noun,
                     near.empty() ? fmt::format("known are {}", fmt::join(known, ", "))
                                  : fmt::format("did you mean `{}`", fmt::join(near, "` or `")));
}

tl::unexpected<Error> refuse_yaml(std::string code, const Fault& fault, const std::string& file) {
  const std::string place =
      fault.mark.is_null() ? "" : fmt::format("line {}: ", fault.mark.line + 1);
  return fail(std::move(code), place + printable(fault.message), file);
}

}  // namespace portolan::cli
