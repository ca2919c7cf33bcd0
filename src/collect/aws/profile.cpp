#include "collect/aws/profile.h"

#include <algorithm>
#include <cstdlib>

#include <fmt/format.h>

#include "collect/aws/core_file.h"
#include "collect/aws/service.h"
#include "collect/folder.h"
#include "core/text.h"

namespace portolan::collect::aws {

namespace {

constexpr std::size_t kFileMax = std::size_t{1} << 20;

/// `[profile prod]`, `[ profile "prod" ]`: the words inside.
std::string section_name(std::string_view line) {
  std::string name(trimmed(line.substr(1, line.find(']') - 1)));
  std::erase(name, '"');
  return name;
}

Sections read_sections(const std::string& path) {
  const auto text = read_small_file(path);
  return text ? parse_ini(*text) : Sections{};
}

std::string file_of(const char* name, const char* file) {
  return variable(name).value_or(fmt::format("{}/{}", aws_folder(), file));
}

}  // namespace

Sections parse_ini(std::string_view text) {
  Sections sections;
  Section* section = nullptr;
  std::string outer;
  for (const std::string_view line : split(text, '\n')) {
    const std::string_view content = trimmed(line);
    if (content.empty() || content.front() == '#' || content.front() == ';') {
      continue;
    }
    if (content.front() == '[') {
      section = &sections[section_name(content)];
      continue;
    }
    const std::size_t equals = content.find('=');
    if (section == nullptr || equals == std::string_view::npos) {
      continue;
    }
    const bool is_inner = line.front() == ' ' || line.front() == '\t';
    const std::string key(trimmed(content.substr(0, equals)));
    std::string_view value = trimmed(content.substr(equals + 1));
    // A comment may follow the value.
    value = trimmed(value.substr(0, std::min(value.find(" #"), value.find(" ;"))));
    if (!is_inner) {
      outer = key;
    }
    (*section)[is_inner ? fmt::format("{}.{}", outer, key) : key] = value;
  }
  return sections;
}

Profiles::Profiles(const Sections& config, const Sections& credentials) : profiles_(credentials) {
  for (const auto& [name, section] : config) {
    if (name.starts_with("sso-session ")) {
      sso_sessions_[std::string(trimmed(std::string_view(name).substr(12)))] = section;
      continue;
    }
    const bool is_profile = name.starts_with("profile ");
    if (is_profile || name == "default") {
      const std::string profile(is_profile ? trimmed(std::string_view(name).substr(8))
                                           : std::string_view(name));
      // Keys in the credentials file win.
      profiles_[profile].insert(section.begin(), section.end());
    }
  }
}

bool Profiles::has(std::string_view profile) const { return profiles_.contains(profile); }

std::string Profiles::value(std::string_view profile, std::string_view key) const {
  const auto section = profiles_.find(profile);
  if (section == profiles_.end()) {
    return {};
  }
  const auto found = section->second.find(key);
  return found == section->second.end() ? std::string{} : found->second;
}

std::string Profiles::sso_value(std::string_view session, std::string_view key) const {
  const auto section = sso_sessions_.find(session);
  if (section == sso_sessions_.end()) {
    return {};
  }
  const auto found = section->second.find(key);
  return found == section->second.end() ? std::string{} : found->second;
}

std::optional<std::string> variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr || *value == 0 ? std::nullopt : std::optional<std::string>(value);
}

std::string aws_folder() { return variable("HOME").value_or("/nonexistent") + "/.aws"; }

Result<std::string> read_small_file(const std::string& path) {
  FolderLimits limits;
  limits.file_bytes_max = kFileMax;
  ReadBuffers buffers;
  return std::string(TRY(read_file({.path = path, .full_path = path}, limits, buffers)));
}

Result<Setup> read_setup(const std::string& profile) {
  forbid_core_file();
  Setup setup;
  setup.profiles = Profiles(read_sections(file_of("AWS_CONFIG_FILE", "config")),
                            read_sections(file_of("AWS_SHARED_CREDENTIALS_FILE", "credentials")));
  setup.is_explicit = !profile.empty();
  setup.profile = setup.is_explicit ? profile : variable("AWS_PROFILE").value_or("default");
  if (setup.profile != "default" && !setup.profiles.has(setup.profile)) {
    return fail("bad_profile",
                fmt::format("there is no profile `{}` in {} or beside it", printable(setup.profile),
                            file_of("AWS_CONFIG_FILE", "config")));
  }
  const auto first = [](std::initializer_list<std::optional<std::string>> choices) {
    const auto* const found = std::find_if(choices.begin(), choices.end(),
                                           [](const auto& each) { return each && !each->empty(); });
    return found == choices.end() ? std::string{} : **found;
  };
  const auto own = [&](const char* key) { return setup.profiles.value(setup.profile, key); };
  setup.region = first({variable("AWS_REGION"), variable("AWS_DEFAULT_REGION"), own("region")});
  setup.region = setup.region.empty() ? "us-east-1" : setup.region;
  setup.http.ca_bundle = first({variable("AWS_CA_BUNDLE"), own("ca_bundle")});
  setup.endpoint_url = first({variable("AWS_ENDPOINT_URL"), own("endpoint_url")});
  return setup;
}

std::string endpoint_for(const Setup& setup, std::string_view service, std::string_view region) {
  const bool is_ignored = variable("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS") == "true";
  const Service& asked = *find_service(service);
  std::string url = variable(fmt::format("AWS_ENDPOINT_URL_{}", asked.variable).c_str())
                        .value_or(setup.endpoint_url);
  if (is_ignored || url.empty()) {
    return endpoint_of(asked, region);
  }
  while (url.ends_with('/')) {
    url.pop_back();
  }
  return url;
}

}  // namespace portolan::collect::aws
