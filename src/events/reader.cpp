#include "events/reader.h"

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "core/text.h"
#include "events/container.h"
#include "events/csv.h"
#include "events/decode/decode.h"
#include "events/json/parser.h"
#include "events/lake.h"
#include "events/record.h"
#include "events/recorded.h"
#include "events/scan/scan.h"

namespace portolan::events {

namespace {

/// So often reading starts anew after damage in one text: bounds the work on hostile input.
constexpr std::size_t kRestartsMax = 256;
constexpr std::string_view kRecordStart = "{\"eventVersion\"";
constexpr std::string_view kLineStart = "\n{";

/// Where something stands, for diagnostics: as text only when there is one.
struct Place {
  std::size_t offset = 0;
  std::string_view list = {};
  std::optional<std::size_t> number = {};  // in the list

  [[nodiscard]] std::string pointer() const {
    return number ? fmt::format("{}/{}", list, *number) : std::string(list);
  }
};

/// Damage that reading has to get around.
struct Damage {
  std::size_t floor = 0;  // before this nothing is lost
  std::size_t mark = 0;   // in the first thing that is
};

/// One text that is being read.
class Reading {
 public:
  Reading(std::string_view text, const std::string& file, const ReadOptions& options,
          Parser& parser, Parser& inner, Readings& out)
      : text_(text), file_(file), options_(options), parser_(parser), inner_(inner), out_(out) {}

  /// The text of each event is put there as well.
  void keep_texts(std::vector<std::string>& texts) { texts_ = &texts; }

  void run() {
    constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
    std::size_t at = text_.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
    if (const auto rows = rows_of_csv(text_.substr(at))) {
      if (rows->cut_off) {
        problem(Severity::Error, "cut_off", {.offset = *rows->cut_off},
                "the quoted field has no end: the file is cut off");
      }
      Reading unpacked(rows->json, file_, options_, parser_, inner_, out_);
      unpacked.texts_ = texts_;
      return unpacked.run();
    }
    while (at < text_.size()) {
      at = read_container(find_container(text_, at));
    }
  }

 private:
  /// The place where reading goes on.
  std::size_t read_container(const Container& container) {
    switch (container.kind) {
      case ContainerKind::Records:
      case ContainerKind::Lookup:
      case ContainerKind::LakeRows:
      case ContainerKind::Array:
      case ContainerKind::Sequence:
        return read_list(container);
      case ContainerKind::Digest:
        ++out_.counts.digests;
        return skip_value(text_, container.begin);
      case ContainerKind::Unknown: {
        const std::size_t end = skip_value(text_, container.begin);
        problem(Severity::Warning, "not_cloudtrail", {.offset = container.begin},
                "the object is no CloudTrail log: it has none of `Records`, `Events`, "
                "`QueryResultRows`, `detail` and `eventVersion`");
        return end;
      }
      case ContainerKind::NoJson:
        problem(Severity::Error, "not_cloudtrail", {.offset = container.begin},
                "what stands here is no CloudTrail log: it is neither an object nor a list");
        return text_.size();
      case ContainerKind::Empty:
        return text_.size();
    }
    return text_.size();
  }

  std::size_t read_list(const Container& container) {
    ScanRequest request{.text = text_,
                        .begin = container.begin,
                        .is_list = container.kind != ContainerKind::Sequence,
                        .wants_every = container.kind == ContainerKind::Lookup ||
                                       container.kind == ContainerKind::LakeRows,
                        .method = options_.is_plain ? ScanMethod::Plain : ScanMethod::Fastest};
    for (std::size_t restarts = 0; restarts <= kRestartsMax; ++restarts) {
      const Scan scan = scan_records(request);
      std::optional<Damage> damage = take_hits(scan, container.kind, restarts == 0);
      if (!damage) {
        out_.counts.records += scan.records;
        const std::size_t next = end_of_list(scan, container.kind);
        if (next != std::string_view::npos) {
          return next;
        }
        damage = {.floor = scan.floor, .mark = scan.place};
      }
      request.begin = restart_after(*damage, container.kind);
      if (request.begin == std::string_view::npos) {
        return text_.size();
      }
    }
    problem(Severity::Error, "too_damaged", {.offset = request.begin},
            fmt::format("reading stopped after {} damaged places", kRestartsMax));
    return text_.size();
  }

  /// The first bad record among the hits.
  std::optional<Damage> take_hits(const Scan& scan, ContainerKind kind, bool is_numbered) {
    reserve(scan.hits.size());
    for (const RecordSpan& hit : scan.hits) {
      const std::string_view record = text_.substr(hit.begin, hit.end - hit.begin);
      place_ = {.offset = hit.begin,
                .list = pointer_of(kind),
                .number = is_numbered ? std::optional(hit.number) : std::nullopt};
      ++out_.counts.candidates;
      const auto value = parser_.parse(record, text_);
      if (!value) {
        problem(Severity::Error, "bad_record", place_,
                "the record is no JSON: " + value.error().message);
        out_.counts.records += hit.number;
        return Damage{.floor = hit.begin + 1, .mark = hit.mark};
      }
      take(*value, record);
    }
    return std::nullopt;
  }

  /// Events are big, so that it pays not to move them again and again; doubled at least, as files
  /// are many.
  void reserve(std::size_t more) {
    std::vector<Event>& events = out_.events;
    if (const std::size_t size = events.size() + more; size > events.capacity()) {
      events.reserve(std::max(size, 2 * events.capacity()));
    }
  }

  /// Where the text goes on after a list; npos if it did not end well, which is reported.
  std::size_t end_of_list(const Scan& scan, ContainerKind kind) {
    const Place place{.offset = scan.place, .list = pointer_of(kind)};
    switch (scan.stop) {
      case ScanStop::Closed: {
        const bool is_list = kind != ContainerKind::Sequence;
        const std::size_t next =
            is_list ? skip_rest(text_, scan.place, kind) : std::string_view::npos;
        if (next == std::string_view::npos) {
          problem(Severity::Error, "bad_record", place, "a bracket closes what was not opened");
        }
        return next;
      }
      case ScanStop::End:
        if (kind != ContainerKind::Sequence) {
          problem(Severity::Error, "cut_off", place, "the list has no end: the file is cut off");
        }
        return text_.size();
      case ScanStop::Unterminated:
        problem(Severity::Error, "cut_off", place, "the record has no end: the file is cut off");
        return std::string_view::npos;
      case ScanStop::TooLong:
        problem(Severity::Error, "record_too_long", place,
                fmt::format("the record is longer than {} bytes", kRecordMax));
        return std::string_view::npos;
      case ScanStop::Stray:
        problem(Severity::Error, "bad_record", place, "the record does not follow a comma");
        return std::string_view::npos;
    }
    return std::string_view::npos;
  }

  /// The place, not before the floor, that looks like the beginning of the record around the mark;
  /// otherwise the next one. It is inside of no string, as the quotes in strings are escaped.
  [[nodiscard]] std::size_t restart_after(const Damage& damage, ContainerKind kind) const {
    const bool is_one_line = kind == ContainerKind::Records || kind == ContainerKind::Array;
    const std::string_view start = is_one_line ? kRecordStart : kLineStart;
    const std::size_t around = text_.rfind(start, damage.mark);
    const bool is_new = around != std::string_view::npos && around >= damage.floor;
    const std::size_t found = is_new ? around : text_.find(start, damage.floor);
    return found == std::string_view::npos ? found : found + start.find('{');
  }

  /// Reads an element, whatever kind of document or record it is.
  void take(const Value& value, std::string_view text, int depth = 0) {
    constexpr int kDepthMax = 4;
    if (depth > kDepthMax) {
      return;
    }
    const Record record(value);
    if (record.source.exists() && record.name.exists() && !is_row(record)) {
      take_record(record, text);
    } else if (record.lookup_text.is_string()) {
      take_text(record.lookup_text.text());
    } else {
      take_wrapped(value, text, depth);
    }
  }

  /// True for what only names a record: an entry of lookup-events, or a row of a query, whose
  /// structs are texts.
  static bool is_row(const Record& record) {
    return !record.identity.is_object() &&
           (record.identity.is_string() || record.request.is_string() ||
            record.json_column.is_string() || record.lookup_text.is_string());
  }

  void take_wrapped(const Value& value, std::string_view text, int depth) {
    bool is_wrapped = false;
    for (const std::string_view key : {"detail", "Records", "Events", "QueryResultRows"}) {
      const Value inner = value[key];
      is_wrapped |= inner.exists();
      inner.each([&](const Value& each) { take(each, text, depth + 1); });
    }
    if (is_wrapped) {
      return;
    }
    if (const auto record = record_of_row(value, inner_)) {
      if (record->is_lossy) {
        problem(Severity::Warning, "lake_value_not_understood", place_,
                "a column is no JSON: query the column `eventJson` instead");
      }
      return take_text(record->text);
    }
    const bool is_insight = value["insightDetails"].exists();
    ++(is_insight ? out_.counts.insights : out_.counts.foreign);
  }

  /// A record that stood in a string.
  void take_text(const std::string& text) {
    const auto value = inner_.parse(text);
    if (!value) {
      problem(Severity::Error, "bad_record", place_,
              "the text of the record is no JSON: " + value.error().message);
      return;
    }
    take_record(Record(*value), text);
  }

  void take_record(const Record& record, std::string_view text) {
    const auto event_class = class_of(record.source.view(), record.name.view());
    if (!event_class) {
      const bool is_insight = record.insight.exists();
      ++(is_insight ? out_.counts.insights : out_.counts.foreign);
      return;
    }
    Event& event = out_.events.emplace_back();
    if (const auto read = read_event(record, *event_class, text, event); !read) {
      problem(Severity::Error, "bad_record", place_, read.error().message);
      out_.events.pop_back();
      return;
    }
    for (const std::string& fault : decode(record, event)) {
      problem(Severity::Error, "rule_not_understood", place_, fault);
    }
    if (texts_ != nullptr) {
      texts_->emplace_back(text);
    }
  }

  void problem(Severity severity, std::string_view code, const Place& place, std::string message) {
    if (!place.number || place.list.empty()) {
      message += fmt::format(", at byte {}", place.offset);
    }
    out_.diagnostics.add({.severity = severity,
                          .code = std::string(code),
                          .message = std::move(message),
                          .file = file_,
                          .pointer = place.pointer(),
                          .resource = {}});
  }

  std::string_view text_;
  const std::string& file_;
  const ReadOptions& options_;
  Parser& parser_;
  Parser& inner_;  // for JSON in strings of what the other parsed
  Readings& out_;
  std::vector<std::string>* texts_ = nullptr;
  Place place_;
};

}  // namespace

struct TrailReader::State {
  ReadOptions options;
  Parser parser;
  Parser inner;
};

TrailReader::TrailReader(const ReadOptions& options) : state_(std::make_unique<State>()) {
  state_->options = options;
}
TrailReader::TrailReader(TrailReader&&) noexcept = default;
TrailReader& TrailReader::operator=(TrailReader&&) noexcept = default;
TrailReader::~TrailReader() = default;

void TrailReader::read(std::string_view bytes, const std::string& file, Readings& out) {
  Reading(bytes, file, state_->options, state_->parser, state_->inner, out).run();
}

void read_recorded(std::string_view bytes, const std::string& file, RecordedReadings& out) {
  Parser parser;
  Parser inner;
  Readings readings;
  std::vector<std::string> texts;
  const ReadOptions options;
  Reading reading(bytes, file, options, parser, inner, readings);
  reading.keep_texts(texts);
  reading.run();
  for (std::size_t i = 0; i < texts.size(); ++i) {
    out.events.push_back({.event = std::move(readings.events[i]), .text = std::move(texts[i])});
  }
  out.diagnostics.append(readings.diagnostics);
  out.counts += readings.counts;
}

ReadCounts& ReadCounts::operator+=(const ReadCounts& other) {
  records += other.records;
  candidates += other.candidates;
  foreign += other.foreign;
  insights += other.insights;
  digests += other.digests;
  return *this;
}

}  // namespace portolan::events
