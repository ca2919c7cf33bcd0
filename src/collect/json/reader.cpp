#include "collect/json/reader.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include <fmt/format.h>

#include "collect/json/unescape.h"

namespace portolan::collect {

namespace {

constexpr std::string_view kNotAValue = "}],:";

/// What stands at a token, for people.
std::string_view name_of_kind(char kind) {
  switch (kind) {
    case '{':
      return "an object";
    case '[':
      return "an array";
    case '"':
      return "a string";
    case 't':
    case 'f':
      return "a boolean";
    case 'n':
      return "null";
    default:
      return "a number";
  }
}

}  // namespace

void Reader::problem(std::string_view code, std::string message, std::size_t offset,
                     std::string_view resource, Severity severity) {
  problems_->add({.severity = severity,
                  .code = code,
                  .message = std::move(message),
                  .offset = offset,
                  .resource = std::string(resource)});
}

void Reader::missing_id(std::size_t place) {
  if (ok()) {
    problem("missing_id", "a resource without its id is left out", place);
  }
}

Problems& Reader::redirect(Problems& problems) { return *std::exchange(problems_, &problems); }

bool Reader::is_null() {
  if (tokens_.kind() == 'n' && tokens_.raw() == "null") {
    tokens_.next();
    return true;
  }
  return false;
}

void Reader::wrong_type(std::string_view expected) {
  if (!ok() || is_null()) {
    return;
  }
  if (tokens_.kind() != '\0' && kNotAValue.find(tokens_.kind()) == std::string_view::npos) {
    problem("wrong_type",
            fmt::format("expected {}, found {}", expected, name_of_kind(tokens_.kind())), offset());
  }
  skip();
}

bool Reader::open(char bracket, std::string_view expected) {
  if (tokens_.kind() != bracket) {
    wrong_type(expected);
    return false;
  }
  if (++depth_ > kDepthMax) {
    tokens_.fail("too_deep", "the document nests deeper than anything that AWS prints");
    return false;
  }
  tokens_.next();
  return true;
}

/// After a member or element: true if another one follows.
bool Reader::separator(char bracket) {
  const char kind = tokens_.kind();
  if (kind == ',') {
    tokens_.next();
    return true;
  }
  if (kind == '\0') {
    tokens_.fail("truncated_json", "the document ends before its brackets are closed");
  } else if (kind != bracket) {
    tokens_.fail("not_json", "a comma or a closing bracket is missing");
  }
  return false;
}

void Reader::close() {
  if (ok()) {
    tokens_.next();
    --depth_;
  }
}

std::string_view Reader::member_key() {
  if (tokens_.kind() != '"') {
    if (tokens_.kind() == '\0') {
      tokens_.fail("truncated_json", "the document ends before its brackets are closed");
    } else {
      tokens_.fail("not_json", "the name of a member is missing");
    }
    return {};
  }
  const std::string_view key = unescaped(tokens_.raw(), key_scratch_);
  tokens_.next();
  if (tokens_.kind() != ':') {
    if (tokens_.kind() == '\0') {
      tokens_.fail("truncated_json", "the document ends before its brackets are closed");
    } else {
      tokens_.fail("not_json", "a colon is missing after the name of a member");
    }
    return {};
  }
  tokens_.next();
  return key;
}

std::string_view Reader::unescaped(std::string_view raw, std::string& scratch) {
  if (raw.size() < 2 || raw.back() != '"') {
    tokens_.fail("not_json", "something other than a comma or a bracket follows a string");
    return {};
  }
  const std::string_view body = raw.substr(1, raw.size() - 2);
  if (tokens_.is_plain() || body.find('\\') == std::string_view::npos) {
    return body;
  }
  if (!unescape(body, scratch)) {
    problem("bad_string", "a string has an escape that JSON does not know", offset());
    return {};
  }
  return scratch;
}

bool Reader::is_scalar() const {
  switch (tokens_.kind()) {
    case 't':
      return tokens_.raw() == "true";
    case 'f':
      return tokens_.raw() == "false";
    case 'n':
      return tokens_.raw() == "null";
    case '"':
    case '-':
      return true;
    default:
      return tokens_.kind() >= '0' && tokens_.kind() <= '9';
  }
}

void Reader::skip() {
  int depth = depth_;
  do {
    switch (tokens_.kind()) {
      case '{':
      case '[':
        if (++depth > kDepthMax) {
          tokens_.fail("too_deep", "the document nests deeper than anything that AWS prints");
          return;
        }
        break;
      case '}':
      case ']':
        if (--depth < depth_) {
          tokens_.fail("not_json", "a value is missing");
          return;
        }
        break;
      case '\0':
        tokens_.fail("truncated_json", "the document ends before its brackets are closed");
        return;
      case ',':
      case ':':
        if (depth == depth_) {
          tokens_.fail("not_json", "a value is missing");
          return;
        }
        break;
      default:
        if (!is_scalar()) {
          tokens_.fail("not_json", "a word stands where a value belongs");
          return;
        }
        break;
    }
    tokens_.next();
  } while (depth > depth_);
}

std::optional<std::string_view> Reader::string() {
  if (tokens_.kind() != '"') {
    wrong_type("a string");
    return std::nullopt;
  }
  const std::string_view value = unescaped(tokens_.raw(), scratch_);
  if (!ok()) {
    return std::nullopt;
  }
  tokens_.next();
  return value;
}

std::optional<std::int64_t> Reader::integer() {
  const char kind = tokens_.kind();
  if (kind != '-' && (kind < '0' || kind > '9')) {
    wrong_type("a number");
    return std::nullopt;
  }
  const std::string_view token = tokens_.raw();
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(token.data(), token.data() + token.size(), value);
  if (error != std::errc{} || end != token.data() + token.size()) {
    problem("wrong_type", "expected a whole number", offset());
    tokens_.next();
    return std::nullopt;
  }
  tokens_.next();
  return value;
}

std::optional<bool> Reader::boolean() {
  const bool is_true = tokens_.kind() == 't';
  if (!(is_true || tokens_.kind() == 'f') || !is_scalar()) {
    wrong_type("a boolean");
    return std::nullopt;
  }
  tokens_.next();
  return is_true;
}

void Reader::read(std::string& value) {
  if (const auto text = string()) {
    value.assign(*text);
  }
}

void Reader::read(bool& value) {
  if (const auto flag = boolean()) {
    value = *flag;
  }
}

void Reader::read(std::optional<int>& value) {
  const std::size_t place = offset();
  const auto number = integer();
  if (!number) {
    return;
  }
  if (!std::in_range<int>(*number)) {
    problem("bad_number", fmt::format("{} is out of range", *number), place);
    return;
  }
  value = static_cast<int>(*number);
}

void Reader::read(int& value) {
  std::optional<int> number;
  read(number);
  value = number.value_or(value);
}

void Reader::read(AccountId& value) {
  const auto text = string();
  if (text && *text != value.text()) {
    value = AccountId::parse(*text).value_or(AccountId{});
  }
}

void Reader::read(Region& value) {
  const auto text = string();
  if (text && *text != value.text()) {
    value = Region::parse(*text).value_or(Region{});
  }
}

void Reader::read(std::optional<IpAddress>& value) {
  const std::size_t place = offset();
  const auto text = string();
  if (!text || text->empty()) {
    return;
  }
  const auto address = IpAddress::parse(*text);
  if (!address) {
    problem("bad_address", fmt::format("`{}` is not an address", *text), place);
    return;
  }
  value = *address;
}

void Reader::read(IpAddress& value) {
  std::optional<IpAddress> address;
  read(address);
  value = address.value_or(value);
}

std::optional<IpPrefix> Reader::prefix() {
  const std::size_t place = offset();
  const auto text = string();
  if (!text || text->empty()) {
    return std::nullopt;
  }
  const auto prefix = IpPrefix::parse(*text);
  if (!prefix) {
    problem("bad_prefix", fmt::format("`{}` is not an address block", *text), place);
    return std::nullopt;
  }
  return *prefix;
}

void Reader::read(std::vector<std::string>& values) {
  array([&] {
    if (const auto text = string()) {
      values.emplace_back(*text);
    }
  });
}

void Reader::read(std::vector<IpPrefix>& values) {
  array([&] {
    if (const auto value = prefix()) {
      values.push_back(*value);
    }
  });
}

void Reader::read(std::vector<Tag>& values) {
  objects([&] {
    Tag tag;
    object([&](std::string_view key) {
      if (key == "Key") {
        read(tag.key);
      } else if (key == "Value") {
        read(tag.value);
      } else {
        skip();
      }
    });
    values.push_back(std::move(tag));
  });
  std::sort(values.begin(), values.end());
}

}  // namespace portolan::collect
