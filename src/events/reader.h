#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/diagnostics.h"
#include "events/event.h"

namespace portolan::events {

struct ReadCounts {
  std::size_t records = 0;     // elements of lists, of whatever call
  std::size_t candidates = 0;  // of these, fully parsed because they name a listed call
  std::size_t foreign = 0;     // candidates of a service whose call of that name is not listed, or
                               // where the name stands elsewhere in the record
  std::size_t insights = 0;    // CloudTrail Insights events, which are passed over
  std::size_t digests = 0;     // digest files, which are passed over
  ReadCounts& operator+=(const ReadCounts& other);
  friend bool operator==(const ReadCounts&, const ReadCounts&) = default;
};

/// What logs said. Events are in the order of the files and of the records in them.
struct Readings {
  std::vector<Event> events;
  Diagnostics diagnostics;
  ReadCounts counts;
};

struct ReadOptions {
  bool is_plain = false;  // without the processor's vector instructions: slower, the same result
};

/// Reads CloudTrail logs for the calls that can change a network.
///
/// Example:
///     events::TrailReader reader;
///     events::Readings readings;
///     reader.read(bytes, "…/123456789012_CloudTrail_eu-west-1_20260503T1405Z_x.json.gz",
///     readings);
///
/// Understood, one or several after the other in one text, in any layout of JSON:
/// - what CloudTrail delivers to S3: `{"Records": […]}`; digest and Insights files are recognised;
/// - `aws cloudtrail lookup-events`: `{"Events": [{"CloudTrailEvent": "…"}]}`;
/// - records one after the other (NDJSON) or in one array;
/// - EventBridge envelopes, whose `detail` is the record;
/// - CloudTrail Lake: `get-query-results` (`QueryResultRows`), with the columns of a record or with
///   `eventJson`; structs and maps as JSON text; and its results as CSV with a header.
/// SOURCE: CloudTrail user guide, "CloudTrail log file examples", "CloudTrail record contents".
///
/// Damage is reported with file, place and cause, and the rest is read: after a bad record reading
/// goes on at the next thing that looks like one. What is not of interest is not checked.
/// Diagnostics: `bad_record` (text that is no JSON, or lacks the time), `cut_off`,
/// `record_too_long` (beyond 4 MiB), `too_damaged` (the reader gave up), `not_cloudtrail`, and
/// those of single parts: `rule_not_understood`, `lake_value_not_understood`.
///
/// A reader keeps buffers between calls: one for each thread. Cost: one pass over the bytes, and a
/// full parse of the records that matter. Memory: a few times the longest record, and the events.
class TrailReader {
 public:
  explicit TrailReader(const ReadOptions& options = {});
  TrailReader(TrailReader&&) noexcept;
  TrailReader& operator=(TrailReader&&) noexcept;
  ~TrailReader();

  /// Adds what `bytes`, unpacked already, say. `file` is for diagnostics only.
  void read(std::string_view bytes, const std::string& file, Readings& out);

 private:
  struct State;  // hides simdjson
  std::unique_ptr<State> state_;
};

}  // namespace portolan::events
