#include "collect/aws/s3_client.h"

#include <algorithm>
#include <pugixml.hpp>
#include <utility>

#include <fmt/format.h>

#include "collect/aws/answer_json.h"
#include "collect/aws/client.h"
#include "collect/aws/clock.h"
#include "collect/aws/secrets.h"
#include "core/name.h"
#include "core/text.h"

namespace portolan::collect::aws {

namespace {

/// SOURCE: S3 User Guide, "Best practices design patterns": 5,500 GET requests a second for each
/// prefix. What else reads the bucket keeps most of it.
constexpr Limiter::Pace kPace{.rate_max = 1000, .rate_min = 5, .burst = 100};
/// So often one request may meet credentials that have expired.
constexpr int kRenewalsMax = 3;

/// The region that an answer says the bucket is in; empty if it does not, or names none.
std::string region_in(const HttpReply& reply) {
  std::string region = reply.bucket_region;
  if (region.empty()) {
    pugi::xml_document document;
    document.load_buffer(reply.body.data(), reply.body.size());
    region = document.child("Error").child_value("Region");
  }
  return Region::parse(region) ? region : std::string{};
}

HttpOptions with_many_in_flight(HttpOptions options) {
  options.in_flight_max = S3Client::kInFlightMax;
  return options;
}

bool is_elsewhere(const HttpReply& reply, std::string_view code) {
  return reply.status == 301 || reply.status == 307 ||
         (code == "AuthorizationHeaderMalformed" && !region_in(reply).empty());
}

}  // namespace

Error s3_error(const std::string& bucket, const HttpReply& reply) {
  if (!reply.fault.empty()) {
    return {"s3_failed", fmt::format("S3 cannot be asked: {}", reply.fault)};
  }
  const ServiceError error = error_of(reply.body);
  const std::string name = printable(bucket);
  const std::string said = error.code.empty()      ? fmt::format("HTTP status {}", reply.status)
                           : error.message.empty() ? printable(error.code)
                                                   : fmt::format("{}, {}", printable(error.code),
                                                                 printable(error.message));
  if (const std::string skew = clock_skew(reply);
      error.code == "RequestTimeTooSkewed" || (reply.status == 403 && !skew.empty())) {
    return {"clock_skew",
            fmt::format("S3 refuses the signature ({}){}", said, skew.empty() ? "" : ": " + skew)};
  }
  if (error.code == "NoSuchBucket") {
    return {"no_such_bucket", fmt::format("there is no bucket `{}`", name)};
  }
  if (is_elsewhere(reply, error.code)) {
    const std::string region = region_in(reply);
    return {"bucket_elsewhere",
            fmt::format("bucket `{}` is in {}, set AWS_REGION and the endpoint for it", name,
                        region.empty() ? "another region" : "region " + region)};
  }
  if (error.code == "NoSuchKey") {
    return {"object_gone", "the object was deleted after it had been listed"};
  }
  if (error.code == "InvalidObjectState") {
    return {"object_archived", "the object is archived, it can be read once it is restored"};
  }
  if (reply.status == 403 || reply.status == 401) {
    return {"access_denied",
            fmt::format("bucket `{}` may not be read ({}): the credentials need s3:ListBucket on "
                        "it and s3:GetObject on its objects",
                        name, said)};
  }
  return {"s3_failed", fmt::format("S3 answers {}", said)};
}

S3Client::S3Client(Setup setup, Session session, const std::string& bucket)
    : setup_(std::move(setup)),
      session_(std::move(session)),
      endpoint_(BucketEndpoint::find(setup_, bucket, setup_.region)),
      lane_{Limiter(kPace)},
      random_(std::random_device{}()),
      http_(with_many_in_flight(setup_.http)) {}

void S3Client::list(const std::string& prefix, const std::string& start_after, int keys_max,
                    DoneList done) {
  auto work = std::make_shared<Work>();
  work->build = [this, prefix, start_after, keys_max] {
    return list_request(endpoint_, prefix, start_after, keys_max);
  };
  work->take = [start_after, done](const std::string& body) -> Result<void> {
    done(TRY(parse_page(body, start_after)));
    return {};
  };
  work->give_up = [done](Error error) { done(tl::unexpected(std::move(error))); };
  send(work);
}

void S3Client::get(const std::string& key, std::size_t bytes_max, DoneGet done) {
  auto work = std::make_shared<Work>();
  work->build = [this, key, bytes_max] { return get_request(endpoint_, key, bytes_max); };
  work->take = [done](std::string body) -> Result<void> {
    done(std::move(body));
    return {};
  };
  work->give_up = [done](Error error) { done(tl::unexpected(std::move(error))); };
  send(work);
}

void S3Client::send(const WorkPtr& work) {
  const HttpOptions& options = http_.options();
  http_.start(lane_, {.request = work->build(),
                      .keys =
                          [this, work] {
                            work->sent_at_s = HttpClient::now();
                            work->signed_with = session_.keys();
                            return work->signed_with;
                          },
                      .done = [this, work](HttpReply reply) { receive(work, std::move(reply)); },
                      .transfer_max_s =
                          std::min(options.transfer_max_s, options.call_max_s - work->underway_s)});
}

/// A bucket of another region is asked there, once for each request.
bool S3Client::follow(Work& work, const HttpReply& reply) {
  const std::string region = region_in(reply);
  if (work.is_moved || region.empty() || !is_elsewhere(reply, error_of(reply.body).code)) {
    return false;
  }
  work.is_moved = true;
  endpoint_ = BucketEndpoint::find(setup_, endpoint_.bucket, region);
  return true;
}

void S3Client::receive(const WorkPtr& work, HttpReply reply) {
  work->underway_s += HttpClient::now() - work->sent_at_s;
  const auto refusal = [&] {
    Error error = s3_error(endpoint_.bucket, reply);
    error.message = without_secrets(std::move(error.message), work->signed_with);
    return error;
  };
  const std::string code =
      reply.fault.empty() && reply.status / 100 != 2 ? error_of(reply.body).code : "";
  switch (judge(reply, code)) {
    case Verdict::Good:
      lane_.limiter.succeeded(HttpClient::now());
      if (const auto taken = work->take(std::move(reply.body)); !taken) {
        try_again(work, taken.error());
      }
      return;
    case Verdict::Throttled:
      lane_.limiter.throttled(HttpClient::now());
      try_again(work, refusal());
      return;
    case Verdict::Again:
      try_again(work, refusal());
      return;
    case Verdict::Expired:
      if (++work->renewals <= kRenewalsMax && session_.renew(work->signed_with)) {
        send(work);
        return;
      }
      break;
    case Verdict::Denied:
    case Verdict::Failed:
      if (follow(*work, reply)) {
        send(work);
        return;
      }
      break;
  }
  work->give_up(refusal());
}

void S3Client::try_again(const WorkPtr& work, Error error) {
  const HttpOptions& options = http_.options();
  if (++work->tries >= options.tries_max || work->underway_s >= options.call_max_s) {
    work->give_up(std::move(error));
    return;
  }
  const double chance = std::uniform_real_distribution<double>(0, 1)(random_);
  http_.wait_until(HttpClient::now() + backoff_s(work->tries, chance),
                   [this, work] { send(work); });
}

}  // namespace portolan::collect::aws
