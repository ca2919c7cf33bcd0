#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <yaml-cpp/yaml.h>

#include "core/result.h"

/// What the readers of YAML files share. yaml-cpp throws; only those who include this see it.
namespace portolan::cli {

/// Where a node stands and what is wrong with it.
struct Fault {
  YAML::Mark mark;
  std::string message;
};

/// A file that people write by hand is no longer than that.
inline constexpr std::size_t kYamlBytesMost = std::size_t{1} << 20U;

/// The sentence for a name that is none of `known`, with those that may have been meant.
std::string unknown_name(std::string_view name, std::string_view noun,
                         const std::vector<std::string>& known);

/// The error of a fault: `line 3: what is wrong`, about `file`.
tl::unexpected<Error> refuse_yaml(std::string code, const Fault& fault, const std::string& file);

/// Reads the text as one document and hands it to `read`, which returns a value or a Fault.
template <class Value, class Read>
Result<Value> parse_yaml(std::string_view text, const std::string& code, const std::string& file,
                         const Read& read) {
  try {
    tl::expected<Value, Fault> value = read(YAML::Load(std::string(text)));
    if (!value) {
      return refuse_yaml(code, value.error(), file);
    }
    return *std::move(value);
  } catch (const YAML::Exception& error) {
    return refuse_yaml(code, {error.mark, error.msg}, file);
  }
}

}  // namespace portolan::cli
