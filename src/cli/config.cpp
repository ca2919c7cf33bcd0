#include "cli/config.h"

#include <algorithm>
#include <array>
#include <variant>
#include <vector>

#include <fmt/format.h>

#include "cli/text_input.h"
#include "cli/yaml_file.h"
#include "core/text.h"

namespace portolan::cli {
namespace {

using checks::Config;
using Member =
    std::variant<std::vector<std::string> Config::*, int Config::*, std::optional<Time> Config::*,
                 std::vector<AccountId> Config::*>;

struct Key {
  std::string_view name;
  Member member;
};

constexpr std::array kKeys = {
    Key{"production_tags", &Config::production_tags},
    Key{"data_tier_tags", &Config::data_tier_tags},
    Key{"admin_source_tags", &Config::admin_source_tags},
    Key{"group_tags", &Config::group_tags},
    Key{"now", &Config::now},
    Key{"private_tags", &Config::private_tags},
    Key{"internet_vpc_tags", &Config::internet_vpc_tags},
    Key{"trusted_accounts", &Config::trusted_accounts},
    Key{"wide_ports_low", &Config::wide_ports_low},
    Key{"wide_ports_medium", &Config::wide_ports_medium},
    Key{"wide_ports_high", &Config::wide_ports_high},
};

constexpr std::size_t kPatternsMost = 1000;
constexpr std::uint32_t kPortsMost = 65536;

std::string unknown_key(const std::string& name) {
  std::vector<std::string> known;
  for (const Key& key : kKeys) {
    known.emplace_back(key.name);
  }
  return unknown_name(name, "setting", known);
}

tl::expected<std::vector<std::string>, Fault> patterns_of(const YAML::Node& node,
                                                          std::string_view name) {
  const auto refuse = [&](const YAML::Node& at, std::string_view problem) {
    return tl::unexpected(Fault{at.Mark(), fmt::format("`{}` {}", name, problem)});
  };
  if (!node.IsSequence()) {
    return refuse(node, "is a list, as in [\"env=prod*\"]");
  }
  if (node.size() > kPatternsMost) {
    return refuse(node, fmt::format("has more than {} patterns", kPatternsMost));
  }
  std::vector<std::string> result;
  for (const YAML::Node& item : node) {
    if (!item.IsScalar() || item.Scalar().find('=', 1) == std::string::npos) {
      return refuse(item, "holds patterns of the form KEY=VALUE");
    }
    result.push_back(item.Scalar());
  }
  return result;
}

tl::expected<int, Fault> ports_of(const YAML::Node& node, std::string_view name) {
  const auto number =
      node.IsScalar() ? decimal(node.Scalar(), kPortsMost) : std::optional<std::uint32_t>{};
  if (!number) {
    return tl::unexpected(
        Fault{node.Mark(), fmt::format("`{}` is a number of ports, 0 to {}", name, kPortsMost)});
  }
  return static_cast<int>(*number);
}

tl::expected<std::optional<Time>, Fault> time_of(const YAML::Node& node, std::string_view name) {
  const auto time = node.IsScalar() ? Time::parse(node.Scalar()) : fail("bad_time", "", "");
  if (!time) {
    return tl::unexpected(
        Fault{node.Mark(), fmt::format("`{}` is a time, as in 2026-05-03T14:03:00Z", name)});
  }
  return *time;
}

tl::expected<std::vector<AccountId>, Fault> accounts_of(const YAML::Node& node,
                                                        std::string_view name) {
  const auto refuse = [&](const YAML::Node& at) {
    return tl::unexpected(
        Fault{at.Mark(), fmt::format("`{}` is a list of at most {} accounts in quotes, as in "
                                     "[\"111122223333\"]",
                                     name, kPatternsMost)});
  };
  if (!node.IsSequence() || node.size() > kPatternsMost) {
    return refuse(node);
  }
  std::vector<AccountId> accounts;
  for (const YAML::Node& item : node) {
    auto account = AccountId::parse(item.IsScalar() ? item.Scalar() : "");
    if (!account) {
      return refuse(item);
    }
    accounts.push_back(*std::move(account));
  }
  return accounts;
}

template <class Value>
tl::expected<void, Fault> store(tl::expected<Value, Fault> value, Value& place) {
  if (!value) {
    return tl::unexpected(std::move(value).error());
  }
  place = *std::move(value);
  return {};
}

tl::expected<void, Fault> set(Config& config, const Key& key, const YAML::Node& node) {
  if (const auto* const list = std::get_if<0>(&key.member)) {
    return store(patterns_of(node, key.name), config.*(*list));
  }
  if (const auto* const time = std::get_if<2>(&key.member)) {
    return store(time_of(node, key.name), config.*(*time));
  }
  if (const auto* const accounts = std::get_if<3>(&key.member)) {
    return store(accounts_of(node, key.name), config.*(*accounts));
  }
  return store(ports_of(node, key.name), config.*std::get<1>(key.member));
}

tl::expected<Config, Fault> config_of(const YAML::Node& document) {
  Config config;
  if (document.IsNull()) {
    return config;
  }
  if (!document.IsMap()) {
    return tl::unexpected(
        Fault{document.Mark(), "the file is a list of settings, one `name: value` a line"});
  }
  for (const auto& entry : document) {
    const std::string name = entry.first.IsScalar() ? entry.first.Scalar() : "";
    const auto* const key = std::find_if(kKeys.begin(), kKeys.end(),
                                         [&](const Key& each) { return each.name == name; });
    if (key == kKeys.end()) {
      return tl::unexpected(Fault{entry.first.Mark(), unknown_key(name)});
    }
    if (const auto done = set(config, *key, entry.second); !done) {
      return tl::unexpected(done.error());
    }
  }
  if (config.wide_ports_low > config.wide_ports_medium ||
      config.wide_ports_medium > config.wide_ports_high) {
    return tl::unexpected(Fault{
        document.Mark(), "wide_ports_low, wide_ports_medium and wide_ports_high do not rise"});
  }
  return config;
}

}  // namespace

Result<checks::Config> parse_config(std::string_view text, const std::string& file) {
  return parse_yaml<Config>(text, "bad_config", file, config_of);
}

Result<checks::Config> read_config(const std::string& file) {
  return parse_config(TRY(read_text(file, kYamlBytesMost)), file == "-" ? "stdin" : file);
}

}  // namespace portolan::cli
