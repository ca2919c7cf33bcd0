#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "collect/aws/calls.h"
#include "core/result.h"

/// Private to the module: the only place where a request to AWS is put together.
namespace portolan::collect::aws {

using Parameters = std::vector<std::pair<std::string, std::string>>;

struct HttpRequest {
  std::string method = "GET";
  std::string url;
  std::vector<std::string> headers;  // `Name: value`
  std::string body;
  std::string sign_service;  // empty: not signed
  std::string sign_region;
  bool is_raw = false;  // the path and the body's encoding are left exactly as they are
  std::size_t body_max = std::size_t{256} << 20;  // of the reply: no answer of AWS comes near it
};

/// The resource that an `Each` walks.
struct Walked {
  std::string id;
  std::string parent;  // in which it was listed; may be empty
  friend auto operator<=>(const Walked&, const Walked&) = default;
};

/// What is asked beside the call's own parameters.
struct Ask {
  const Call& call;
  std::string_view endpoint;  // `https://ec2.eu-west-1.amazonaws.com`, without a slash at its end
  std::string_view region;    // for the signature
  Walked walked = {};
  std::string_view page = {};  // token of the page; empty: the first one
  Parameters more = {};
};

/// Error `not_in_table` for a call that the table does not have: nothing else can be sent. Error
/// `unusable_name` for an id that cannot stand in a path.
Result<HttpRequest> build_request(const Ask& ask);

}  // namespace portolan::collect::aws
