#pragma once

#include <cstdint>
#include <string>
#include <vector>

/// Believable CloudTrail logs, the same for one seed, with short openings planted in them. The
/// shapes of records are those of real ones: flat and wrapped, with the rules in the response or
/// only in the request, one element as an object and several as a list.
/// SOURCE: the laws of the shapes as real trails show them; CloudTrail user guide, "CloudTrail
/// record contents" and "CloudTrail log file examples".
namespace portolan::trail {

struct Plan {
  std::uint64_t seed = 1;
  int accounts = 3;
  int days = 7;
  int groups = 12;         // of an account, which live all the time
  int changes_a_day = 20;  // of an account, on a working day; weekends have a fifth
  int others_a_day = 200;  // records that change no network
  int planted = 12;        // short openings, over all
};

struct LogFile {
  std::string path;  // AWSLogs/…/…json
  std::string text;
};

/// A rule that was open for at most 30 minutes.
struct Planted {
  std::string group;
  std::string ports;  // `tcp/22`
  std::string peer;
  std::string opened_at;
  std::string closed_at;
  std::string actor;  // ARNs
  std::string closer;
  friend auto operator<=>(const Planted&, const Planted&) = default;
};

struct Generated {
  std::vector<LogFile> files;    // records in no strict order, some in two files, some late
  std::vector<Planted> planted;  // sorted
  std::size_t records = 0;       // each once
};

Generated generate(const Plan& plan);

}  // namespace portolan::trail
