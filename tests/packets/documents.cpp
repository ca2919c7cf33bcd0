#include "tests/packets/documents.h"

#include <charconv>

namespace portolan::packets {

namespace {

/// `pl-0123…` in the name of the file: the answer about a list's entries does not say whose they
/// are.
std::string prefix_list_in(std::string_view path) {
  const std::size_t start = path.rfind("pl-");
  if (start == std::string_view::npos) {
    return {};
  }
  const std::string_view rest = path.substr(start);
  return std::string(rest.substr(0, rest.find('.')));
}

}  // namespace

Documents::Documents(const std::vector<collect::Document>& documents) {
  for (const collect::Document& document : documents) {
    const json::value value = json::parse(document.bytes);
    const auto* answer = value.if_object();
    if (answer == nullptr) {
      continue;
    }
    for (const auto& [member, content] : *answer) {
      add(member, content);
    }
    for (const json::object& entry : list(*answer, "Entries")) {
      prefix_lists_[prefix_list_in(document.path)].push_back(text(entry, "Cidr"));
    }
  }
}

void Documents::add(std::string_view member, const json::value& value) {
  if (!value.is_array()) {
    return;
  }
  for (const json::value& row : value.get_array()) {
    if (!row.is_object()) {
      continue;
    }
    if (member == "Reservations") {
      add("Instances", row.get_object().at("Instances"));
    } else {
      rows_[std::string(member)].push_back(row.get_object());
    }
  }
}

const std::vector<json::object>& Documents::rows(std::string_view member) const {
  static const std::vector<json::object> kNone;
  const auto found = rows_.find(member);
  return found == rows_.end() ? kNone : found->second;
}

std::vector<std::string> Documents::prefix_list(std::string_view id) const {
  const auto found = prefix_lists_.find(id);
  return found == prefix_lists_.end() ? std::vector<std::string>{} : found->second;
}

const json::object* Documents::find(std::string_view member, std::string_view key,
                                    std::string_view id) const {
  for (const json::object& row : rows(member)) {
    if (text(row, key) == id) {
      return &row;
    }
  }
  return nullptr;
}

std::string text(const json::object& row, std::string_view member) {
  const json::value* value = row.if_contains(member);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

std::optional<std::int64_t> number(const json::object& row, std::string_view member) {
  const json::value* value = row.if_contains(member);
  if (value == nullptr) {
    return std::nullopt;
  }
  if (value->is_string()) {
    const std::string digits(value->get_string());
    std::int64_t result = 0;
    const auto end = std::from_chars(digits.data(), digits.data() + digits.size(), result);
    return end.ec == std::errc{} ? std::optional(result) : std::nullopt;
  }
  if (value->is_uint64()) {
    return static_cast<std::int64_t>(value->get_uint64());
  }
  return value->is_int64() ? std::optional(value->get_int64()) : std::nullopt;
}

std::vector<json::object> list(const json::object& row, std::string_view member) {
  std::vector<json::object> result;
  const json::value* value = row.if_contains(member);
  if (value == nullptr || !value->is_array()) {
    return result;
  }
  for (const json::value& each : value->get_array()) {
    if (each.is_object()) {
      result.push_back(each.get_object());
    }
  }
  return result;
}

json::object part(const json::object& row, std::string_view member) {
  const json::value* value = row.if_contains(member);
  return value != nullptr && value->is_object() ? value->get_object() : json::object();
}

bool is_true(const json::object& row, std::string_view member) {
  const json::value* value = row.if_contains(member);
  return value != nullptr && value->is_bool() && value->get_bool();
}

}  // namespace portolan::packets
