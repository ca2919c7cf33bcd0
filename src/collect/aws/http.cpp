#include "collect/aws/http.h"

#include <algorithm>
#include <chrono>
#include <curl/curl.h>
#include <utility>

#include <fmt/format.h>

namespace portolan::collect::aws {

namespace {

constexpr int kPollMaxMs = 200;
/// Bytes a second below which a transfer all but stands still.
constexpr long kStandstill = 1000;

void start_curl() {
  static const CURLcode once = curl_global_init(CURL_GLOBAL_DEFAULT);
  static_cast<void>(once);
}

}  // namespace

/// One request on its way, and all that libcurl points into meanwhile.
struct HttpClient::Transfer {
  Transfer(Sending sending, const Keys& keys, const HttpOptions& options)
      : request(std::move(sending.request)),
        handle(curl_easy_init()),
        done(std::move(sending.done)) {
    set_request();
    set_limits(options,
               sending.transfer_max_s > 0 ? sending.transfer_max_s : options.transfer_max_s);
    if (!request.sign_service.empty() && !keys.id.empty()) {
      sign(keys);
    }
    curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers);
  }
  ~Transfer() {
    curl_slist_free_all(headers);
    curl_easy_cleanup(handle);
  }
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

  [[nodiscard]] HttpReply reply(CURLcode code) {
    HttpReply reply{.body = std::move(body)};
    curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &reply.status);
    if (const time_t date = curl_getdate(header("date").c_str(), nullptr); date > 0) {
      reply.server_time_s = date;
    }
    reply.bucket_region = header("x-amz-bucket-region");
    if (code != CURLE_OK) {
      reply.fault = curl_easy_strerror(code);
      reply.is_unknown_host = code == CURLE_COULDNT_RESOLVE_HOST;
    }
    return reply;
  }

  HttpRequest request;
  CURL* handle;
  curl_slist* headers = nullptr;
  std::string body;
  std::function<void(HttpReply)> done;

 private:
  static std::size_t take(char* bytes, std::size_t size, std::size_t count, void* to) {
    auto& transfer = *static_cast<Transfer*>(to);
    if (transfer.body.size() + size * count > transfer.request.body_max) {
      return 0;
    }
    transfer.body.append(bytes, size * count);
    return size * count;
  }

  [[nodiscard]] std::string header(const char* name) const {
    curl_header* found = nullptr;
    const bool is_there = curl_easy_header(handle, name, 0, CURLH_HEADER, -1, &found) == CURLHE_OK;
    return is_there ? found->value : "";
  }

  void set_request() {
    curl_easy_setopt(handle, CURLOPT_URL, request.url.c_str());
    curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(handle, CURLOPT_USERAGENT, "portolan");
    curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, take);
    curl_easy_setopt(handle, CURLOPT_WRITEDATA, this);
    if (request.is_raw) {
      curl_easy_setopt(handle, CURLOPT_PATH_AS_IS, 1L);
      curl_easy_setopt(handle, CURLOPT_HTTP_CONTENT_DECODING, 0L);
    } else {
      curl_easy_setopt(handle, CURLOPT_ACCEPT_ENCODING, "gzip");
    }
    if (request.method == "POST") {
      curl_easy_setopt(handle, CURLOPT_POST, 1L);
      curl_easy_setopt(handle, CURLOPT_POSTFIELDS, request.body.c_str());
      curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE, static_cast<long>(request.body.size()));
    } else if (request.method == "PUT") {  // IMDSv2 alone
      curl_easy_setopt(handle, CURLOPT_CUSTOMREQUEST, "PUT");
    }
    for (const std::string& header : request.headers) {
      headers = curl_slist_append(headers, header.c_str());
    }
  }

  void set_limits(const HttpOptions& options, double transfer_max_s) {
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS, options.connect_timeout_ms);
    curl_easy_setopt(handle, CURLOPT_LOW_SPEED_LIMIT, kStandstill);
    curl_easy_setopt(handle, CURLOPT_LOW_SPEED_TIME, options.silence_max_s);
    curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS,
                     std::max(1L, static_cast<long>(transfer_max_s * 1000)));
    if (options.is_direct) {
      curl_easy_setopt(handle, CURLOPT_NOPROXY, "*");
    }
    if (!options.ca_bundle.empty()) {
      curl_easy_setopt(handle, CURLOPT_CAINFO, options.ca_bundle.c_str());
    }
  }

  void sign(const Keys& keys) {
    const std::string provider =
        fmt::format("aws:amz:{}:{}", request.sign_region, request.sign_service);
    curl_easy_setopt(handle, CURLOPT_AWS_SIGV4, provider.c_str());
    curl_easy_setopt(handle, CURLOPT_USERNAME, keys.id.c_str());
    curl_easy_setopt(handle, CURLOPT_PASSWORD, keys.secret.c_str());
    if (!keys.token.empty()) {
      headers = curl_slist_append(headers, ("X-Amz-Security-Token: " + keys.token).c_str());
    }
  }
};

HttpReply fetch(const HttpRequest& request, const Keys& keys, const HttpOptions& options) {
  HttpReply reply{.fault = "it was stopped before the answer came"};
  Lane lane;
  HttpClient client(options);
  client.start(lane, {.request = request,
                      .keys = [&] { return keys; },
                      .done = [&](HttpReply got) { reply = std::move(got); }});
  client.run(options.is_stopped);
  return reply;
}

HttpClient::HttpClient(HttpOptions options) : options_(std::move(options)), multi_(nullptr) {
  start_curl();
  multi_ = curl_multi_init();
}

HttpClient::~HttpClient() {
  for (const auto& [handle, transfer] : running_) {
    curl_multi_remove_handle(multi_, handle);
  }
  running_.clear();
  curl_multi_cleanup(multi_);
}

double HttpClient::now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

void HttpClient::start(Lane& lane, Sending sending) {
  lane.waiting.push_back(std::move(sending));
  if (lane.waiting.size() == 1) {
    schedule(lane);
  }
}

void HttpClient::wait_until(double at_s, std::function<void()> then) {
  timers_.emplace(at_s, std::move(then));
}

void HttpClient::schedule(Lane& lane) { lanes_.emplace(lane.limiter.ready_at(now()), &lane); }

void HttpClient::call_due() {
  while (!timers_.empty() && timers_.begin()->first <= now()) {
    const auto due = timers_.extract(timers_.begin());
    due.mapped()();
  }
}

void HttpClient::start_due() {
  while (!lanes_.empty() && running_.size() < options_.in_flight_max &&
         lanes_.begin()->first <= now()) {
    Lane& lane = *lanes_.begin()->second;
    lanes_.erase(lanes_.begin());
    std::optional<Sending> next;
    // The limiter may have become slower since.
    if (const double at_s = now(); lane.limiter.ready_at(at_s) <= at_s) {
      lane.limiter.take(at_s);
      next = std::move(lane.waiting.front());
      lane.waiting.pop_front();
    }
    if (!lane.waiting.empty()) {
      schedule(lane);
    }
    if (next) {
      send(*std::move(next));
    }
  }
}

void HttpClient::send(Sending sending) {
  const Keys keys = sending.keys();
  auto transfer = std::make_unique<Transfer>(std::move(sending), keys, options_);
  void* handle = transfer->handle;
  running_.emplace(handle, std::move(transfer));
  curl_multi_add_handle(multi_, handle);
}

bool HttpClient::finish_some() {
  bool has_finished = false;
  int left = 0;
  while (const CURLMsg* message = curl_multi_info_read(multi_, &left)) {
    if (message->msg != CURLMSG_DONE) {
      continue;
    }
    const CURLcode code = message->data.result;
    void* handle = message->easy_handle;
    const std::unique_ptr<Transfer> transfer = std::move(running_.extract(handle).mapped());
    curl_multi_remove_handle(multi_, handle);
    transfer->done(transfer->reply(code));
    has_finished = true;
  }
  return has_finished;
}

bool HttpClient::is_idle() const { return timers_.empty() && lanes_.empty() && running_.empty(); }

int HttpClient::pause_ms() const {
  double next = now() + kPollMaxMs / 1000.0;
  if (!timers_.empty()) {
    next = std::min(next, timers_.begin()->first);
  }
  if (!lanes_.empty() && running_.size() < options_.in_flight_max) {
    next = std::min(next, lanes_.begin()->first);
  }
  return std::clamp(static_cast<int>((next - now()) * 1000 + 1), 0, kPollMaxMs);
}

void HttpClient::run(const std::function<bool()>& is_stopped) {
  while (!is_idle() && !is_stopped()) {
    step(true);
  }
}

bool HttpClient::step(bool waits) {
  if (is_idle()) {
    return false;
  }
  call_due();
  start_due();
  int running = 0;
  curl_multi_perform(multi_, &running);
  const bool has_finished = finish_some();
  if (waits && !has_finished) {
    curl_multi_poll(multi_, nullptr, 0, pause_ms(), nullptr);
  }
  return true;
}

}  // namespace portolan::collect::aws
