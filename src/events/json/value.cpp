#include "events/json/value.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

namespace portolan::events {

namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// Beyond this not every whole number is a double.
constexpr double kExactMax = 9007199254740992.0;

std::string text_of(double number) {
  const bool is_whole = std::abs(number) <= kExactMax && std::trunc(number) == number;
  return is_whole ? std::to_string(static_cast<std::int64_t>(number)) : fmt::format("{}", number);
}

std::optional<std::int64_t> parse_number(std::string_view text) {
  std::int64_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  return error == std::errc{} && stop == end && !text.empty() ? std::optional(number)
                                                              : std::nullopt;
}

}  // namespace

bool same_letters(std::string_view a, std::string_view b) {
  for (std::size_t i = a.size(); i > 0; --i) {
    if (a[i - 1] != b[i - 1] && lower(a[i - 1]) != lower(b[i - 1])) {
      return false;
    }
  }
  return true;
}

Value Value::operator[](std::string_view key) const {
  if (is_object()) {
    const simdjson::dom::object object = element_->get_object().value_unsafe();
    for (auto field = object.begin(); field != object.end(); ++field) {
      if (field.key_length() == key.size() && same_word(field.key(), key)) {
        return Value(field.value());
      }
    }
  }
  return {};
}

std::string Value::text() const {
  if (!exists()) {
    return {};
  }
  using Type = simdjson::dom::element_type;
  switch (element_->type()) {
    case Type::STRING:
      return std::string(element_->get_string().value_unsafe());
    case Type::INT64:
      return std::to_string(element_->get_int64().value_unsafe());
    case Type::UINT64:
      return std::to_string(element_->get_uint64().value_unsafe());
    case Type::DOUBLE:
      return text_of(element_->get_double().value_unsafe());
    case Type::BOOL:
      return element_->get_bool().value_unsafe() ? "true" : "false";
    case Type::OBJECT:
      for (const std::string_view key : {"content", "value"}) {
        if (const Value inner = (*this)[key]; inner.exists() && !inner.is_object()) {
          return inner.text();
        }
      }
      return {};
    case Type::ARRAY:
    case Type::NULL_VALUE:
      return {};
  }
  return {};
}

std::optional<std::int64_t> Value::number() const {
  return is_string() ? parse_number(view()) : parse_number(text());
}

std::optional<bool> Value::flag() const {
  const std::string word = text();
  if (same_word(word, "true") || same_word(word, "false")) {
    return same_word(word, "true");
  }
  return std::nullopt;
}

Value Value::inner_list() const {
  if (!exists() || (element_->is_string() && element_->get_string().value_unsafe().empty())) {
    return {};
  }
  if (!is_object()) {
    return *this;
  }
  if (element_->get_object().value_unsafe().size() == 0) {
    return {};
  }
  for (const std::string_view key : {"items", "item"}) {
    if (const Value items = (*this)[key]; items.element_) {
      return items.inner_list();
    }
  }
  return *this;
}

Value Value::unwrapped() const {
  Value inner;
  int capitals = 0;
  members([&](std::string_view key, const Value& value) {
    if (!key.empty() && key.front() >= 'A' && key.front() <= 'Z') {
      ++capitals;
      inner = value;
    }
  });
  return capitals == 1 && inner.is_object() ? inner : *this;
}

void append_json_string(std::string_view text, std::string& out) {
  out += '"';
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    } else {
      out += c;
    }
  }
  out += '"';
}

}  // namespace portolan::events
