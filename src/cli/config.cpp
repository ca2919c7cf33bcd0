#include "cli/config.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <fmt/format.h>

#include "cli/config_maps.h"
#include "cli/roles_file.h"
#include "cli/text_input.h"
#include "cli/yaml_file.h"
#include "core/text.h"

namespace portolan::cli {
namespace {

using checks::Config;
using checks::Policy;
using Networks = std::vector<checks::KnownNetwork>;
using Dependencies = std::vector<checks::Dependency>;
using Member = std::variant<
    std::vector<std::string> Config::*, int Config::*, ServiceSet Config::*, Networks Config::*,
    std::vector<AccountId> Config::*, std::optional<Time> Config::*, Dependencies Config::*,
    std::optional<std::vector<IpAddress>> Config::*, std::vector<checks::AllowedPorts> Policy::*,
    std::map<std::string, Risk> Policy::*>;

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
    Key{"wide_ports_low", &Config::wide_ports_low},
    Key{"wide_ports_medium", &Config::wide_ports_medium},
    Key{"wide_ports_high", &Config::wide_ports_high},
    Key{"public_services", &Config::public_services},
    Key{"high_risk_services", &Config::high_risk_services},
    Key{"known_networks", &Config::known_networks},
    Key{"trusted_accounts", &Config::trusted_accounts},
    Key{"dependencies", &Config::dependencies},
    Key{"former_addresses", &Config::former_addresses},
    Key{"allowed_ports", &Policy::allowed_ports},
    Key{"severity", &Policy::severity},
};

constexpr std::string_view kAllowed = "allowed";

constexpr std::size_t kItemsMost = 1000;
constexpr std::uint32_t kPortsMost = 65536;

std::string unknown_key(const std::string& name) {
  std::vector<std::string> known;
  for (const Key& key : kKeys) {
    known.emplace_back(key.name);
  }
  known.emplace_back(kAllowed);
  return unknown_name(name, "setting", known);
}

/// How the items of a list are read, and how they look.
template <class Item>
struct ListForm {
  std::string_view example;  // of the list
  std::string_view items;    // "patterns of the form KEY=VALUE"
  std::optional<Item> (*read)(const std::string& text);
};

template <class Item>
tl::expected<std::vector<Item>, Fault> list_of(const YAML::Node& node, std::string_view name,
                                               const ListForm<Item>& form) {
  const auto refuse = [&](const YAML::Node& at, std::string_view problem) {
    return tl::unexpected(Fault{at.Mark(), fmt::format("`{}` {}", name, problem)});
  };
  if (!node.IsSequence()) {
    return refuse(node, fmt::format("is a list, as in {}", form.example));
  }
  if (node.size() > kItemsMost) {
    return refuse(node, fmt::format("has more than {} items", kItemsMost));
  }
  std::vector<Item> result;
  for (const YAML::Node& item : node) {
    auto value = item.IsScalar() ? form.read(item.Scalar()) : std::optional<Item>{};
    if (!value) {
      return refuse(item, fmt::format("holds {}", form.items));
    }
    result.push_back(*std::move(value));
  }
  return result;
}

std::optional<std::string> pattern(const std::string& text) {
  return text.find('=', 1) == std::string::npos ? std::nullopt : std::optional<std::string>(text);
}

std::optional<checks::KnownNetwork> network(const std::string& text) {
  const std::size_t at = text.rfind('=');
  if (at == std::string::npos || at == 0) {
    return std::nullopt;
  }
  const auto cidr = IpPrefix::parse(std::string_view(text).substr(at + 1));
  return cidr ? std::optional<checks::KnownNetwork>({text.substr(0, at), *cidr}) : std::nullopt;
}

std::optional<AccountId> account(const std::string& text) {
  const auto parsed = AccountId::parse(text);
  return parsed ? std::optional<AccountId>(*parsed) : std::nullopt;
}

std::optional<IpAddress> address(const std::string& text) {
  const auto parsed = IpAddress::parse(text);
  return parsed ? std::optional<IpAddress>(*parsed) : std::nullopt;
}

constexpr ListForm<std::string> kPatterns = {"[\"env=prod*\"]", "patterns of the form KEY=VALUE",
                                             pattern};
constexpr ListForm<checks::KnownNetwork> kNetworks = {"[\"office=198.51.100.0/24\"]",
                                                      "networks of the form NAME=CIDR", network};
constexpr ListForm<AccountId> kAccounts = {"[\"111122223333\"]", "account numbers of twelve digits",
                                           account};

constexpr ListForm<IpAddress> kAddresses = {"[\"198.51.100.7\"]", "IP addresses", address};

tl::expected<std::optional<std::vector<IpAddress>>, Fault> addresses_of(const YAML::Node& node,
                                                                        std::string_view name) {
  auto addresses = list_of(node, name, kAddresses);
  if (addresses) {
    std::sort(addresses->begin(), addresses->end());
  }
  return addresses;
}

tl::expected<ServiceSet, Fault> services_of(const YAML::Node& node, std::string_view name) {
  const auto services =
      node.IsScalar() ? ServiceSet::parse(node.Scalar()) : fail("bad_service", "", "");
  if (!services) {
    return tl::unexpected(
        Fault{node.Mark(), fmt::format("`{}` are services, as in \"tcp/80,443 udp/53\"", name)});
  }
  return *services;
}

constexpr std::string_view kDependencyForm =
    "`dependencies` holds items with `from`, `to` and `services`, one word each, as in {from: "
    "\"tag:tier=web\", to: \"tag:tier=db\", services: tcp/5432}";

tl::expected<checks::Dependency, Fault> dependency_of(const YAML::Node& item) {
  std::string from;
  std::string to;
  std::string services = "any";
  const auto refusal = [&] {
    return tl::unexpected(Fault{item.Mark(), std::string(kDependencyForm)});
  };
  if (!item.IsMap()) {
    return refusal();
  }
  for (const auto& entry : item) {
    const std::string key = entry.first.IsScalar() ? entry.first.Scalar() : "";
    std::string* const word = key == "from"       ? &from
                              : key == "to"       ? &to
                              : key == "services" ? &services
                                                  : nullptr;
    if (word == nullptr || !entry.second.IsScalar()) {
      return refusal();
    }
    *word = entry.second.Scalar();
  }
  if (from.empty() || to.empty()) {
    return refusal();
  }
  const auto question = reach::parse_question(fmt::format("{} -> {} {}", from, to, services));
  if (!question) {
    return tl::unexpected(Fault{item.Mark(), question.error().message});
  }
  return checks::Dependency{
      .from = question->from, .to = question->to, .services = question->services};
}

tl::expected<Dependencies, Fault> dependencies_of(const YAML::Node& node) {
  if (!node.IsSequence() || node.size() > kItemsMost) {
    return tl::unexpected(Fault{
        node.Mark(), fmt::format("`dependencies` is a list of at most {} items", kItemsMost)});
  }
  Dependencies result;
  for (const YAML::Node& item : node) {
    auto dependency = dependency_of(item);
    if (!dependency) {
      return tl::unexpected(std::move(dependency).error());
    }
    result.push_back(*std::move(dependency));
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

template <class Value>
tl::expected<void, Fault> store(tl::expected<Value, Fault> value, Value& place) {
  if (!value) {
    return tl::unexpected(std::move(value).error());
  }
  place = *std::move(value);
  return {};
}

tl::expected<void, Fault> set(Settings& settings, const Key& key, const YAML::Node& node) {
  Config& config = settings.config;
  if (const auto* const list = std::get_if<0>(&key.member)) {
    return store(list_of(node, key.name, kPatterns), config.*(*list));
  }
  if (const auto* const services = std::get_if<ServiceSet Config::*>(&key.member)) {
    return store(services_of(node, key.name), config.*(*services));
  }
  if (const auto* const networks = std::get_if<Networks Config::*>(&key.member)) {
    return store(list_of(node, key.name, kNetworks), config.*(*networks));
  }
  if (const auto* const accounts = std::get_if<std::vector<AccountId> Config::*>(&key.member)) {
    return store(list_of(node, key.name, kAccounts), config.*(*accounts));
  }
  if (const auto* const time = std::get_if<std::optional<Time> Config::*>(&key.member)) {
    return store(time_of(node, key.name), config.*(*time));
  }
  if (const auto* const addresses =
          std::get_if<std::optional<std::vector<IpAddress>> Config::*>(&key.member)) {
    return store(addresses_of(node, key.name), config.*(*addresses));
  }
  if (const auto* const dependencies = std::get_if<Dependencies Config::*>(&key.member)) {
    return store(dependencies_of(node), config.*(*dependencies));
  }
  if (const auto* const ports =
          std::get_if<std::vector<checks::AllowedPorts> Policy::*>(&key.member)) {
    return store(allowed_ports_of(node, key.name), settings.policy.*(*ports));
  }
  if (const auto* const severity =
          std::get_if<std::map<std::string, Risk> Policy::*>(&key.member)) {
    return store(severity_of(node, key.name), settings.policy.*(*severity));
  }
  return store(ports_of(node, key.name), config.*std::get<1>(key.member));
}

tl::expected<Settings, Fault> settings_of(const YAML::Node& document) {
  Settings settings;
  const Config& config = settings.config;
  if (document.IsNull()) {
    return settings;
  }
  if (!document.IsMap()) {
    return tl::unexpected(
        Fault{document.Mark(), "the file is a list of settings, one `name: value` a line"});
  }
  for (const auto& entry : document) {
    const std::string name = entry.first.IsScalar() ? entry.first.Scalar() : "";
    if (name == kAllowed) {
      auto roles = roles_of(entry.second);
      if (!roles) {
        return tl::unexpected(std::move(roles).error());
      }
      settings.allowed = *std::move(roles);
      continue;
    }
    const auto* const key = std::find_if(kKeys.begin(), kKeys.end(),
                                         [&](const Key& each) { return each.name == name; });
    if (key == kKeys.end()) {
      return tl::unexpected(Fault{entry.first.Mark(), unknown_key(name)});
    }
    if (const auto done = set(settings, *key, entry.second); !done) {
      return tl::unexpected(done.error());
    }
  }
  if (config.wide_ports_low > config.wide_ports_medium ||
      config.wide_ports_medium > config.wide_ports_high) {
    return tl::unexpected(Fault{
        document.Mark(), "wide_ports_low, wide_ports_medium and wide_ports_high do not rise"});
  }
  return settings;
}

}  // namespace

Result<Settings> parse_settings(std::string_view text, const std::string& file) {
  return parse_yaml<Settings>(text, "bad_config", file, settings_of);
}

Result<checks::Config> parse_config(std::string_view text, const std::string& file) {
  return parse_settings(text, file).map([](Settings settings) {
    return std::move(settings.config);
  });
}

Result<Settings> read_settings(const std::string& file) {
  return parse_settings(TRY(read_text(file, kYamlBytesMost)), file == "-" ? "stdin" : file);
}

}  // namespace portolan::cli
