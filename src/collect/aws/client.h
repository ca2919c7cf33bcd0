#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <string>

#include <boost/json/object.hpp>

#include "collect/aws/calls.h"
#include "collect/aws/http.h"
#include "collect/aws/limiter.h"
#include "collect/aws/session.h"

/// Private to the module: one call with all its pages and tries.
namespace portolan::collect::aws {

enum class Outcome : std::uint8_t {
  Collected,
  Denied,
  Failed,
  Partial  // some pages, then a failure
};

std::string_view text(Outcome outcome);

struct Answer {
  Outcome outcome = Outcome::Failed;
  boost::json::object object;  // pages joined; a `Partial` one still names its next page
  std::string code;            // what AWS said, if it is not whole; `not_offered`: there is none
  std::string message;
};

/// One call in one place.
struct Target {
  const Call* call = nullptr;
  std::string region;  // for the signature
  std::string endpoint;
  Walked walked = {};
  Session* session = nullptr;
  Parameters more = {};
};

struct Counts {
  std::size_t requests = 0;
  std::size_t pages = 0;
  std::size_t throttles = 0;
  std::size_t retries = 0;
};

/// What a reply means for the call.
enum class Verdict : std::uint8_t { Good, Throttled, Again, Expired, Denied, Failed };
Verdict judge(const HttpReply& reply, const std::string& code);

class Client {
 public:
  using Done = std::function<void(Answer)>;
  static constexpr int kPagesMax = 100'000;

  explicit Client(HttpClient& http, const Limiter::Pace& pace = {})
      : http_(&http), pace_(pace), random_(std::random_device{}()) {}

  /// `done` is called once, by `HttpClient::run`, or never if that is stopped before.
  void ask(Target target, Done done);
  [[nodiscard]] const Counts& counts() const { return counts_; }

 private:
  struct Work;
  using WorkPtr = std::shared_ptr<Work>;  // shared with the reply that is on its way

  void send(const WorkPtr& work);
  void receive(const WorkPtr& work, HttpReply reply);
  [[nodiscard]] bool is_not_offered(const Work& work) const;
  void take_page(const WorkPtr& work, const std::string& body);
  void try_again(const WorkPtr& work, std::string code, std::string message);
  static void finish(const WorkPtr& work, Outcome outcome, std::string code, std::string message);
  Lane& lane(const Target& target);

  HttpClient* http_;
  Limiter::Pace pace_;
  Counts counts_;
  std::map<std::pair<std::string, std::string>, Lane> lanes_;  // by what they slow, and place
  std::set<std::string> answering_;  // regions of which some service has answered
  std::mt19937_64 random_;
};

}  // namespace portolan::collect::aws
