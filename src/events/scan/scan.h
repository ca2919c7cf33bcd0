#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

/// Private to the module: the one pass over all bytes of a log.
namespace portolan::events {

/// How the bytes are looked at; the result is the same.
enum class ScanMethod : std::uint8_t {
  Fastest,  // what the processor can
  Plain,    // a byte at a time
};

/// A longer record is damage: CloudTrail cuts events at 256 KB (1 MB with all that wraps them).
inline constexpr std::size_t kRecordMax = std::size_t{4} << 20;

/// One element of a list.
struct RecordSpan {
  std::size_t begin = 0;   // of its first bracket
  std::size_t end = 0;     // past its last bracket
  std::size_t number = 0;  // in the list, from 0
  std::size_t mark = 0;    // inside of the name that made it a hit; otherwise `begin`
  friend bool operator==(const RecordSpan&, const RecordSpan&) = default;
};

struct ScanRequest {
  std::string_view text;
  std::size_t begin = 0;     // just past the `[`, or where a sequence of objects begins
  bool is_list = true;       // in brackets, commas between; otherwise objects one after the other
  bool wants_every = false;  // every element, not only those with the name of a listed call
  ScanMethod method = ScanMethod::Fastest;
};

enum class ScanStop : std::uint8_t {
  Closed,        // the `]` of the list, or one that closes nothing
  End,           // the end of the text, between elements
  Unterminated,  // the end of the text, inside of an element
  TooLong,       // an element is longer than `kRecordMax`
  Stray,         // an element that does not follow a comma, or a name between elements
};

struct Scan {
  std::vector<RecordSpan> hits;
  std::size_t records = 0;  // whole elements, hits or not
  ScanStop stop = ScanStop::End;
  std::size_t place = 0;  // Closed: past the bracket. End: the end. Otherwise where it went wrong
  std::size_t floor = 0;  // past the first bracket of the last element: up to here nothing is lost
  friend bool operator==(const Scan&, const Scan&) = default;
};

/// The elements that hold `"eventName":"X"` with a listed X, at any depth; nothing is parsed, so
/// each must be confirmed. A name that is written with escapes counts as listed, unless what stands
/// before them begins no listed name; a key that is (`"event\u004eame"`, as no writer does) is not
/// seen.
///
/// In text that is no JSON the spans mean nothing, but are the same for every method.
/// Cost: one pass, a few cycles for each 64 bytes.
Scan scan_records(const ScanRequest& request);

}  // namespace portolan::events
