#include "collect/aws/metadata.h"

#include <fmt/format.h>

#include "collect/aws/credentials.h"
#include "collect/aws/percent.h"
#include "core/text.h"

namespace portolan::collect::aws {

namespace {

/// Who is not in AWS should not wait long to be told so.
HttpOptions near_options() {
  return {.connect_timeout_ms = 1000, .silence_max_s = 2, .transfer_max_s = 5, .is_direct = true};
}

Result<std::string> get(HttpRequest request, std::string_view what) {
  const HttpReply reply = fetch(request, {}, near_options());
  if (!reply.fault.empty() || reply.status != 200) {
    return fail("no_credentials", fmt::format("the {} gives no credentials", what));
  }
  return reply.body;
}

/// Tokens and keys go over plain HTTP to the addresses of AWS's agents and of this machine alone.
/// SOURCE: AWS SDKs and Tools Reference Guide, "Container credential provider".
bool is_near(std::string_view url) {
  for (const std::string_view start :
       {"https://", "http://169.254.170.2", "http://169.254.170.23", "http://127.0.0.1",
        "http://localhost", "http://[::1]", "http://[fd00:ec2::23]"}) {
    const std::string_view rest = url.substr(std::min(start.size(), url.size()));
    const bool ends_host =
        start.ends_with("//") || rest.empty() || rest.front() == '/' || rest.front() == ':';
    if (url.starts_with(start) && ends_host) {
      return true;
    }
  }
  return false;
}

}  // namespace

Result<Credentials> from_container() {
  HttpRequest request;
  if (const auto path = variable("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI")) {
    request.url = "http://169.254.170.2" + *path;
  } else if (const auto url = variable("AWS_CONTAINER_CREDENTIALS_FULL_URI")) {
    request.url = *url;
  }
  if (request.url.empty() || !is_near(request.url)) {
    return fail("no_credentials", "there is no container that gives credentials");
  }
  auto token = variable("AWS_CONTAINER_AUTHORIZATION_TOKEN");
  if (const auto file = variable("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE")) {
    token = std::string(trimmed(TRY(read_small_file(*file))));
  }
  if (token) {
    request.headers.push_back("Authorization: " + *token);
  }
  return parse_credentials(TRY(get(std::move(request), "container")));
}

Result<Credentials> from_instance() {
  if (variable("AWS_EC2_METADATA_DISABLED") == "true") {
    return fail("no_credentials", "instance metadata is switched off");
  }
  const std::string base =
      variable("AWS_EC2_METADATA_SERVICE_ENDPOINT").value_or("http://169.254.169.254");
  const std::string token = TRY(get({.method = "PUT",
                                     .url = base + "/latest/api/token",
                                     .headers = {"X-aws-ec2-metadata-token-ttl-seconds: 21600"}},
                                    "instance"));
  const std::string header = "X-aws-ec2-metadata-token: " + token;
  const std::string path = base + "/latest/meta-data/iam/security-credentials/";
  const std::string roles = TRY(get({.url = path, .headers = {header}}, "instance"));
  const std::string role(trimmed(std::string_view(roles).substr(0, roles.find('\n'))));
  return parse_credentials(
      TRY(get({.url = path + percent_encoded(role), .headers = {header}}, "instance")));
}

}  // namespace portolan::collect::aws
