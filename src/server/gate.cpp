#include "server/gate.h"

#include <algorithm>

#include <fmt/format.h>

namespace portolan::server {
namespace {

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& letter : result) {
    letter = letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + 32) : letter;
  }
  return result;
}

/// `[::1]` ends with a bracket, `[::1]:80` and `a:80` with a port.
bool has_port(std::string_view host) {
  const std::size_t colon = host.rfind(':');
  return colon != std::string_view::npos && host.find(']', colon) == std::string_view::npos;
}

bool is_below(std::string_view target, std::string_view path) {
  return target.starts_with(path) &&
         (target.size() == path.size() || target[path.size()] == '/' || target[path.size()] == '?');
}

/// `application/json`, also with a charset.
bool is_json(std::string_view type) {
  const std::string_view name = type.substr(0, type.find(';'));
  const std::size_t end = name.find_last_not_of(" \t");
  return lower(name.substr(0, end == std::string_view::npos ? 0 : end + 1)) == "application/json";
}

Reply with(Reply reply, std::string name, std::string value) {
  reply.headers.emplace_back(std::move(name), std::move(value));
  return reply;
}

}  // namespace

Gate::Gate(std::uint16_t port, const std::vector<std::string>& allowed, Keys& keys) : keys_(&keys) {
  for (const std::string_view name : {"127.0.0.1", "localhost", "[::1]"}) {
    hosts_.push_back(fmt::format("{}:{}", name, port));
  }
  for (const std::string& name : allowed) {
    hosts_.push_back(has_port(name) ? lower(name) : fmt::format("{}:{}", lower(name), port));
    if (!has_port(name)) {
      hosts_.push_back(lower(name));  // behind a proxy at the usual port
    }
  }
}

bool Gate::is_host(const std::string& host) const {
  return std::find(hosts_.begin(), hosts_.end(), lower(host)) != hosts_.end();
}

std::optional<Reply> Gate::refuse(const Request& request) const {
  if (!is_host(request.host)) {
    return error_reply(421, "misdirected",
                       "this server answers to its own address only; other names are allowed with "
                       "--allow-host");
  }
  const bool is_api = is_below(request.target, "/api");
  const bool is_known = request.method == Method::Get || request.method == Method::Head ||
                        (request.method == Method::Post && is_api);
  if (!is_known) {
    return with(error_reply(405, "bad_method", "only GET, HEAD and POST are answered"), "Allow",
                is_api ? "GET, HEAD, POST" : "GET, HEAD");
  }
  return is_api ? refuse_api(request) : std::nullopt;
}

std::optional<Reply> Gate::refuse_api(const Request& request) const {
  const std::string host = lower(request.host);
  if (request.origin && lower(*request.origin) != "http://" + host &&
      lower(*request.origin) != "https://" + host) {
    return error_reply(403, "foreign_origin", "only this server's own page may ask");
  }
  if (!request.fetch_site.empty() && request.fetch_site != "same-origin" &&
      request.fetch_site != "none") {
    return error_reply(403, "foreign_origin", "only this server's own page may ask");
  }
  if (request.method == Method::Post && !is_json(request.content_type)) {
    return error_reply(415, "not_json", "what is sent has to be application/json");
  }
  if (request.method == Method::Post && request.target == "/api/v1/token") {
    return std::nullopt;  // which has its own secret
  }
  switch (keys_->check(request.authorization, Allowance::Clock::now())) {
    case Keys::Trial::Right:
      return std::nullopt;
    case Keys::Trial::TooMany:
      return with(error_reply(429, "too_many_tries", "too many wrong tokens, wait a moment"),
                  "Retry-After", "2");
    case Keys::Trial::Wrong:
      break;
  }
  return with(error_reply(401, "no_token", "this needs the header `Authorization: Bearer TOKEN`"),
              "WWW-Authenticate", "Bearer");
}

}  // namespace portolan::server
