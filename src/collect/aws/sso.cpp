#include "collect/aws/sso.h"

#include <chrono>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "collect/aws/percent.h"
#include "collect/aws/service.h"
#include "collect/folder.h"
#include "core/text.h"

namespace portolan::collect::aws {

namespace {

namespace json = boost::json;

std::string member(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string{};
}

Time time_now() {
  const auto since_1970 = std::chrono::system_clock::now().time_since_epoch();
  return Time::from_seconds(std::chrono::duration_cast<std::chrono::seconds>(since_1970).count());
}

/// The token of the sign-in at `start_url`; empty if there is none that still counts.
std::string cached_token(const std::string& start_url) {
  const auto listed = list_folder(aws_folder() + "/sso/cache", {});
  if (!listed) {
    return {};
  }
  for (const FolderFile& file : listed->files) {
    const auto text = read_small_file(file.full_path);
    json::error_code error;
    const json::value value = json::parse(text ? *text : "null", error);
    if (error || !value.is_object() || member(value.get_object(), "startUrl") != start_url) {
      continue;
    }
    const auto expires = Time::parse(member(value.get_object(), "expiresAt"));
    if (expires && *expires > time_now()) {
      return member(value.get_object(), "accessToken");
    }
  }
  return {};
}

tl::unexpected<Error> not_signed_in(const std::string& profile) {
  return fail("not_signed_in", fmt::format("the sign-in of profile `{}` has run out, run `aws sso "
                                           "login --profile {}`",
                                           printable(profile), printable(profile)));
}

Result<Credentials> parse_role(std::string_view text, const std::string& profile) {
  json::error_code error;
  const json::value value = json::parse(text, error);
  const json::value* role =
      error || !value.is_object() ? nullptr : value.get_object().if_contains("roleCredentials");
  if (role == nullptr || !role->is_object()) {
    return not_signed_in(profile);
  }
  const json::object& object = role->get_object();
  Credentials credentials{.keys = {.id = member(object, "accessKeyId"),
                                   .secret = member(object, "secretAccessKey"),
                                   .token = member(object, "sessionToken")}};
  const json::value* expires_ms = object.if_contains("expiration");
  if (expires_ms != nullptr && expires_ms->is_int64()) {
    credentials.expires = Time::from_seconds(expires_ms->get_int64() / 1000);
  }
  return credentials;
}

}  // namespace

Result<Credentials> from_sso(const Setup& setup, const std::string& profile) {
  const Profiles& profiles = setup.profiles;
  const std::string session = profiles.value(profile, "sso_session");
  const auto value = [&](const char* key) {
    return session.empty() ? profiles.value(profile, key) : profiles.sso_value(session, key);
  };
  const std::string token = cached_token(value("sso_start_url"));
  if (token.empty()) {
    return not_signed_in(profile);
  }
  const std::string endpoint =
      variable("AWS_ENDPOINT_URL_SSO")
          .value_or(fmt::format("https://portal.sso.{}.amazonaws.com", value("sso_region")));
  const HttpRequest request{
      .url = fmt::format("{}/federation/credentials?account_id={}&role_name={}", endpoint,
                         percent_encoded(profiles.value(profile, "sso_account_id")),
                         percent_encoded(profiles.value(profile, "sso_role_name"))),
      .headers = {"x-amz-sso_bearer_token: " + token}};
  const HttpReply reply = fetch(request, {}, setup.http);
  if (!reply.fault.empty() || reply.status != 200) {
    return not_signed_in(profile);
  }
  return parse_role(reply.body, profile);
}

}  // namespace portolan::collect::aws
