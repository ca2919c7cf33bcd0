#include "cli/roles_file.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "cli/text_input.h"
#include "cli/yaml_file.h"

namespace portolan::cli {
namespace {

using iam::Allowance;

constexpr std::size_t kAllowancesMost = 10000;

struct Key {
  std::string_view name;
  std::vector<std::string> Allowance::*member;
};

constexpr std::array kKeys = {
    Key{"principals", &Allowance::principals},
    Key{"resources", &Allowance::resources},
    Key{"tags", &Allowance::tags},
    Key{"vpcs", &Allowance::vpcs},
    Key{"regions", &Allowance::regions},
    Key{"actions", &Allowance::actions},
};

tl::unexpected<Fault> refuse(const YAML::Node& at, std::string message) {
  return tl::unexpected(Fault{at.Mark(), std::move(message)});
}

tl::expected<std::vector<std::string>, Fault> texts_of(const YAML::Node& node,
                                                       const std::string& name) {
  if (node.IsScalar()) {
    return std::vector{node.Scalar()};
  }
  std::vector<std::string> texts;
  for (const YAML::Node& each : node) {
    if (!node.IsSequence() || !each.IsScalar()) {
      return refuse(node, fmt::format("`{}` is a text or a list of texts", name));
    }
    texts.push_back(each.Scalar());
  }
  if (texts.empty()) {
    return refuse(node, fmt::format("`{}` is empty: leave it out, or name something", name));
  }
  return texts;
}

tl::expected<Allowance, Fault> allowance_of(const YAML::Node& node) {
  if (!node.IsMap()) {
    return refuse(node, "each of `allowed` has keys: principals, and what they may change");
  }
  Allowance allowance;
  for (const auto& entry : node) {
    const std::string name = entry.first.IsScalar() ? entry.first.Scalar() : "";
    const auto* const key = std::find_if(kKeys.begin(), kKeys.end(),
                                         [&](const Key& each) { return each.name == name; });
    if (key == kKeys.end()) {
      std::vector<std::string> known;
      for (const Key& each : kKeys) {
        known.emplace_back(each.name);
      }
      return refuse(entry.first, unknown_name(name, "part of `allowed`", known));
    }
    auto texts = texts_of(entry.second, name);
    if (!texts) {
      return tl::unexpected(std::move(texts).error());
    }
    allowance.*key->member = *std::move(texts);
  }
  if (allowance.principals.empty()) {
    return refuse(node, "there are no `principals`: nobody would be allowed");
  }
  return allowance;
}

tl::expected<iam::Intent, Fault> intent_of(const YAML::Node& document) {
  if (!document.IsMap() || document.size() != 1 || !document["allowed"]) {
    return refuse(document, "the file has one key, `allowed`, and below it a list");
  }
  return roles_of(document["allowed"]);
}

}  // namespace

tl::expected<iam::Intent, Fault> roles_of(const YAML::Node& list) {
  if (!list.IsSequence()) {
    return refuse(list, "below `allowed` stands a list: principals, and what they may change");
  }
  if (list.size() > kAllowancesMost) {
    return refuse(list, fmt::format("there are more than {} of them", kAllowancesMost));
  }
  iam::Intent intent;
  for (const YAML::Node& node : list) {
    auto allowance = allowance_of(node);
    if (!allowance) {
      return tl::unexpected(std::move(allowance).error());
    }
    intent.allowances.push_back(*std::move(allowance));
  }
  return intent;
}

Result<iam::Intent> parse_roles(std::string_view text, const std::string& file) {
  return parse_yaml<iam::Intent>(text, "bad_roles", file, intent_of);
}

Result<iam::Intent> read_roles(const std::string& file) {
  return parse_roles(TRY(read_text(file, kYamlBytesMost)), file);
}

}  // namespace portolan::cli
