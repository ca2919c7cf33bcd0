#include "collect/aws/credentials.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <pty.h>
#include <string>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "collect/aws/profile.h"
#include "tests/support/fault_server.h"
#include "tests/support/process.h"

// Every place where the AWS CLI finds credentials, played on loopback.

namespace portolan::live {

namespace {

namespace aws = collect::aws;
namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kKeys =
    R"({"AccessKeyId":"AKIDFOUND","SecretAccessKey":"found-secret","Token":"found-token",)"
    R"("Expiration":"2036-01-01T00:00:00Z"})";

std::string sts_answer(const std::string& action, const std::string& id) {
  return fmt::format(
      "<{0}Response><{0}Result><Credentials><AccessKeyId>{1}</AccessKeyId><SecretAccessKey>s"
      "</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2036-01-01T00:00:00Z"
      "</Expiration></Credentials></{0}Result></{0}Response>",
      action, id);
}

/// A home folder and an environment in which nothing is found but what a test puts there.
class Credentials : public ::testing::Test {
 protected:
  Credentials() : server_([this](const Asked& asked) { return answer(asked); }) {
    std::string folder = (fs::temp_directory_path() / "portolan-home-XXXXXX").string();
    home_ = ::mkdtemp(folder.data());
    for (const char* name : {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN",
                             "AWS_PROFILE", "AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"}) {
      ::unsetenv(name);
    }
    set("HOME", home_);
    set("AWS_EC2_METADATA_DISABLED", "true");
    set("AWS_ENDPOINT_URL", server_.url());
    set("AWS_REGION", "eu-west-1");
  }
  ~Credentials() override {
    for (const std::string& name : set_) {
      ::unsetenv(name.c_str());
    }
    fs::remove_all(home_);
  }

  void set(const std::string& name, const std::string& value) {
    ::setenv(name.c_str(), value.c_str(), 1);
    set_.push_back(name);
  }
  void write(const std::string& path, const std::string& text) const {
    fs::create_directories(fs::path(home_ + "/" + path).parent_path());
    std::ofstream(home_ + "/" + path) << text;
  }
  /// What the server says to a request that begins so: `GET /path`.
  void serve(const std::string& begin, Reply reply) { replies_[begin] = std::move(reply); }

  /// The id of the keys that are found, or the error.
  static std::string found(const std::string& profile = "") {
    const auto setup = aws::read_setup(profile);
    if (!setup) {
      return setup.error().code;
    }
    const auto credentials = aws::find_credentials(*setup);
    return credentials ? credentials->keys.id + " " + credentials->keys.token
                       : credentials.error().code + ": " + credentials.error().message;
  }

  std::string home_;
  std::string raw_;  // all that was asked
  int busy_ = 0;     // so often the server answers as it was told, and then otherwise
  Reply busy_then_;

 private:
  Reply answer(const Asked& asked) {
    raw_ += asked.raw + "\n";
    if (asked.action == "GetCallerIdentity") {
      return {.status = 403};  // what is found ends there
    }
    for (const auto& [begin, reply] : replies_) {
      if (asked.raw.starts_with(begin)) {
        return busy_then_.body.empty() || busy_-- > 0 ? reply : busy_then_;
      }
    }
    return {.status = 404};
  }

  std::map<std::string, Reply, std::greater<>> replies_;  // the longest beginning first
  std::vector<std::string> set_;

 protected:
  FaultServer server_;
};

TEST_F(Credentials, that_are_nowhere_are_an_error) {
  EXPECT_THAT(found(), HasSubstr("no_credentials: there are no credentials"));
  EXPECT_EQ(found("missing"), "bad_profile");
}

TEST_F(Credentials, of_the_environment_come_first_unless_a_profile_is_named) {
  write(".aws/credentials",
        "[default]\naws_access_key_id = AKIDFILE\naws_secret_access_key = s\n"
        "[named]\naws_access_key_id = AKIDNAMED\naws_secret_access_key = s\n");
  EXPECT_EQ(found(), "AKIDFILE ");
  set("AWS_ACCESS_KEY_ID", "AKIDENV");
  set("AWS_SECRET_ACCESS_KEY", "s");
  set("AWS_SESSION_TOKEN", "t");
  EXPECT_EQ(found(), "AKIDENV t");
  EXPECT_EQ(found("named"), "AKIDNAMED ");
}

TEST_F(Credentials, of_an_instance_need_the_token_of_imdsv2) {
  set("AWS_EC2_METADATA_DISABLED", "false");
  set("AWS_EC2_METADATA_SERVICE_ENDPOINT", server_.url());
  const std::string roles = "GET /latest/meta-data/iam/security-credentials/ ";
  serve("PUT /latest/api/token", {.body = "imds-token"});
  serve(roles, {.body = "web-role\n"});
  serve("GET /latest/meta-data/iam/security-credentials/web-role", {.body = kKeys});
  EXPECT_EQ(found(), "AKIDFOUND found-token");
  EXPECT_THAT(raw_, HasSubstr("X-aws-ec2-metadata-token-ttl-seconds: 21600"));
  EXPECT_THAT(raw_, HasSubstr("web-role HTTP/1.1"));
  EXPECT_THAT(raw_, HasSubstr("X-aws-ec2-metadata-token: imds-token"));
  serve("PUT /latest/api/token", {.status = 403});
  EXPECT_THAT(found(), HasSubstr("no_credentials"));
}

TEST_F(Credentials, of_a_container_are_asked_for_with_its_token) {
  set("AWS_CONTAINER_CREDENTIALS_FULL_URI", server_.url() + "/role");
  write("token", "the-word\n");
  set("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", home_ + "/token");
  serve("GET /role", {.body = kKeys});
  EXPECT_EQ(found(), "AKIDFOUND found-token");
  EXPECT_THAT(raw_, HasSubstr("Authorization: the-word\r\n"));
  // The word goes to nobody else.
  raw_.clear();
  set("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://credentials.example.com/role");
  EXPECT_THAT(found(), HasSubstr("no_credentials"));
  EXPECT_EQ(raw_, "");
}

TEST_F(Credentials, of_a_container_are_found_though_a_profile_names_a_region) {
  set("AWS_CONTAINER_CREDENTIALS_FULL_URI", server_.url() + "/role");
  serve("GET /role", {.body = kKeys});
  write(".aws/config", "[default]\nregion = eu-west-1\n[profile bare]\nregion = eu-west-1\n");
  EXPECT_EQ(found(), "AKIDFOUND found-token");
  // Who names a profile does not want the keys of the machine.
  EXPECT_THAT(found("bare"), HasSubstr("no_credentials: profile `bare` has no credentials"));
  write(".aws/config", "[default]\nregion = eu-west-1\ncredential_process = false\n");
  EXPECT_THAT(found(), HasSubstr("no_credentials"));
}

TEST_F(Credentials, of_a_role_are_asked_for_again_where_sts_is_busy) {
  write(".aws/credentials", "[base]\naws_access_key_id = AKIDBASE\naws_secret_access_key = s\n");
  write(".aws/config", "[profile r]\nrole_arn = arn:aws:iam::1:role/r\nsource_profile = base\n");
  serve("POST /", {.status = 400,
                   .body = "<ErrorResponse><Error><Code>Throttling</Code></Error>"
                           "</ErrorResponse>"});
  busy_ = 2;
  busy_then_ = {.body = sts_answer("AssumeRole", "AKIDROLE")};
  EXPECT_EQ(found("r"), "AKIDROLE t");
}

TEST_F(Credentials, are_hidden_where_sts_repeats_them) {
  write("token", "web.identity.token-of-a-pod");
  set("AWS_WEB_IDENTITY_TOKEN_FILE", home_ + "/token");
  set("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/pod");
  serve("POST /", {.status = 400,
                   .body = "<ErrorResponse><Error><Code>InvalidIdentityToken</Code><Message>no: "
                           "web.identity.token-of-a-pod</Message></Error></ErrorResponse>"});
  EXPECT_THAT(found(), HasSubstr("InvalidIdentityToken no: (hidden)"));
}

TEST_F(Credentials, of_a_web_identity_are_asked_for_without_a_signature) {
  write("token", "web.identity.token");
  set("AWS_WEB_IDENTITY_TOKEN_FILE", home_ + "/token");
  set("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/pod");
  serve("POST /", {.body = sts_answer("AssumeRoleWithWebIdentity", "AKIDWEB")});
  EXPECT_EQ(found(), "AKIDWEB t");
  EXPECT_THAT(raw_, HasSubstr("WebIdentityToken=web.identity.token"));
  EXPECT_THAT(raw_, HasSubstr("RoleArn=arn%3Aaws%3Aiam%3A%3A123456789012%3Arole%2Fpod"));
  EXPECT_THAT(raw_, Not(HasSubstr("Authorization:")));
  fs::remove(home_ + "/token");
  EXPECT_THAT(found(), HasSubstr("the web identity token"));
}

TEST_F(Credentials, of_a_process_are_what_it_prints) {
  write("keys.json", R"({"Version":1,"AccessKeyId":"AKIDPROC","SecretAccessKey":"s"})");
  write(".aws/config", fmt::format("[profile good]\ncredential_process = cat {0}/keys.json\n"
                                   "[profile bad]\ncredential_process = false\n"
                                   "[profile odd]\ncredential_process = echo secret-words\n",
                                   home_));
  EXPECT_EQ(found("good"), "AKIDPROC ");
  EXPECT_THAT(found("bad"), HasSubstr("no_credentials: the profile's `credential_process` failed"));
  EXPECT_THAT(found("odd"), HasSubstr("bad_credentials"));
  EXPECT_THAT(found("odd"), Not(HasSubstr("secret-words")));
}

TEST_F(Credentials, of_a_sign_in_are_those_of_its_role) {
  write(".aws/config",
        "[sso-session corp]\nsso_start_url = https://corp.awsapps.com/start\nsso_region = "
        "eu-west-1\n[profile sso]\nsso_session = corp\nsso_account_id = 123456789012\n"
        "sso_role_name = Read Only\n");
  set("AWS_ENDPOINT_URL_SSO", server_.url());
  serve("GET /federation/credentials?account_id=123456789012&role_name=Read%20Only",
        {.body = R"({"roleCredentials":{"accessKeyId":"AKIDSSO","secretAccessKey":"s",)"
                 R"("sessionToken":"t","expiration":2082758400000}})"});
  EXPECT_THAT(found("sso"), HasSubstr("not_signed_in"));
  write(".aws/sso/cache/old.json",
        R"({"startUrl":"https://corp.awsapps.com/start","accessToken":"old-token",)"
        R"("expiresAt":"2020-01-01T00:00:00Z"})");
  EXPECT_THAT(found("sso"), HasSubstr("run `aws sso login --profile sso`"));
  EXPECT_EQ(raw_, "");
  write(".aws/sso/cache/new.json",
        R"({"startUrl":"https://corp.awsapps.com/start","accessToken":"new-token",)"
        R"("expiresAt":"2036-01-01T00:00:00Z"})");
  EXPECT_EQ(found("sso"), "AKIDSSO t");
  EXPECT_THAT(raw_, HasSubstr("x-amz-sso_bearer_token: new-token"));
}

TEST_F(Credentials, of_a_chain_of_roles_are_assumed_one_after_the_other) {
  write(".aws/credentials", "[base]\naws_access_key_id = AKIDBASE\naws_secret_access_key = s\n");
  write(".aws/config",
        "[profile middle]\nrole_arn = arn:aws:iam::1:role/middle\nsource_profile = base\n"
        "[profile last]\nrole_arn = arn:aws:iam::2:role/last\nsource_profile = middle\n"
        "external_id = the word\nduration_seconds = 1200\nrole_session_name = me\n"
        "[profile ring]\nrole_arn = arn:aws:iam::3:role/ring\nsource_profile = ring2\n"
        "[profile ring2]\nrole_arn = arn:aws:iam::3:role/ring\nsource_profile = ring\n");
  serve("POST /", {.body = sts_answer("AssumeRole", "AKIDROLE")});
  EXPECT_EQ(found("last"), "AKIDROLE t");
  EXPECT_THAT(raw_, HasSubstr("Credential=AKIDBASE/"));
  EXPECT_THAT(raw_, HasSubstr("Credential=AKIDROLE/"));
  EXPECT_THAT(raw_, HasSubstr("ExternalId=the%20word"));
  EXPECT_THAT(raw_, HasSubstr("DurationSeconds=1200"));
  EXPECT_THAT(raw_, HasSubstr("RoleSessionName=me"));
  EXPECT_THAT(found("ring"), HasSubstr("no_credentials"));
  serve("POST /", {.status = 403,
                   .body = "<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message>"
                           "</Error></ErrorResponse>"});
  EXPECT_THAT(found("last"),
              HasSubstr("role_not_assumed: the role cannot be assumed: AccessDenied"));
}

/// Portolan on a terminal of its own: what it shows there, after `typed` was typed.
std::string on_terminal(const std::vector<std::string>& words, const std::string& typed) {
  int terminal = -1;
  const pid_t child = ::forkpty(&terminal, nullptr, nullptr, nullptr);
  if (child == 0) {
    std::vector<char*> arguments;
    for (const std::string& word : words) {
      arguments.push_back(const_cast<char*>(word.c_str()));
    }
    arguments.push_back(nullptr);
    ::execv(arguments.front(), arguments.data());
    ::_exit(127);
  }
  std::string shown;
  char buffer[1024];
  bool was_typed = false;
  for (ssize_t got = 0; (got = ::read(terminal, buffer, sizeof(buffer))) > 0;) {
    shown.append(buffer, static_cast<std::size_t>(got));
    if (!was_typed && shown.find("MFA device") != std::string::npos) {
      was_typed = ::write(terminal, typed.data(), typed.size()) > 0;
    }
  }
  ::waitpid(child, nullptr, 0);
  ::close(terminal);
  return shown;
}

TEST_F(Credentials, with_a_code_of_an_mfa_device_are_asked_for_on_the_terminal_alone) {
  write(".aws/credentials", "[base]\naws_access_key_id = AKIDBASE\naws_secret_access_key = s\n");
  write(".aws/config",
        "[profile guarded]\nrole_arn = arn:aws:iam::1:role/r\nsource_profile = base\nmfa_serial = "
        "arn:aws:iam::1:mfa/ann\n");
  serve("POST /", {.body = sts_answer("AssumeRole", "AKIDROLE")});
  const std::vector<std::string> words = {PORTOLAN_BINARY, "audit", "aws:guarded"};

  const std::string shown = on_terminal(words, "123456\n");
  EXPECT_THAT(shown, HasSubstr("Code of the MFA device arn:aws:iam::1:mfa/ann: "));
  EXPECT_THAT(shown, Not(HasSubstr("123456")));
  EXPECT_THAT(raw_, HasSubstr("TokenCode=123456"));
  EXPECT_THAT(raw_, HasSubstr("SerialNumber=arn%3Aaws%3Aiam%3A%3A1%3Amfa%2Fann"));
  EXPECT_THAT(on_terminal(words, "none\n"), HasSubstr("what was typed is no code"));

  auto environment = test::plain_environment();
  for (const char* name : {"HOME", "AWS_ENDPOINT_URL", "AWS_REGION", "AWS_EC2_METADATA_DISABLED"}) {
    environment[name] = std::getenv(name);
  }
  const auto outcome =
      test::run({.arguments = {"setsid", "-w", PORTOLAN_BINARY, "audit", "aws:guarded"},
                 .environment = environment});
  EXPECT_EQ(outcome.code, 2);
  EXPECT_THAT(outcome.errors, HasSubstr("there is no terminal to ask for it"));
}

}  // namespace

}  // namespace portolan::live
