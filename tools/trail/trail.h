#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

/// Believable CloudTrail logs, the same for one seed, with openings planted in them. The shapes of
/// records are those of real ones: flat and wrapped, with the rules in the response or only in the
/// request, one element as an object and several as a list; each listed call of each service is
/// there. Days and weeks have their seasons, pipelines run, records come twice, in disorder and a
/// day late. SOURCE: the laws of the shapes as real trails show them; CloudTrail user guide,
/// "CloudTrail record contents" and "CloudTrail log file examples".
namespace portolan::trail {

struct Plan {
  std::uint64_t seed = 1;
  int accounts = 3;
  int days = 7;
  int groups = 12;                  // of an account, which live all the time
  int changes_a_day = 20;           // of an account, on a working day; weekends have a fifth
  std::int64_t others_a_day = 200;  // of an account: records that change no network
  int planted = 12;                 // rules that are open for a short time, over all
  int planted_otherwise = 0;        // what else opens something, or blinds: each of it in turn
  bool has_all_calls = true;        // each listed call once, beside those of the groups
};

struct LogFile {
  std::string path;  // AWSLogs/…/…json
  std::string text;
};

/// What a check of trails has to tell.
struct Planted {
  std::string check;
  std::string resource;
  std::string ports;  // `tcp/22`; empty where there are none
  std::string peer;
  std::string opened_at;
  std::string closed_at;  // at most 30 minutes later; empty: it stays
  std::string actor;      // ARNs
  std::string closer;
  friend auto operator<=>(const Planted&, const Planted&) = default;
};

using Sink = std::function<void(LogFile&&)>;

struct Summary {
  std::vector<Planted> planted;  // sorted
  std::size_t records = 0;       // each once
};

/// Hands on each file when it is complete, in order of time. Memory: the records of an hour, and
/// the late ones.
Summary generate(const Plan& plan, const Sink& sink);

struct Generated {
  std::vector<LogFile> files;    // records in no strict order, some in two files, some late
  std::vector<Planted> planted;  // sorted
  std::size_t records = 0;       // each once
};

/// The same, all at once.
Generated generate(const Plan& plan);

}  // namespace portolan::trail
