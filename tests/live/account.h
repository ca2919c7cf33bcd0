#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include <boost/json.hpp>

#include "collect/live.h"
#include "tests/support/fault_server.h"

/// An account on a fault server, and what a crawl of it hands out.
namespace portolan::live {

constexpr const char* kSecret = "a-very-secret-key";
constexpr int kPageSize = 50;

std::string answer_of(const Asked& asked, const std::string& inside);
std::string error_of(const std::string& code, const std::string& message = "");

/// A page of databases; `next` is the token of the page after it.
std::string databases(const Asked& asked, int page, const std::string& next);

/// What every account answers; `on_databases` answers the call that the test is about.
FaultServer::Answer account(FaultServer::Answer on_databases);

struct Crawled {
  Result<collect::LiveSummary> summary;
  std::map<std::string, std::string> documents;

  [[nodiscard]] boost::json::object databases() const;
  [[nodiscard]] std::string all() const;
  /// What the manifest says of a call; empty if it does not.
  [[nodiscard]] boost::json::object entry(const std::string& call) const;
  /// The member of that entry as text.
  [[nodiscard]] std::string told(const std::string& call, const std::string& member) const;
};

/// Limits under which a test does not wait: AWS's own paces stand in other tests.
collect::LiveLimits hasty();

/// Points this process to the server, gives it keys without any file, and crawls: the databases of
/// one region, unless the options say otherwise. The region `*` is all of them.
Crawled crawl(
    const FaultServer& server, collect::LiveOptions options = {},
    const std::function<bool()>& is_stopped = [] { return false; });

}  // namespace portolan::live
