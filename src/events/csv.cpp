#include "events/csv.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "core/text.h"
#include "events/json/value.h"

namespace portolan::events {

namespace {

/// Reads field by field; a line break outside of quotes ends a row.
class Csv {
 public:
  explicit Csv(std::string_view text) : text_(text) {}

  [[nodiscard]] bool is_at_end() const { return at_ >= text_.size(); }
  [[nodiscard]] std::optional<std::size_t> cut_off() const { return cut_off_; }

  std::vector<std::string> row() {
    std::vector<std::string> fields;
    bool goes_on = true;
    while (goes_on) {
      fields.push_back(field());
      goes_on = !is_at_end() && text_[at_] == ',';
      at_ += goes_on ? 1 : 0;
    }
    at_ = std::min(text_.size(), text_.find('\n', at_));
    at_ += is_at_end() ? 0 : 1;
    return fields;
  }

 private:
  std::string field() {
    if (is_at_end() || text_[at_] != '"') {
      const std::size_t end = std::min(text_.size(), text_.find_first_of(",\r\n", at_));
      const std::string_view plain = text_.substr(at_, end - at_);
      at_ = end;
      return std::string(plain);
    }
    const std::size_t begin = at_++;
    std::string value;
    while (true) {
      const std::size_t quote = text_.find('"', at_);
      if (quote == std::string_view::npos) {
        cut_off_ = begin;
        at_ = text_.size();
        return {};
      }
      value += text_.substr(at_, quote - at_);
      at_ = quote + 1;
      if (is_at_end() || text_[at_] != '"') {
        return value;
      }
      value += '"';
      ++at_;
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::optional<std::size_t> cut_off_;
};

void append_row(const std::vector<std::string>& header, const std::vector<std::string>& fields,
                std::string& out) {
  out += out.ends_with('[') ? "[" : ",\n[";
  std::string_view separator;
  for (std::size_t i = 0; i < std::min(header.size(), fields.size()); ++i) {
    if (!fields[i].empty() && fields[i] != "null") {
      out += separator;
      out += '{';
      append_json_string(header[i], out);
      out += ':';
      append_json_string(fields[i], out);
      out += '}';
      separator = ",";
    }
  }
  out += ']';
}

}  // namespace

std::optional<CsvRows> rows_of_csv(std::string_view text) {
  constexpr std::size_t kHeaderMax = 4096;  // of a text that is none, no more is looked at
  const std::string_view top = text.substr(0, kHeaderMax);
  const std::string_view line = top.substr(0, top.find('\n'));
  if (line.starts_with('{') || line.starts_with('[')) {
    return std::nullopt;
  }
  bool is_log = false;
  for (const std::string_view column : split(line, ',')) {
    const std::string_view name = trimmed(column);
    const bool is_quoted = name.size() > 1 && name.front() == '"' && name.back() == '"';
    const std::string_view bare = is_quoted ? name.substr(1, name.size() - 2) : name;
    is_log |= same_word(bare, "eventName") || same_word(bare, "eventJson");
  }
  if (!is_log) {
    return std::nullopt;
  }
  Csv csv(text);
  const std::vector<std::string> header = csv.row();
  CsvRows rows{.json = "{\"QueryResultRows\":["};
  while (!csv.is_at_end()) {
    const std::vector<std::string> fields = csv.row();
    const bool is_blank = fields.size() == 1 && fields.front().empty();
    if (!csv.cut_off() && !is_blank) {
      append_row(header, fields, rows.json);
    }
  }
  rows.json += "]}";
  rows.cut_off = csv.cut_off();
  return rows;
}

}  // namespace portolan::events
