#include "cli/mute_file.h"

#include <algorithm>
#include <array>
#include <optional>

#include <fmt/format.h>

#include "checks/check.h"
#include "checks/delta.h"
#include "cli/check_selection.h"
#include "cli/text_input.h"
#include "cli/yaml_file.h"
#include "core/name.h"
#include "core/text.h"

namespace portolan::cli {
namespace {

using checks::Mute;

constexpr std::size_t kMutesMost = 10000;
constexpr std::int64_t kDay_s = 86400;

struct Key {
  std::string_view name;
  std::string Mute::*member;
  bool is_needed = true;
};

constexpr std::array kKeys = {
    Key{"check", &Mute::check},
    Key{"resource", &Mute::resource},
    Key{"account", &Mute::account, false},
    Key{"region", &Mute::region, false},
    Key{"reason", &Mute::reason},
    Key{"owner", &Mute::owner},
};
constexpr std::string_view kExpires = "expires";

std::vector<std::string> key_names() {
  std::vector<std::string> names;
  for (const Key& key : kKeys) {
    names.emplace_back(key.name);
  }
  names.emplace_back(kExpires);
  return names;
}

tl::unexpected<Fault> refuse(const YAML::Node& at, std::string message) {
  return tl::unexpected(Fault{at.Mark(), std::move(message)});
}

/// The moment after the day that is named.
std::optional<Time> end_of(const YAML::Node& day) {
  if (!day.IsScalar() || day.Scalar().size() != 10) {
    return std::nullopt;
  }
  const auto start = Time::parse(day.Scalar() + "T00:00:00Z");
  return start ? std::optional(Time::from_seconds(start->seconds() + kDay_s)) : std::nullopt;
}

/// What is wrong with the values, if something is.
std::optional<Fault> fault_of(const YAML::Node& node, const Mute& mute) {
  for (const Key& key : kKeys) {
    if (key.is_needed && (mute.*key.member).empty()) {
      return Fault{node.Mark(), fmt::format("a mute has no `{}`", key.name)};
    }
  }
  if (mute.expires == Time()) {
    return Fault{node.Mark(), "a mute has no `expires`: the last day on which it holds"};
  }
  const auto all = checks::all_checks();
  const auto changes = checks::delta_checks();
  const auto is_meant = [&](std::string_view id) { return matches_glob(id, mute.check); };
  if (std::none_of(all.begin(), all.end(),
                   [&](const checks::Check* check) { return is_meant(check->id); }) &&
      std::none_of(changes.begin(), changes.end(),
                   [&](const checks::DeltaCheck& check) { return is_meant(check.id); })) {
    return Fault{node["check"].Mark(), unknown_check(mute.check)};
  }
  if (!mute.account.empty() && !AccountId::parse(mute.account)) {
    return Fault{node["account"].Mark(),
                 "`account` is twelve digits in quotes, as in \"111122223333\""};
  }
  if (!mute.region.empty() && !Region::parse(mute.region)) {
    return Fault{node["region"].Mark(), "`region` is a region like eu-west-1"};
  }
  return std::nullopt;
}

tl::expected<Mute, Fault> mute_of(const YAML::Node& node) {
  if (!node.IsMap()) {
    return refuse(node, "a mute has keys: check, resource, reason, owner, expires");
  }
  Mute mute;
  mute.line = node.Mark().line + 1;
  for (const auto& entry : node) {
    const std::string name = entry.first.IsScalar() ? entry.first.Scalar() : "";
    if (name == kExpires) {
      const auto end = end_of(entry.second);
      if (!end) {
        return refuse(entry.second, "`expires` is a day like 2027-03-31");
      }
      mute.expires = *end;
      continue;
    }
    const auto* const key = std::find_if(kKeys.begin(), kKeys.end(),
                                         [&](const Key& each) { return each.name == name; });
    if (key == kKeys.end()) {
      return refuse(entry.first, unknown_name(name, "part of a mute", key_names()));
    }
    if (!entry.second.IsScalar()) {
      return refuse(entry.second, fmt::format("`{}` is a text", name));
    }
    mute.*key->member = entry.second.Scalar();
  }
  if (auto fault = fault_of(node, mute)) {
    return tl::unexpected(*std::move(fault));
  }
  return mute;
}

tl::expected<std::vector<Mute>, Fault> mutes_of(const YAML::Node& document) {
  std::vector<Mute> mutes;
  if (document.IsNull()) {
    return mutes;
  }
  const bool is_understood = document.IsMap() && document.size() == 1 && document["mutes"];
  const YAML::Node list = is_understood ? document["mutes"] : YAML::Node();
  if (!is_understood || !(list.IsSequence() || list.IsNull())) {
    return refuse(document, "the file has one key, `mutes`, and below it a list");
  }
  if (list.size() > kMutesMost) {
    return refuse(list, fmt::format("there are more than {} mutes", kMutesMost));
  }
  for (const YAML::Node& node : list) {
    auto mute = mute_of(node);
    if (!mute) {
      return tl::unexpected(std::move(mute).error());
    }
    mutes.push_back(*std::move(mute));
  }
  return mutes;
}

}  // namespace

Result<std::vector<Mute>> parse_mutes(std::string_view text, const std::string& file) {
  return parse_yaml<std::vector<Mute>>(text, "bad_mutes", file, mutes_of);
}

Result<std::vector<Mute>> read_mutes(const std::string& file) {
  return parse_mutes(TRY(read_text(file, kYamlBytesMost)), file == "-" ? "stdin" : file);
}

}  // namespace portolan::cli
