#include <charconv>
#include <cstring>
#include <pugixml.hpp>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "collect/aws/answer_json.h"
#include "collect/aws/percent.h"
#include "collect/aws/shapes.h"

namespace portolan::collect::aws {

namespace {

namespace json = boost::json;

/// Deeper than any answer of AWS; pugixml itself walks without recursion.
constexpr int kDepthMax = 64;

/// True for an element that holds text alone.
bool is_leaf(const pugi::xml_node& node) {
  for (const pugi::xml_node child : node.children()) {
    if (child.type() == pugi::node_element) {
      return false;
    }
  }
  return true;
}

/// A number as JSON writes it; as text if it is none.
template <class Number>
json::value number(std::string_view text) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) {
    return json::value(text);
  }
  return value;
}

/// A policy inside of an answer of IAM: JSON, percent-encoded.
json::value policy(std::string_view text) {
  json::error_code error;
  json::value value = json::parse(percent_decoded(text), error);
  return error ? json::value(text) : std::move(value);
}

/// Turns the elements of one answer into values, by the shapes of its service.
class Converter {
 public:
  explicit Converter(std::string_view service) : service_(service) {}

  json::object structure(const pugi::xml_node& node, const Shape& shape, int depth) {
    json::object object;
    for (const pugi::xml_node child : node.children()) {
      if (child.type() != pugi::node_element) {
        continue;
      }
      if (const ShapeMember* member = shape.by_wire(child.name())) {
        add(object, *member, child, depth);
      } else {
        object[capital(child.name())] = guess(child, depth + 1);
      }
    }
    return object;
  }

  [[nodiscard]] bool is_too_deep() const { return is_too_deep_; }

 private:
  void add(json::object& object, const ShapeMember& member, const pugi::xml_node& node, int depth) {
    if (member.type.starts_with('[') && list_type(member.type).is_flat) {
      json::value& list = object[member.name];
      if (!list.is_array()) {
        list.emplace_array();
      }
      list.get_array().push_back(value(node, list_type(member.type).type, depth + 1));
    } else {
      object[member.name] = value(node, member.type, depth + 1);
    }
  }

  json::value value(const pugi::xml_node& node, std::string_view type, int depth) {
    if (depth > kDepthMax) {
      is_too_deep_ = true;
      return nullptr;
    }
    const std::string_view text = node.text().get();
    switch (type.front()) {
      case '{':
        return structure(node, shape_of(service_, type.substr(1)), depth);
      case '[':
        return list(node, list_type(type), depth);
      case '<':
        return map(node, type.substr(1), depth);
      case 'b':
        return text == "true" || text == "1";
      case 'i':
        return number<std::int64_t>(text);
      case 'f':
        return number<double>(text);
      case 't':
        return json::value(cli_time(text));
      case 'd':
        return policy(text);
      default:
        return json::value(text);
    }
  }

  json::value list(const pugi::xml_node& node, const ListType& type, int depth) {
    json::array array;
    for (const pugi::xml_node child : node.children()) {
      if (child.type() == pugi::node_element) {  // whatever its name, as the AWS CLI reads it
        array.push_back(value(child, type.type, depth + 1));
      }
    }
    return array;
  }

  json::value map(const pugi::xml_node& node, std::string_view type, int depth) {
    json::object object;
    for (const pugi::xml_node entry : node.children("entry")) {
      object[entry.child_value("key")] = value(entry.child("value"), type, depth + 1);
    }
    return object;
  }

  /// A member that AWS has added since `shapes.inc` was written.
  json::value guess(const pugi::xml_node& node, int depth) {
    if (depth > kDepthMax) {
      is_too_deep_ = true;
      return nullptr;
    }
    if (is_leaf(node)) {
      return json::value(node.text().get());
    }
    const bool is_list = node.child("item") || node.child("member");
    if (!is_list) {
      return structure(node, Shape{}, depth);
    }
    json::array array;
    for (const pugi::xml_node child : node.children()) {
      array.push_back(guess(child, depth + 1));
    }
    return array;
  }

  static std::string capital(std::string name) {
    if (!name.empty() && name.front() >= 'a' && name.front() <= 'z') {
      name.front() = static_cast<char>(name.front() - 'a' + 'A');
    }
    return name;
  }

  std::string_view service_;
  bool is_too_deep_ = false;
};

std::string text_at(const pugi::xml_node& node, const char* name) { return node.child_value(name); }

}  // namespace

Result<json::object> xml_answer(std::string_view service, std::string_view action,
                                Protocol protocol, std::string_view bytes) {
  pugi::xml_document document;
  // The default options know neither DTDs nor external entities.
  const pugi::xml_parse_result parsed = document.load_buffer(bytes.data(), bytes.size());
  if (!parsed) {
    return fail("bad_answer", fmt::format("the answer is no whole XML: {}", parsed.description()));
  }
  pugi::xml_node root = document.document_element();
  if (root.name() != fmt::format("{}Response", action)) {
    return fail("bad_answer", "the answer is not that of the call");
  }
  if (protocol == Protocol::Query) {
    root = root.child(fmt::format("{}Result", action).c_str());
    if (!root) {
      return fail("bad_answer", "the answer has no result");
    }
  } else {
    root.remove_child("requestId");
  }
  Converter converter(service);
  json::object object =
      converter.structure(root, shape_of(service, fmt::format("{}()", action)), 0);
  if (converter.is_too_deep()) {
    return fail("bad_answer", "the answer nests too deep");
  }
  return object;
}

ServiceError error_of(std::string_view bytes) {
  json::error_code parse_error;
  const json::value value = json::parse(bytes, parse_error);
  if (!parse_error && value.is_object()) {
    const json::object& object = value.get_object();
    const auto member = [&](std::string_view name) -> std::string {
      const json::value* found = object.if_contains(name);
      return found != nullptr && found->is_string() ? std::string(found->get_string()) : "";
    };
    const std::string type = member("__type").empty() ? member("code") : member("__type");
    return {.code = type.substr(type.find('#') + 1),
            .message = member("message").empty() ? member("Message") : member("message")};
  }
  pugi::xml_document document;
  document.load_buffer(bytes.data(), bytes.size());
  const pugi::xml_node root = document.document_element();
  for (const pugi::xml_node error :
       {root.child("Errors").child("Error"), root.child("Error"), root}) {
    if (const std::string code = text_at(error, "Code"); !code.empty()) {
      return {.code = code, .message = text_at(error, "Message")};
    }
  }
  return {};
}

}  // namespace portolan::collect::aws
