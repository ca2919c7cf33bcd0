#include "server/message.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "core/text.h"

namespace portolan::server {
namespace {

struct Status {
  int code;
  std::string_view reason;
};

constexpr std::array kStatuses = {
    Status{200, "OK"},
    Status{304, "Not Modified"},
    Status{400, "Bad Request"},
    Status{401, "Unauthorized"},
    Status{403, "Forbidden"},
    Status{404, "Not Found"},
    Status{405, "Method Not Allowed"},
    Status{408, "Request Timeout"},
    Status{413, "Content Too Large"},
    Status{415, "Unsupported Media Type"},
    Status{421, "Misdirected Request"},
    Status{429, "Too Many Requests"},
    Status{431, "Request Header Fields Too Large"},
    Status{503, "Service Unavailable"},
};

/// What a page of ours may do: load and ask this server, and nothing else. Scripts cannot write
/// markup, for no policy of trusted types may be made.
constexpr std::string_view kContentPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self' blob: data:; font-src 'self'; worker-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; "
    "trusted-types 'none'";

constexpr std::string_view kPermissions =
    "accelerometer=(), autoplay=(), camera=(), display-capture=(), encrypted-media=(), "
    "geolocation=(), gyroscope=(), hid=(), magnetometer=(), microphone=(), midi=(), payment=(), "
    "picture-in-picture=(), publickey-credentials-get=(), screen-wake-lock=(), serial=(), usb=(), "
    "xr-spatial-tracking=()";

/// What the modules below call it when a thing that was named is not there.
constexpr std::array<std::string_view, 9> kAbsent = {
    "unknown_name",  "unknown_key",      "no_such_resource", "no_such_group", "no_such_address",
    "unknown_check", "no_such_snapshot", "no_history",       "no_past"};

}  // namespace

Reply json_reply(const boost::json::value& value) {
  return text_reply(boost::json::serialize(value) + "\n");
}

Reply text_reply(std::string text, std::string type) {
  return {.type = std::move(type), .body = Body(std::move(text))};
}

Reply error_reply(int status, std::string_view code, std::string_view message) {
  Reply reply = json_reply(
      boost::json::object{{"error", {{"code", printable(code)}, {"message", printable(message)}}}});
  reply.status = status;
  return reply;
}

Reply error_reply(const Error& error) {
  const bool is_absent = std::find(kAbsent.begin(), kAbsent.end(), error.code) != kAbsent.end();
  return error_reply(is_absent ? 404 : 400, error.code, error.message);
}

std::string_view reason_of(int status) {
  for (const Status& each : kStatuses) {
    if (each.code == status) {
      return each.reason;
    }
  }
  return "Unknown";
}

std::string head_of(const Reply& reply, bool keeps_alive) {
  std::string head = fmt::format("HTTP/1.1 {} {}\r\n", reply.status, reason_of(reply.status));
  const auto add = [&](std::string_view name, std::string_view value) {
    head += fmt::format("{}: {}\r\n", name, value);
  };
  if (reply.status != 304) {
    add("Content-Type", reply.type);
  }
  if (!reply.events_after && reply.status != 304) {
    add("Content-Length", std::to_string(reply.body.bytes().size()));
  }
  for (const auto& [name, value] : reply.headers) {
    add(name, value);
  }
  add("Cache-Control", reply.is_api ? "no-store" : "no-cache");
  add("Connection", keeps_alive ? "keep-alive" : "close");
  add("Content-Security-Policy", kContentPolicy);
  add("Cross-Origin-Opener-Policy", "same-origin");
  add("Cross-Origin-Resource-Policy", "same-origin");
  add("Permissions-Policy", kPermissions);
  add("Referrer-Policy", "no-referrer");
  add("X-Content-Type-Options", "nosniff");
  add("X-Frame-Options", "DENY");
  return head + "\r\n";
}

}  // namespace portolan::server
