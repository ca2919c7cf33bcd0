#pragma once

#include <cstdint>
#include <string>

/// SigV4 as AWS's documentation describes it, by OpenSSL: what holds the requests of libcurl's
/// signer against.
/// SOURCE: IAM User Guide, "Create a signed AWS API request"; S3 API Reference, "Authenticating
/// Requests: Using the Authorization Header".
namespace portolan::live {

struct KnownKey {
  std::string id;
  std::string secret;
  std::string token;  // of a session; may be empty
};

/// Where a request says that it is for.
struct Scope {
  std::string date;  // `20150830`
  std::string region;
  std::string service;
};
/// Empty texts if the request is not signed.
Scope scope_of(const std::string& raw);

/// The signature that the raw request (head and body) ought to have.
std::string signature_of(const std::string& raw, const std::string& secret);

/// What AWS would answer to the request: empty if its signature is right, else an error code.
/// `now_s` is the server's clock; 0 if it takes any date.
std::string refusal(const std::string& raw, const KnownKey& key, std::int64_t now_s);

}  // namespace portolan::live
