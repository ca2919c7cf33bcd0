#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/json.hpp>

#include "core/result.h"
#include "server/body.h"

/// Private to the module: requests and answers, whatever carries them.
namespace portolan::server {

enum class Method : std::uint8_t { Get, Head, Post, Other };

/// A request, as far as an answer can depend on it. All of it is the client's word.
struct Request {
  Method method = Method::Other;
  std::string target;                 // path and query as sent
  std::string host;                   // empty: none, or more than one
  std::optional<std::string> origin;  // absent: no such header
  std::string fetch_site;             // Sec-Fetch-Site
  std::string authorization;
  std::string content_type;
  std::string accept;
  std::string accept_encoding;
  std::string if_none_match;
  std::string last_event_id;
  std::string body;
};

struct Reply {
  int status = 200;
  std::string type = "application/json";
  Body body = {};
  std::vector<std::pair<std::string, std::string>> headers = {};  // beside those of all answers
  bool is_api = true;
  /// The body follows without end: what the feed publishes after that event.
  std::optional<std::uint64_t> events_after = {};
};

/// JSON with a line end, as the command line prints it.
Reply json_reply(const boost::json::value& value);
Reply text_reply(std::string text, std::string type = "application/json");
/// `{"error": {"code", "message"}}`.
Reply error_reply(int status, std::string_view code, std::string_view message);
/// The status that an error of the modules below has.
Reply error_reply(const Error& error);

/// `200 OK`, `404 Not Found` …
std::string_view reason_of(int status);

/// The head of the answer, with all headers that every answer has.
std::string head_of(const Reply& reply, bool keeps_alive);

}  // namespace portolan::server
