#include "collect/aws/answer_json.h"

#include <cmath>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "collect/aws/shapes.h"
#include "core/time.h"

namespace portolan::collect::aws {

namespace {

namespace json = boost::json;

/// Deeper than any answer of AWS.
constexpr std::size_t kDepthMax = 64;

void to_cli_form(std::string_view service, std::string_view type, json::value& value);

/// Members get the names of the API, which a few services spell another way in their answers;
/// `null` is no member.
void to_cli_form(std::string_view service, const Shape& shape, json::object& object) {
  json::object renamed;
  for (auto& member : object) {
    if (member.value().is_null()) {
      continue;
    }
    const ShapeMember* known = shape.by_wire(member.key());
    if (known != nullptr) {
      to_cli_form(service, known->type, member.value());
    }
    renamed[known == nullptr ? std::string_view(member.key()) : known->name] =
        std::move(member.value());
  }
  object = std::move(renamed);
}

/// JSON services tell times as seconds since 1970, or as text.
void to_cli_form(std::string_view service, std::string_view type, json::value& value) {
  if (type == "t" && value.is_number()) {
    static constexpr double kMicro = 1e6;
    const auto micros = static_cast<std::int64_t>(std::llround(value.to_number<double>() * kMicro));
    const auto whole = static_cast<std::int64_t>(std::floor(static_cast<double>(micros) / kMicro));
    std::string text = Time::from_seconds(whole).text();
    text.insert(text.size() - 1, fmt::format(".{:06}", micros - whole * 1'000'000));
    value = cli_time(text);
  } else if (type == "t" && value.is_string()) {
    value = cli_time(value.get_string());
  } else if (type.starts_with('{') && value.is_object()) {
    to_cli_form(service, shape_of(service, type.substr(1)), value.get_object());
  } else if (type.starts_with('[') && value.is_array()) {
    const ListType list = list_type(type);
    for (json::value& each : value.get_array()) {
      to_cli_form(service, list.type, each);
    }
  }
}

Result<json::object> plain_answer(const Call& call, std::string_view bytes) {
  json::error_code error;
  json::parse_options options;
  options.max_depth = kDepthMax;
  json::value value = json::parse(bytes.empty() ? "{}" : bytes, error, {}, options);
  if (error || !value.is_object()) {
    return fail("bad_answer", "the answer is no whole JSON object");
  }
  to_cli_form(call.service, shape_of(call.service, fmt::format("{}()", call.action)),
              value.get_object());
  return std::move(value.get_object());
}

}  // namespace

std::string cli_time(std::string_view text) {
  if (!text.ends_with('Z')) {
    return std::string(text);
  }
  text.remove_suffix(1);
  const std::size_t point = text.find('.');
  std::string fraction(point == std::string_view::npos ? "" : text.substr(point + 1));
  fraction.resize(fraction.empty() ? 0 : 6, '0');
  const bool is_whole = fraction.find_first_not_of('0') == std::string::npos;
  return fmt::format("{}{}+00:00", text.substr(0, point), is_whole ? "" : "." + fraction);
}

Result<json::object> answer_json(const Call& call, std::string_view bytes) {
  const Protocol protocol = find_service(call.service)->protocol;
  if (protocol == Protocol::Ec2 || protocol == Protocol::Query) {
    return xml_answer(call.service, call.action, protocol, bytes);
  }
  return plain_answer(call, bytes);
}

}  // namespace portolan::collect::aws
