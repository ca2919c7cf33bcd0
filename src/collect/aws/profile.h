#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "collect/aws/http.h"
#include "core/result.h"

/// Private to the module: `~/.aws/config` and `~/.aws/credentials`.
namespace portolan::collect::aws {

using Section = std::map<std::string, std::string, std::less<>>;
using Sections = std::map<std::string, Section, std::less<>>;

/// The sections of a file of the AWS CLI, by the name in brackets. Lines that it would not
/// understand are passed over; settings within settings (indented lines) are `outer.inner`.
Sections parse_ini(std::string_view text);

/// What both files say of each profile, and the rest of the configuration.
class Profiles {
 public:
  Profiles() = default;
  Profiles(const Sections& config, const Sections& credentials);

  [[nodiscard]] bool has(std::string_view profile) const;
  /// Empty if the profile does not say.
  [[nodiscard]] std::string value(std::string_view profile, std::string_view key) const;
  /// Of the section `[sso-session NAME]`.
  [[nodiscard]] std::string sso_value(std::string_view session, std::string_view key) const;

 private:
  Sections profiles_;
  Sections sso_sessions_;
};

/// A variable of the environment that is set and not empty.
std::optional<std::string> variable(const char* name);

/// Everything that the user set up, read once.
struct Setup {
  Profiles profiles;
  std::string profile;       // the one that counts
  bool is_explicit = false;  // the user named it: nothing else counts then
  std::string region;        // the home region; `us-east-1` if nobody says
  std::string endpoint_url;  // for all services; may be empty
  HttpOptions http;          // with the user's CA bundle
};

/// Error `bad_profile` if the profile is not there.
Result<Setup> read_setup(const std::string& profile);
/// Where the service is asked: AWS_ENDPOINT_URL_<SERVICE>, AWS_ENDPOINT_URL, the profile, AWS.
std::string endpoint_for(const Setup& setup, std::string_view service, std::string_view region);
/// The user's folder `.aws`.
std::string aws_folder();
/// The text of a small file. Error `unreadable_file`.
Result<std::string> read_small_file(const std::string& path);

}  // namespace portolan::collect::aws
