#include "collect/aws/client.h"

#include <algorithm>
#include <array>
#include <utility>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "collect/aws/answer_json.h"
#include "collect/aws/clock.h"
#include "collect/aws/secrets.h"
#include "core/text.h"

namespace portolan::collect::aws {

namespace {

namespace json = boost::json;

/// So often one page may meet credentials that have expired.
constexpr int kRenewalsMax = 3;

using Codes = std::span<const std::string_view>;

// SOURCE: AWS SDKs and Tools Reference Guide, "Retry behavior"; the "Common errors" of each
// service.
constexpr std::array<std::string_view, 12> kThrottled = {"BandwidthLimitExceeded",
                                                         "EC2ThrottledException",
                                                         "LimitExceededException",
                                                         "PriorRequestNotComplete",
                                                         "RequestLimitExceeded",
                                                         "RequestThrottled",
                                                         "RequestThrottledException",
                                                         "SlowDown",
                                                         "Throttling",
                                                         "ThrottlingException",
                                                         "ThrottledException",
                                                         "TooManyRequestsException"};
constexpr std::array<std::string_view, 3> kExpired = {"ExpiredToken", "ExpiredTokenException",
                                                      "RequestExpired"};
constexpr std::array<std::string_view, 9> kDenied = {
    "AccessDenied",       "AccessDeniedException", "AuthFailure",
    "AuthorizationError", "Client.AuthFailure",    "InvalidClientTokenId",
    "OptInRequired",      "UnauthorizedOperation", "UnrecognizedClientException"};
constexpr std::array<std::string_view, 4> kAgain = {"InternalError", "InternalFailure",
                                                    "RequestTimeout", "ServiceUnavailable"};

bool is_one_of(Codes codes, std::string_view code) {
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

/// The name of the next page; empty if this was the last.
std::string next_page(const Call& call, const json::object& object) {
  if (call.paging == nullptr) {
    return {};
  }
  const json::value* token = object.if_contains(call.paging->output);
  return token != nullptr && token->is_string() ? std::string(token->get_string()) : "";
}

/// Appends the lists of a page to those before it; other members are those of the first page.
void join(json::object& whole, json::object page, const Call& call) {
  if (whole.empty()) {
    whole = std::move(page);
    return;
  }
  for (const std::string_view name : split(call.result, ' ')) {
    json::value* from = page.if_contains(name);
    if (from == nullptr || !from->is_array()) {
      continue;
    }
    json::value& to = whole[name];
    if (!to.is_array()) {
      to.emplace_array();
    }
    for (json::value& each : from->get_array()) {
      to.get_array().push_back(std::move(each));
    }
  }
}

}  // namespace

std::string_view text(Outcome outcome) {
  switch (outcome) {
    case Outcome::Collected:
      return "collected";
    case Outcome::Denied:
      return "denied";
    case Outcome::Failed:
      return "failed";
    case Outcome::Partial:
      return "partial";
  }
  return "";
}

Verdict judge(const HttpReply& reply, const std::string& code) {
  if (!reply.fault.empty()) {
    return Verdict::Again;
  }
  if (reply.status / 100 == 2) {
    return Verdict::Good;
  }
  if (is_one_of(kThrottled, code) || reply.status == 429) {
    return Verdict::Throttled;
  }
  if (is_one_of(kExpired, code)) {
    return Verdict::Expired;
  }
  if (is_one_of(kAgain, code) || reply.status >= 500 || reply.status == 408) {
    return Verdict::Again;
  }
  return is_one_of(kDenied, code) || reply.status == 401 || reply.status == 403 ? Verdict::Denied
                                                                                : Verdict::Failed;
}

/// A call on its way through its pages.
struct Client::Work {
  Target target;
  Done done;
  json::object object;
  std::string page;            // the one that is asked for
  std::set<std::string> seen;  // tokens of pages so far
  int pages = 0;
  int tries = 0;         // of this page, like what follows
  int renewals = 0;      // of the credentials
  int unknown_host = 0;  // tries that found no address
  Keys signed_with;
  double sent_at_s = 0;
  double underway_s = 0;  // all tries together, without the pauses between them

  void begin_page() {
    tries = 0;
    renewals = 0;
    unknown_host = 0;
    underway_s = 0;
  }
};

Lane& Client::lane(const Target& target) {
  const Call& call = *target.call;
  const bool is_slow = call.rate_max > 0;
  Limiter::Pace pace = pace_;
  if (is_slow) {
    pace.rate_max = std::min(pace.rate_max, call.rate_max);
    pace.burst = 0;
  }
  const auto [at, is_new] =
      lanes_.try_emplace({std::string(is_slow ? call.action : call.service),
                          fmt::format("{} {}", static_cast<void*>(target.session), target.region)},
                         Lane{Limiter(pace)});
  return at->second;
}

void Client::ask(Target target, Done done) {
  auto work = std::make_shared<Work>();
  work->target = std::move(target);
  work->done = std::move(done);
  send(work);
}

void Client::send(const WorkPtr& work) {
  const Target& target = work->target;
  auto request = build_request({.call = *target.call,
                                .endpoint = target.endpoint,
                                .region = target.region,
                                .walked = target.walked,
                                .page = work->page,
                                .more = target.more});
  if (!request) {
    finish(work, Outcome::Failed, request.error().code, request.error().message);
    return;
  }
  const double left_s = http_->options().call_max_s - work->underway_s;
  http_->start(lane(target),
               {.request = *std::move(request),
                .keys =
                    [this, work] {
                      ++counts_.requests;
                      work->sent_at_s = HttpClient::now();
                      Session* session = work->target.session;
                      work->signed_with = session == nullptr ? Keys{} : session->keys();
                      return work->signed_with;
                    },
                .done = [this, work](HttpReply reply) { receive(work, std::move(reply)); },
                .transfer_max_s = std::min(left_s, http_->options().transfer_max_s)});
}

/// No name of the service ever led anywhere, while those of others in the region did: AWS does not
/// offer it there, so there is nothing to list.
bool Client::is_not_offered(const Work& work) const {
  return work.pages == 0 && work.unknown_host == work.tries &&
         answering_.contains(work.target.region) &&
         find_service(work.target.call->service)->scope == Scope::Regional;
}

void Client::receive(const WorkPtr& work, HttpReply reply) {
  work->underway_s += HttpClient::now() - work->sent_at_s;
  work->unknown_host += reply.is_unknown_host ? 1 : 0;
  const ServiceError error = reply.status / 100 == 2 ? ServiceError{} : error_of(reply.body);
  const auto said = [&](const std::string& text) {
    return without_secrets(text, work->signed_with);
  };
  const std::string code = !reply.fault.empty() ? "connection"
                           : error.code.empty() ? fmt::format("http_{}", reply.status)
                                                : said(error.code);
  std::string message = reply.fault.empty() ? said(error.message) : reply.fault;
  if (const std::string skew = clock_skew(reply); !skew.empty() && reply.status / 100 == 4) {
    message += (message.empty() ? "" : "; ") + skew;
  }
  switch (judge(reply, error.code)) {
    case Verdict::Good:
      lane(work->target).limiter.succeeded(HttpClient::now());
      answering_.insert(work->target.region);
      take_page(work, reply.body);
      return;
    case Verdict::Throttled:
      ++counts_.throttles;
      lane(work->target).limiter.throttled(HttpClient::now());
      try_again(work, code, std::move(message));
      return;
    case Verdict::Again:
      try_again(work, code, std::move(message));
      return;
    case Verdict::Expired:
      if (++work->renewals <= kRenewalsMax && work->target.session != nullptr &&
          work->target.session->renew(work->signed_with)) {
        send(work);
        return;
      }
      finish(work, Outcome::Failed, code, std::move(message));
      return;
    case Verdict::Denied:
      finish(work, Outcome::Denied, code, std::move(message));
      return;
    case Verdict::Failed:
      finish(work, Outcome::Failed, code, std::move(message));
      return;
  }
}

void Client::take_page(const WorkPtr& work, const std::string& body) {
  const Call& call = *work->target.call;
  auto page = answer_json(call, body);
  if (!page) {
    // Cut off on its way: what was asked for can be asked for again.
    try_again(work, page.error().code, page.error().message);
    return;
  }
  ++counts_.pages;
  ++work->pages;
  work->begin_page();
  std::string next = next_page(call, *page);
  join(work->object, *std::move(page), call);
  if (next.empty()) {
    if (call.paging != nullptr) {
      work->object.erase(call.paging->output);
    }
    finish(work, Outcome::Collected, {}, {});
    return;
  }
  work->object[call.paging->output] = next;
  if (!work->seen.insert(next).second || work->pages >= kPagesMax) {
    finish(work, Outcome::Failed, "repeated_page", "AWS names a page as the next that was read");
    return;
  }
  work->page = std::move(next);
  send(work);
}

void Client::try_again(const WorkPtr& work, std::string code, std::string message) {
  const HttpOptions& options = http_->options();
  ++work->tries;
  if (work->tries >= options.tries_max && is_not_offered(*work)) {
    for (const std::string_view name : split(work->target.call->result, ' ')) {
      work->object[name] = json::array();
    }
    finish(work, Outcome::Collected, "not_offered", "AWS does not offer the service there");
    return;
  }
  if (work->tries >= options.tries_max || work->underway_s >= options.call_max_s) {
    finish(work, Outcome::Failed, std::move(code), std::move(message));
    return;
  }
  ++counts_.retries;
  const double chance = std::uniform_real_distribution<double>(0, 1)(random_);
  http_->wait_until(HttpClient::now() + backoff_s(work->tries, chance),
                    [this, work] { send(work); });
}

void Client::finish(const WorkPtr& work, Outcome outcome, std::string code, std::string message) {
  const bool is_whole = outcome == Outcome::Collected;
  Done done = std::move(work->done);
  done({.outcome = !is_whole && work->pages > 0 ? Outcome::Partial : outcome,
        .object = std::move(work->object),
        .code = std::move(code),
        .message = std::move(message)});
}

}  // namespace portolan::collect::aws
