#include "events/lake.h"

#include <map>

namespace portolan::events {

namespace {

/// Columns that are structs, maps or lists; in another one an opening brace is just a character.
bool is_nested(std::string_view column) {
  for (const std::string_view each : {"userIdentity", "requestParameters", "responseElements",
                                      "additionalEventData", "addendum", "resources"}) {
    if (same_word(column, each)) {
      return true;
    }
  }
  return false;
}

bool looks_nested(std::string_view text) { return text.starts_with('{') || text.starts_with('['); }

/// The text of a struct or map with the JSON texts in its values put in place.
class Unfolding {
 public:
  Unfolding(Parser& parser, LakeRecord& out) : parser_(parser), out_(out) {}

  void append(std::string_view text, int levels) {
    const auto value = looks_nested(text) ? parser_.parse(text) : fail("bad_json", {});
    if (!value) {
      out_.is_lossy |= looks_nested(text);
      append_json_string(text, out_.text);
      return;
    }
    std::map<std::string, std::string> folded;  // the parser's buffers are used again below
    if (levels > 0 && value->is_object()) {
      value->members([&](std::string_view key, const Value& member) {
        if (member.is_string() && looks_nested(member.text())) {
          folded.emplace(key, member.text());
        }
      });
    }
    if (folded.empty()) {
      out_.text += text;
      return;
    }
    append_members(*value, folded, levels);
  }

 private:
  void append_members(const Value& value, const std::map<std::string, std::string>& folded,
                      int levels) {
    std::map<std::string, std::string> plain;
    value.members([&](std::string_view key, const Value& member) {
      if (!folded.contains(std::string(key))) {
        plain.emplace(key, member.text());
      }
    });
    out_.text += '{';
    for (const auto& [key, text] : plain) {
      append_key(key);
      append_json_string(text, out_.text);
    }
    for (const auto& [key, text] : folded) {
      append_key(key);
      append(text, levels - 1);
    }
    out_.text += '}';
  }

  void append_key(std::string_view key) {
    out_.text += out_.text.ends_with('{') ? "" : ",";
    append_json_string(key, out_.text);
    out_.text += ':';
  }

  Parser& parser_;
  LakeRecord& out_;
};

}  // namespace

std::optional<LakeRecord> record_of_row(const Value& row, Parser& parser) {
  std::map<std::string, std::string> columns;
  row.each([&](const Value& part) {
    part.members([&](std::string_view name, const Value& value) {
      if (value.exists()) {
        columns.emplace(name, value.text());
      }
    });
  });
  LakeRecord record;
  bool has_name = false;
  for (const auto& [name, text] : columns) {
    if (same_word(name, "eventJson")) {
      record.text = text;
      return record;
    }
    has_name |= same_word(name, "eventName");
  }
  if (!has_name) {
    return std::nullopt;
  }
  constexpr int kLevels = 2;  // a map in a column, JSON in its values
  record.text.push_back('{');
  for (const auto& [name, text] : columns) {
    record.text += record.text.size() > 1 ? "," : "";
    append_json_string(name, record.text);
    record.text += ':';
    if (is_nested(name)) {
      Unfolding(parser, record).append(text, kLevels);
    } else {
      append_json_string(text, record.text);
    }
  }
  record.text += '}';
  return record;
}

}  // namespace portolan::events
