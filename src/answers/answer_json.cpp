#include "answers/answer_json.h"

#include <utility>

#include "core/text.h"

namespace portolan::answers {
namespace {

namespace json = boost::json;

json::string text_of(std::string_view text) { return json::string(printable(text)); }

json::string value_of(const std::string& text) { return text_of(text); }

void add_passage(json::object& object, const reach::Passage& passage) {
  object.emplace("services", text_of(passage.yes.text()));
  if (!passage.depends.empty()) {
    object.emplace("services_depends", text_of(passage.depends.text()));
  }
  if (!passage.unknown.empty()) {
    object.emplace("services_unknown", text_of(passage.unknown.text()));
  }
}

void add_reason(json::object& object, reach::Reason reason) {
  const reach::ReasonInfo& info = reach::info(reason);
  object.emplace("reason", text_of(info.code));
  if (!info.aws_code.empty()) {
    object.emplace("aws_code", text_of(info.aws_code));
  }
}

json::object value_of(const reach::Because& because) {
  json::object object;
  add_reason(object, because.reason);
  object.emplace("component", text_of(because.component));
  object.emplace("detail", text_of(because.detail));
  return object;
}

json::object value_of(const reach::Hop& hop) {
  json::object object;
  object.emplace("direction", text_of(reach::text(hop.direction)));
  object.emplace("component", text_of(hop.component));
  object.emplace("rule", text_of(hop.rule));
  add_reason(object, hop.reason);
  add_passage(object, hop.passage);
  object.emplace("detail", text_of(hop.detail));
  return object;
}

template <class Value>
json::array list_of(const std::vector<Value>& values) {
  json::array result;
  result.reserve(values.size());
  for (const Value& value : values) {
    result.push_back(value_of(value));
  }
  return result;
}

}  // namespace

json::object answer_json(std::string_view question, const reach::Answer& answer) {
  json::object object;
  object.emplace("question", text_of(question));
  object.emplace("verdict", text_of(reach::text(answer.verdict)));
  add_passage(object, answer.passage);
  object.emplace("because", list_of(answer.because));
  object.emplace("from", text_of(answer.from));
  object.emplace("to", text_of(answer.to));
  object.emplace("hops", list_of(answer.hops));
  object.emplace("assumptions", list_of(answer.assumptions));
  return object;
}

json::object error_json(std::string_view question, const Error& error) {
  return {{"question", text_of(question)},
          {"verdict", "error"},
          {"error", {{"code", text_of(error.code)}, {"message", text_of(error.message)}}}};
}

}  // namespace portolan::answers
