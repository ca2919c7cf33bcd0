#pragma once

#include <functional>
#include <string>
#include <vector>

#include "collect/collect.h"
#include "core/result.h"
#include "core/time.h"

/// The door to live accounts: documents as the AWS CLI prints them, straight from AWS. Only reads.
namespace portolan::collect {

/// How hard AWS is asked, and how long it is waited for.
struct LiveLimits {
  double rate_max = 10;   // requests a second, for each service in each region of an account
  double rate_min = 0.5;  // where AWS throttles the rate is halved, down to this
  double burst = 10;      // so many more than one at once
  std::size_t in_flight_max = 16;
  int tries_max = 8;            // of one page
  int silence_max_s = 60;       // a transfer that all but stands still this long is broken off
  double transfer_max_s = 600;  // one try
  double call_max_s = 900;      // all tries of one page, without the pauses between them
};

struct LiveOptions {
  std::string profile;                // of the AWS configuration; empty: as the AWS CLI chooses
  std::vector<std::string> regions;   // empty: all that the account has
  std::vector<std::string> services;  // as the AWS CLI calls them; empty: all
  /// Accounts to visit by assuming `role` there; empty: the one that the credentials belong to.
  std::vector<std::string> accounts;
  bool whole_organization = false;  // `accounts` are those of AWS Organizations
  std::string role;
  std::string external_id;
  LiveLimits limits = {};
};

/// How far a crawl is.
struct LiveProgress {
  std::size_t calls_done = 0;
  std::size_t calls_known = 0;  // grows while resources are found
  std::size_t requests = 0;
  std::size_t pages = 0;
  std::size_t throttles = 0;
};

struct LiveHooks {
  /// Takes a document; an error ends the crawl.
  std::function<Result<void>(Document)> take;
  std::function<void(const LiveProgress&)> progress;
  /// Asked several times a second; what was collected until then is a valid, partial dump.
  std::function<bool()> is_stopped;
};

struct LiveSummary {
  std::size_t collected = 0;
  std::size_t denied = 0;
  std::size_t failed = 0;  // or only in part
  bool was_stopped = false;
  LiveProgress progress;

  [[nodiscard]] bool is_whole() const { return denied + failed == 0 && !was_stopped; }
};

/// Asks every call of the table in every account and region. Each document is handed out as soon as
/// it is whole; the last one, `portolan-manifest.json`, tells what was collected, denied, failed,
/// and becomes gaps of the snapshot. Error `no_credentials`, `bad_profile`, `not_signed_in`.
Result<LiveSummary> collect_live(const LiveOptions& options, const LiveHooks& hooks);

struct LookupOptions {
  std::string profile;               // as in `LiveOptions`
  std::vector<std::string> regions;  // empty: the one of the configuration
  Time since;
  Time until;
};

struct LookupHooks {
  /// Takes a file of events, and the manifest; an error ends it.
  std::function<Result<void>(Document)> take;
  std::function<void(std::size_t events)> progress;
  std::function<bool()> is_stopped;  // asked several times a second
};

struct LookupSummary {
  std::size_t events = 0;
  std::vector<Error> gaps;  // what AWS did not tell; the context is the region
};

/// The changes in CloudTrail's event history, which AWS keeps for 90 days without any trail: for a
/// first look. As `aws cloudtrail lookup-events` prints them, which the trail's reader reads,
/// newest first, at the two requests of fifty events that AWS allows each second. Error
/// `no_credentials`, `bad_profile`, `not_signed_in`, or of `take`.
Result<LookupSummary> lookup_events(const LookupOptions& options, const LookupHooks& hooks);

/// The least IAM policy for it, as JSON.
std::string live_policy();

/// Writes the documents of a crawl into a folder, each either whole or not at all.
class DumpFolder {
 public:
  /// Makes the folder. Error `folder_not_empty`, `unwritable_folder`.
  static Result<DumpFolder> create(const std::string& path);
  /// Error `unwritable_file`.
  Result<void> write(const Document& document);

 private:
  explicit DumpFolder(std::string path) : path_(std::move(path)) {}
  std::string path_;
};

}  // namespace portolan::collect
