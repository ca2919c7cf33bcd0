#include "collect/aws/credentials.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <random>
#include <thread>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "collect/aws/answer_json.h"
#include "collect/aws/client.h"
#include "collect/aws/clock.h"
#include "collect/aws/metadata.h"
#include "collect/aws/mfa.h"
#include "collect/aws/secrets.h"
#include "collect/aws/sso.h"
#include "core/text.h"

namespace portolan::collect::aws {

namespace {

namespace json = boost::json;

/// Profiles that lead to each other are followed this far.
constexpr int kChainMax = 8;
constexpr std::size_t kProcessBytesMax = std::size_t{1} << 16;
/// While keys are waited for nothing else goes on.
constexpr double kStsMax_s = 30;
constexpr int kStsTriesMax = 5;

std::string member(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string{};
}

/// Why STS gives no keys, in words without any of the secrets that it was sent.
std::string refusal(const HttpReply& reply, const ServiceError& error, const Keys& keys,
                    const Parameters& parameters) {
  std::vector<std::string> secrets = {keys.secret, keys.token};
  for (const auto& [name, value] : parameters) {
    if (name == "WebIdentityToken") {
      secrets.push_back(value);
    }
  }
  const std::string skew = clock_skew(reply);
  return fmt::format(
      "the role cannot be assumed: {}{}{}",
      printable(reply.fault.empty() ? without_secrets(error.code + " " + error.message, secrets)
                                    : reply.fault),
      skew.empty() ? "" : "; ", skew);
}

/// Waits, but not for what nobody wants any more. False if it was stopped.
bool pause(const HttpOptions& options, double length_s) {
  const double until_s = HttpClient::now() + length_s;
  while (HttpClient::now() < until_s && !options.is_stopped()) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  return !options.is_stopped();
}

/// Asks STS for the keys of a role.
Result<Credentials> ask_sts(const Setup& setup, const Call& call, const Keys& keys,
                            const Parameters& parameters) {
  HttpRequest request = TRY(build_request({.call = call,
                                           .endpoint = endpoint_for(setup, "sts", setup.region),
                                           .region = setup.region,
                                           .more = parameters}));
  if (keys.id.empty()) {
    request.sign_service.clear();
  }
  HttpOptions options = setup.http;
  options.transfer_max_s = std::min(options.transfer_max_s, kStsMax_s);
  std::mt19937_64 random{std::random_device{}()};
  for (int attempt = 1;; ++attempt) {
    const HttpReply reply = fetch(request, keys, options);
    const ServiceError error = reply.status / 100 == 2 ? ServiceError{} : error_of(reply.body);
    const Verdict verdict = judge(reply, error.code);
    if (verdict == Verdict::Good) {
      return role_credentials(TRY(answer_json(call, reply.body)));
    }
    const double chance = std::uniform_real_distribution<double>(0, 1)(random);
    const bool may_again = verdict == Verdict::Throttled || verdict == Verdict::Again;
    if (!may_again || attempt >= std::min(kStsTriesMax, options.tries_max) ||
        !pause(options, backoff_s(attempt, chance))) {
      return fail("role_not_assumed", refusal(reply, error, keys, parameters));
    }
  }
}

Result<Credentials> from_web_identity(const Setup& setup, const std::string& file, Role role) {
  const auto token = read_small_file(file);
  if (!token) {
    return fail("no_credentials", fmt::format("the web identity token `{}` cannot be read", file));
  }
  return ask_sts(setup, web_identity_call(), {},
                 {{"RoleArn", std::move(role.arn)},
                  {"RoleSessionName", std::move(role.session_name)},
                  {"WebIdentityToken", std::string(trimmed(*token))}});
}

/// Runs the user's own program, as the AWS CLI does.
Result<Credentials> from_process(const std::string& command) {
  FILE* pipe = ::popen(command.c_str(), "re");
  if (pipe == nullptr) {
    return fail("no_credentials", "the profile's `credential_process` cannot be started");
  }
  std::string output;
  std::array<char, 4096> buffer{};
  while (const std::size_t got = std::fread(buffer.data(), 1, buffer.size(), pipe)) {
    output.append(buffer.data(), got);
    if (output.size() > kProcessBytesMax) {
      break;
    }
  }
  if (::pclose(pipe) != 0) {
    return fail("no_credentials", "the profile's `credential_process` failed");
  }
  return parse_credentials(output);
}

std::optional<Credentials> from_environment() {
  const auto id = variable("AWS_ACCESS_KEY_ID");
  const auto secret = variable("AWS_SECRET_ACCESS_KEY");
  if (!id || !secret) {
    return std::nullopt;
  }
  return Credentials{
      .keys = {.id = *id, .secret = *secret, .token = variable("AWS_SESSION_TOKEN").value_or("")}};
}

Result<Credentials> from_profile(const Setup& setup, const std::string& profile, int depth);

Result<Credentials> from_source_named(const std::string& source) {
  if (source == "Environment") {
    if (auto found = from_environment()) {
      return *std::move(found);
    }
    return fail("no_credentials", "the profile wants keys of the environment, which has none");
  }
  return source == "EcsContainer" ? from_container() : from_instance();
}

Result<Credentials> from_role(const Setup& setup, const std::string& profile, int depth) {
  const auto value = [&](const char* key) { return setup.profiles.value(profile, key); };
  Role role{.arn = value("role_arn"),
            .external_id = value("external_id"),
            .duration_s = value("duration_seconds"),
            .mfa_serial = value("mfa_serial")};
  if (!value("role_session_name").empty()) {
    role.session_name = value("role_session_name");
  }
  if (!value("web_identity_token_file").empty()) {
    return from_web_identity(setup, value("web_identity_token_file"), std::move(role));
  }
  const std::string source = value("source_profile");
  const Credentials first = source == profile ? TRY(from_profile(setup, source, kChainMax))
                            : source.empty()  ? TRY(from_source_named(value("credential_source")))
                                              : TRY(from_profile(setup, source, depth + 1));
  return assume_role(setup, first.keys, role);
}

/// `depth` is how many profiles led here; at the end of a chain only keys count.
Result<Credentials> from_profile(const Setup& setup, const std::string& profile, int depth) {
  const auto value = [&](const char* key) { return setup.profiles.value(profile, key); };
  if (depth < kChainMax && !value("role_arn").empty()) {
    return from_role(setup, profile, depth);
  }
  if (!value("sso_account_id").empty()) {
    return from_sso(setup, profile);
  }
  if (!value("aws_access_key_id").empty()) {
    return Credentials{.keys = {.id = value("aws_access_key_id"),
                                .secret = value("aws_secret_access_key"),
                                .token = value("aws_session_token")}};
  }
  if (!value("credential_process").empty()) {
    return from_process(value("credential_process"));
  }
  return fail("no_credentials", fmt::format("profile `{}` has no credentials", printable(profile)));
}

/// Many profiles name a region and no more.
bool has_source(const Setup& setup) {
  static constexpr std::array<const char*, 5> kSources = {
      "role_arn", "sso_account_id", "sso_session", "aws_access_key_id", "credential_process"};
  return std::any_of(kSources.begin(), kSources.end(), [&](const char* key) {
    return !setup.profiles.value(setup.profile, key).empty();
  });
}

}  // namespace

Result<Credentials> parse_credentials(std::string_view text) {
  json::error_code error;
  const json::value value = json::parse(text, error);
  if (error || !value.is_object()) {
    return fail("bad_credentials", "what should be credentials is no JSON object");
  }
  const json::object& object = value.get_object();
  Credentials credentials{.keys = {.id = member(object, "AccessKeyId"),
                                   .secret = member(object, "SecretAccessKey"),
                                   .token = member(object, "SessionToken")}};
  if (credentials.keys.token.empty()) {
    credentials.keys.token = member(object, "Token");
  }
  if (const auto expires = Time::parse(member(object, "Expiration"))) {
    credentials.expires = *expires;
  }
  if (credentials.keys.id.empty() || credentials.keys.secret.empty()) {
    return fail("bad_credentials", "what should be credentials lacks a key");
  }
  return credentials;
}

Result<Parameters> role_parameters(const Role& role) {
  Parameters parameters{{"RoleArn", role.arn}, {"RoleSessionName", role.session_name}};
  if (!role.external_id.empty()) {
    parameters.emplace_back("ExternalId", role.external_id);
  }
  if (!role.duration_s.empty()) {
    parameters.emplace_back("DurationSeconds", role.duration_s);
  }
  if (!role.mfa_serial.empty()) {
    std::string code = TRY(ask_mfa_code(role.mfa_serial));
    parameters.emplace_back("SerialNumber", role.mfa_serial);
    parameters.emplace_back("TokenCode", std::move(code));
  }
  return parameters;
}

Result<Credentials> role_credentials(const json::object& answer) {
  const json::value* credentials = answer.if_contains("Credentials");
  if (credentials == nullptr) {
    return fail("bad_credentials", "the role cannot be assumed: the answer has no credentials");
  }
  return parse_credentials(json::serialize(*credentials));
}

Result<Credentials> assume_role(const Setup& setup, const Keys& keys, const Role& role) {
  return ask_sts(setup, assume_role_call(), keys, TRY(role_parameters(role)));
}

Result<Credentials> find_credentials(const Setup& setup) {
  if (!setup.is_explicit) {
    if (auto found = from_environment()) {
      return *std::move(found);
    }
    if (const auto file = variable("AWS_WEB_IDENTITY_TOKEN_FILE")) {
      return from_web_identity(
          setup, *file,
          {.arn = variable("AWS_ROLE_ARN").value_or(""),
           .session_name = variable("AWS_ROLE_SESSION_NAME").value_or("portolan")});
    }
  }
  if (setup.is_explicit || has_source(setup)) {
    return from_profile(setup, setup.profile, 0);
  }
  if (auto container = from_container()) {
    return container;
  }
  if (auto instance = from_instance()) {
    return instance;
  }
  return fail("no_credentials",
              "there are no credentials: neither in the environment nor in a profile, and neither "
              "a container nor an instance gives any");
}

}  // namespace portolan::collect::aws
