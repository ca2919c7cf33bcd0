#include "server/api.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "core/text.h"

namespace portolan::server {
namespace {

struct Call {
  std::string_view name;
  bool has_key;
  Method method;
  Result<Reply> (*answer)(const Asked& asked);
};

constexpr std::array kCalls = {
    Call{"meta", false, Method::Get, call_meta},
    Call{"findings", false, Method::Get, call_findings},
    Call{"checks", true, Method::Get, call_check},
    Call{"connections", false, Method::Get, call_connections},
    Call{"reach", false, Method::Get, call_reach},
    Call{"paths", false, Method::Get, call_paths},
    Call{"radius", false, Method::Get, call_radius},
    Call{"groups", false, Method::Get, call_groups},
    Call{"rules", false, Method::Get, call_rules},
    Call{"who", true, Method::Get, call_who},
    Call{"history", true, Method::Get, call_history},
    Call{"timeline", false, Method::Get, call_timeline},
    Call{"snapshot", true, Method::Get, call_snapshot},
    Call{"past", false, Method::Get, call_past},
    Call{"frontier", false, Method::Post, call_frontier},
    Call{"select", false, Method::Get, call_select},
    Call{"matrix", false, Method::Get, call_matrix},
    Call{"node", true, Method::Get, call_node},
    Call{"export.svg", false, Method::Get, call_export_svg},
    Call{"export.gltf", false, Method::Get, call_export_gltf},
    Call{"export.html", false, Method::Get, call_export_html},
    Call{"export.json", false, Method::Get, call_export_json},
    Call{"export.csv", false, Method::Get, call_export_csv},
    Call{"difference", false, Method::Get, call_difference},
    Call{"whatif", false, Method::Post, call_what_if},
};

const Call* find_call(const RequestTarget& target) {
  // The first two segments are `api` and `v1`.
  if (target.segments.size() < 3 || target.segments[1] != "v1") {
    return nullptr;
  }
  const bool has_key = target.segments.size() == 4;
  const auto* const found = std::find_if(kCalls.begin(), kCalls.end(), [&](const Call& call) {
    return call.name == target.segments[2] && call.has_key == has_key;
  });
  return found == kCalls.end() || target.segments.size() > 4 ? nullptr : &*found;
}

}  // namespace

Reply answer_call(const Request& request, const RequestTarget& target, const Estate& estate) {
  const Call* const call = find_call(target);
  if (call == nullptr) {
    return error_reply(404, "no_such_call", "there is no such call; docs/API.md lists all");
  }
  const bool is_post = request.method == Method::Post;
  if (is_post != (call->method == Method::Post)) {
    Reply reply = error_reply(405, "bad_method",
                              fmt::format("`{}` is a call for {}", call->name,
                                          call->method == Method::Post ? "POST" : "GET"));
    reply.headers.emplace_back("Allow", call->method == Method::Post ? "POST" : "GET, HEAD");
    return reply;
  }
  auto answered = call->answer({.request = request,
                                .target = target,
                                .key = call->has_key ? target.segments.back() : std::string(),
                                .estate = estate});
  Reply reply = answered ? *std::move(answered) : error_reply(answered.error());
  reply.headers.emplace_back("Portolan-Snapshot", estate.hash());
  return reply;
}

Result<boost::json::object> body_of(const Request& request) {
  boost::system::error_code fault;
  boost::json::value value =
      boost::json::parse(request.body, fault, {}, {.max_depth = 8, .allow_comments = false});
  if (fault || !value.is_object()) {
    return fail("bad_json", "what is sent has to be one JSON object");
  }
  return std::move(value.as_object());
}

}  // namespace portolan::server
