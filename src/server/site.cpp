#include "server/site.h"

#include <algorithm>
#include <charconv>

#include "server/api.h"
#include "server/squeeze.h"

namespace portolan::server {
namespace {

constexpr std::size_t kCodeBytes = 16;

std::uint64_t number_of(const std::string& text, std::uint64_t otherwise) {
  std::uint64_t number = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  return fault == std::errc() && end == text.data() + text.size() ? number : otherwise;
}

/// Answers that bear a code already, and those that are small, go as they are.
Reply packed(Reply reply, const Request& request) {
  const bool is_ready =
      std::any_of(reply.headers.begin(), reply.headers.end(),
                  [](const auto& each) { return each.first == "Content-Encoding"; });
  if (is_ready || reply.events_after || !accepts(request.accept_encoding, "gzip")) {
    return reply;
  }
  if (auto bytes = gzipped(reply.body.bytes())) {
    reply.body = Body(*std::move(bytes));
    reply.headers.emplace_back("Content-Encoding", "gzip");
  }
  if (reply.is_api) {  // files say so themselves
    reply.headers.emplace_back("Vary", "Accept-Encoding");
  }
  return reply;
}

Reply page_reply(int status, std::string text) {
  Reply reply = text_reply(std::move(text), "text/plain; charset=utf-8");
  reply.status = status;
  reply.is_api = false;
  return reply;
}

}  // namespace

Site::Site(Setup setup, std::string token, Desk& desk)
    : setup_(std::move(setup)),
      keys_(std::move(token)),
      gate_(setup_.port, setup_.allowed_hosts, keys_),
      desk_(&desk) {}

std::optional<Reply> Site::refuse(const Request& request) const { return gate_.refuse(request); }

Result<std::string> Site::new_code() {
  std::string code = TRY(secret(kCodeBytes));
  keys_.set_code(code);
  return code;
}

Reply Site::answer(const Request& request) {
  const auto target = parse_target(request.target);
  if (!target) {
    return error_reply(target.error());
  }
  const bool is_api = target->segments.front() == "api";
  return packed(is_api ? answer_api(request, *target) : answer_file(request, *target), request);
}

Reply Site::answer_api(const Request& request, const RequestTarget& target) {
  const bool is_call = target.segments.size() == 3 && target.segments[1] == "v1";
  if (is_call && target.segments[2] == "token" && request.method == Method::Post) {
    return give_token(request);
  }
  if (is_call && target.segments[2] == "events" && request.method == Method::Get) {
    Feed& feed = desk_->feed();
    const std::uint64_t latest = feed.latest();
    return {.type = "text/event-stream",
            .events_after = request.last_event_id.empty()
                                ? latest
                                : number_of(request.last_event_id, UINT64_MAX)};
  }
  const std::shared_ptr<const Estate> estate = desk_->now();
  return answer_call(request, target, *estate);
}

Reply Site::give_token(const Request& request) {
  const auto body = body_of(request);
  const boost::json::value* const code = body ? body->if_contains("code") : nullptr;
  if (code == nullptr || !code->is_string()) {
    return error_reply(400, "usage", "send the code of the address, as {\"code\": \"…\"}");
  }
  switch (keys_.redeem(std::string_view(code->as_string()), Allowance::Clock::now())) {
    case Keys::Trial::Wrong:
      return error_reply(403, "wrong_code",
                         "this code is wrong or was used before; the terminal shows a new one");
    case Keys::Trial::TooMany: {
      Reply reply = error_reply(429, "too_many_tries", "too many wrong codes, wait a moment");
      reply.headers.emplace_back("Retry-After", "6");
      return reply;
    }
    case Keys::Trial::Right:
      break;
  }
  if (auto next = new_code(); next && setup_.on_code) {
    setup_.on_code(*next);
  }
  return json_reply(boost::json::object{{"token", keys_.token()}});
}

Reply Site::answer_file(const Request& request, const RequestTarget& target) const {
  const std::shared_ptr<const Assets> assets = setup_.assets();
  std::string path;
  for (const std::string& segment : target.segments) {
    path += (path.empty() ? "" : "/") + segment;
  }
  path = path.empty() ? "index.html" : path;
  const auto found =
      std::lower_bound(assets->begin(), assets->end(), path,
                       [](const Asset& a, const std::string& b) { return a.path < b; });
  if (found == assets->end() || found->path != path) {
    return assets->empty() ? page_reply(503, "This server was built without its console.\n")
                           : page_reply(404, "There is no such page.\n");
  }
  Reply reply{.type = std::string(type_of(path)), .body = found->plain, .is_api = false};
  const std::string tag = "\"" + found->tag + "\"";
  reply.headers = {{"ETag", tag}, {"Vary", "Accept-Encoding"}};
  if (request.if_none_match == tag) {
    reply.status = 304;
    reply.body = {};
    return reply;
  }
  if (!found->brotli.bytes().empty() && accepts(request.accept_encoding, "br")) {
    reply.body = found->brotli;
    reply.headers.emplace_back("Content-Encoding", "br");
  } else if (!found->gzip.bytes().empty() && accepts(request.accept_encoding, "gzip")) {
    reply.body = found->gzip;
    reply.headers.emplace_back("Content-Encoding", "gzip");
  }
  return reply;
}

}  // namespace portolan::server
