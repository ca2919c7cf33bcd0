#include "tests/live/signature.h"

#include <ctime>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "collect/aws/calls.h"
#include "collect/aws/http.h"
#include "collect/aws/request.h"
#include "collect/aws/s3.h"
#include "tests/support/fault_server.h"

// Signatures: AWS's published examples, then every request that Portolan can make.

namespace portolan::live {

namespace {

namespace aws = collect::aws;

constexpr const char* kSecret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

/// SOURCE: "Signature Version 4 test suite" of the AWS General Reference (aws-sig-v4-test-suite).
struct Vector {
  const char* name;
  const char* method;
  const char* target;  // as the suite sends it
  std::vector<std::string> headers;
  const char* body;
  const char* signed_headers;
  const char* signature;
  /// The same request as libcurl's signer can express it; null: not at all, as it neither cleans
  /// paths up nor joins headers that are there twice.
  const char* curl_target;
};

constexpr const char* kPlain = "host;x-amz-date";
constexpr const char* kHeader = "host;my-header1;x-amz-date";
const std::vector<Vector> kVectors = {
    {"get-vanilla",
     "GET",
     "/",
     {},
     "",
     kPlain,
     "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
     "/"},
    {"get-vanilla-query-order-key-case",
     "GET",
     "/?Param2=value2&Param1=value1",
     {},
     "",
     kPlain,
     "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500",
     "/?Param1=value1&Param2=value2"},
    {"get-vanilla-empty-query-key",
     "GET",
     "/?Param1=value1",
     {},
     "",
     kPlain,
     "a67d582fa61cc504c4bae71f336f98b97f1ea3c7a6bfe1b6e45aec72011b9aeb",
     "/?Param1=value1"},
    {"get-vanilla-utf8-query",
     "GET",
     "/?\xe1\x88\xb4=bar",
     {},
     "",
     kPlain,
     "2cdec8eed098649ff3a119c94853b13c643bcf08f8b0a1d91e12c9027818dd04",
     "/?%E1%88%B4=bar"},
    {"get-utf8",
     "GET",
     "/\xe1\x88\xb4",
     {},
     "",
     kPlain,
     "8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85",
     "/%E1%88%B4"},
    {"get-space",
     "GET",
     "/example space/",
     {},
     "",
     kPlain,
     "652487583200325589f1fba4c7e578f72c47cb61beeca81406b39ddec1366741",
     "/example%20space/"},
    {"get-unreserved",
     "GET",
     "/-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
     {},
     "",
     kPlain,
     "07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f",
     "/-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"},
    {"get-relative",
     "GET",
     "/example/..",
     {},
     "",
     kPlain,
     "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
     nullptr},
    {"get-slash",
     "GET",
     "//",
     {},
     "",
     kPlain,
     "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
     nullptr},
    {"get-header-key-duplicate",
     "GET",
     "/",
     {"My-Header1:value2", "My-Header1:value2", "My-Header1:value1"},
     "",
     kHeader,
     "c9d5ea9f3f72853aea855b47ea873832890dbdd183b4468f858259531a5138ea",
     nullptr},
    {"get-header-value-trim",
     "GET",
     "/",
     {"My-Header1: value1", "My-Header2: \"a   b   c\""},
     "",
     "host;my-header1;my-header2;x-amz-date",
     "acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736",
     nullptr},
    {"post-vanilla",
     "POST",
     "/",
     {},
     "",
     kPlain,
     "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b",
     "/"},
    {"post-vanilla-query",
     "POST",
     "/?Param1=value1",
     {},
     "",
     kPlain,
     "28038455d6de14eafc1f9222cf5aa6f1a96197d7deb8263271d420d138af7f11",
     "/?Param1=value1"},
    {"post-header-key-sort",
     "POST",
     "/",
     {"My-Header1:value1"},
     "",
     kHeader,
     "c5410059b04c1ee005303aed430f6e6645f61f4dc9e1461ec8f8916fdf18852c",
     "/"},
    {"post-header-value-case",
     "POST",
     "/",
     {"My-Header1:VALUE1"},
     "",
     kHeader,
     "cdbc9802e29d2942e5e10b5bccfdd67c5f22c7c4e8ae67b53629efa58b974b7d",
     "/"},
    {"post-x-www-form-urlencoded",
     "POST",
     "/",
     {"Content-Type:application/x-www-form-urlencoded"},
     "Param1=value1",
     "content-type;host;x-amz-date",
     "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a",
     "/"},
};

TEST(Vectors, of_aws_are_what_the_verifier_computes) {
  for (const Vector& vector : kVectors) {
    std::string raw = fmt::format(
        "{} {} HTTP/1.1\r\nHost:example.amazonaws.com\r\nX-Amz-Date:20150830T123600Z\r\n",
        vector.method, vector.target);
    for (const std::string& header : vector.headers) {
      raw += header + "\r\n";
    }
    raw += fmt::format(
        "Authorization: AWS4-HMAC-SHA256 "
        "Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders={}, "
        "Signature={}\r\n\r\n{}",
        vector.signed_headers, vector.signature, vector.body);
    EXPECT_EQ(signature_of(raw, kSecret), vector.signature) << vector.name;
    EXPECT_EQ(refusal(raw, {.id = "AKIDEXAMPLE", .secret = kSecret}, 0), "") << vector.name;
  }
}

TEST(Vectors, of_aws_are_what_our_client_signs) {
  std::string raw;
  const FaultServer server([&](const Asked& asked) -> Reply {
    raw = asked.raw;
    return {};
  });
  int expressed = 0;
  for (const Vector& vector : kVectors) {
    if (vector.curl_target == nullptr) {
      continue;
    }
    aws::HttpRequest request{.method = vector.method,
                             .url = server.url() + vector.curl_target,
                             .headers = vector.headers,
                             .body = vector.body,
                             .sign_service = "service",
                             .sign_region = "us-east-1",
                             .is_raw = true};
    request.headers.emplace_back("Host: example.amazonaws.com");
    request.headers.emplace_back("X-Amz-Date: 20150830T123600Z");
    aws::fetch(request, {.id = "AKIDEXAMPLE", .secret = kSecret}, {});
    EXPECT_THAT(raw, ::testing::HasSubstr(fmt::format("Signature={}\r\n", vector.signature)))
        << vector.name;
    ++expressed;
  }
  EXPECT_EQ(expressed, 12);
}

/// SOURCE: S3 API Reference, "Authenticating Requests: Using the Authorization Header", "GET Bucket
/// (List Objects)" of the examples.
TEST(Vectors, of_s3_are_what_our_client_signs) {
  std::string raw;
  const FaultServer server([&](const Asked& asked) -> Reply {
    raw = asked.raw;
    return {};
  });
  const aws::HttpRequest request{
      .url = server.url() + "/?max-keys=2&prefix=J",
      .headers = {"Host: examplebucket.s3.amazonaws.com", "x-amz-date: 20130524T000000Z",
                  "x-amz-content-sha256: "
                  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
      .sign_service = "s3",
      .sign_region = "us-east-1",
      .is_raw = true};
  aws::fetch(request,
             {.id = "AKIAIOSFODNN7EXAMPLE", .secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"},
             {});
  EXPECT_THAT(raw, ::testing::HasSubstr("Signature="
                                        "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef6"
                                        "9dc6f7"));
}

/// A server that holds each request against the key, and what it said.
struct Verifier {
  explicit Verifier(KnownKey known)
      : key(std::move(known)), server([this](const Asked& asked) -> Reply {
          said = refusal(asked.raw, key, std::time(nullptr));
          scope = scope_of(asked.raw);
          ++asked_for;
          return {.status = said.empty() ? 200 : 403};
        }) {}
  KnownKey key;
  std::string said;
  Scope scope;
  std::size_t asked_for = 0;
  FaultServer server;
};

/// Every request of the call table, S3's and STS's among them.
std::vector<std::pair<std::string, aws::HttpRequest>> all_requests(const std::string& url) {
  std::vector<std::pair<std::string, aws::HttpRequest>> all;
  const auto add = [&](const aws::Call& call, aws::Parameters more) {
    const bool in_path = call.path.find('{') != std::string_view::npos;
    const std::string id = in_path ? "name-1_x.y~z" : "arn:aws:x:r:1:app/a b+c/\xc3\xa9*='";
    for (const std::string_view page : {"", "a+b/c==&\xc3\xa9"}) {
      auto request = aws::build_request({.call = call,
                                         .endpoint = url,
                                         .region = "eu-west-1",
                                         .walked = {.id = id, .parent = id},
                                         .page = page,
                                         .more = more});
      ASSERT_TRUE(request) << aws::command_of(call) << request.error().message;
      all.emplace_back(aws::command_of(call), *std::move(request));
    }
  };
  for (const aws::Call& call : aws::all_calls()) {
    add(call, call.action == "LookupEvents" ? aws::Parameters{{"StartTime{}", "1795703510"}}
                                            : aws::Parameters{});
  }
  add(aws::assume_role_call(), {{"RoleArn", "arn:aws:iam::1:role/a+b"}, {"ExternalId", "a b/=&"}});
  const aws::BucketEndpoint bucket{.url = url + "/logs", .region = "eu-west-1", .bucket = "logs"};
  all.emplace_back("s3 list", aws::list_request(bucket, "a b/+\xc3\xa9", "/x//y%20z=&", 1000));
  for (const std::string key : {"a b", "a+b%20c", "/lead//x", "a/../b/./c", "\xc3\xa9",
                                "!'()*#?&=", "~tilde", "$,;:@[]\\\"<>^`{|}"}) {
    all.emplace_back("s3 get " + key, aws::get_request(bucket, key, 1000));
  }
  return all;
}

TEST(Signatures, of_every_request_are_accepted) {
  for (const char* token : {"", "a+token/of=a session"}) {
    Verifier verifier({.id = "AKIDEXAMPLE", .secret = "a-very-secret-key", .token = token});
    for (const auto& [name, request] : all_requests(verifier.server.url())) {
      const auto reply = aws::fetch(
          request, {.id = "AKIDEXAMPLE", .secret = "a-very-secret-key", .token = token}, {});
      EXPECT_EQ(reply.status, 200) << name << ": " << verifier.said << reply.fault;
      EXPECT_EQ(verifier.scope.service, request.sign_service) << name;
    }
    EXPECT_GT(verifier.asked_for, 2 * aws::all_calls().size());
  }
}

TEST(Signatures, by_another_key_are_refused) {
  Verifier verifier({.id = "AKIDEXAMPLE", .secret = "a-very-secret-key"});
  for (const auto& [name, request] : all_requests(verifier.server.url())) {
    aws::fetch(request, {.id = "AKIDEXAMPLE", .secret = "another-key"}, {});
    EXPECT_EQ(verifier.said, "SignatureDoesNotMatch") << name;
  }
  aws::fetch(all_requests(verifier.server.url()).front().second,
             {.id = "AKIDANOTHER", .secret = "a-very-secret-key"}, {});
  EXPECT_EQ(verifier.said, "InvalidAccessKeyId");
}

}  // namespace

}  // namespace portolan::live
