#include <boost/json.hpp>

#include "answers/who_answer.h"
#include "core/text.h"

namespace portolan::answers {
namespace {

namespace json = boost::json;

json::string text_of(std::string_view text) { return json::string(printable(text)); }

json::array texts_of(const std::vector<std::string>& texts) {
  json::array array;
  for (const std::string& text : texts) {
    array.push_back(text_of(text));
  }
  return array;
}

json::array statements_of(const std::vector<iam::StatementRef>& refs) {
  json::array array;
  for (const iam::StatementRef& ref : refs) {
    json::object object{{"kind", text_of(iam::text(ref.kind))},
                        {"policy", text_of(ref.policy)},
                        {"statement", ref.index}};
    if (!ref.sid.empty()) {
      object.emplace("sid", text_of(ref.sid));
    }
    array.push_back(std::move(object));
  }
  return array;
}

json::value parsed(const std::string& text) {
  boost::system::error_code error;
  json::value value = json::parse(text, error);
  return error ? json::value(nullptr) : value;
}

/// What takes the power away: all that grants, or one statement that denies.
json::object closing_of(const Power& power, const iam::Resource& resource) {
  json::array actions;
  for (const iam::ChangeAction& each : power.actions) {
    actions.push_back(text_of(each.action));
  }
  json::object closing;
  closing.emplace("deny", json::object{{"Effect", "Deny"},
                                       {"Action", std::move(actions)},
                                       {"Resource", text_of(resource.arn.text())}});
  std::vector<iam::StatementRef> granting;
  for (const iam::StatementRef& ref : power.answer.decision->granting) {
    if (ref.kind == iam::PolicyKind::Identity) {
      granting.push_back(ref);
    }
  }
  closing.emplace("or_narrow", statements_of(granting));
  return closing;
}

json::object power_of(const Power& power, const iam::Resource& resource) {
  json::array actions;
  for (const iam::ChangeAction& each : power.actions) {
    actions.push_back(json::object{{"action", text_of(each.action)},
                                   {"change", text_of(iam::text(each.change))}});
  }
  json::object object{{"verdict", text_of(iam::text(power.answer.verdict))},
                      {"actions", std::move(actions)}};
  if (!power.answer.condition.empty()) {
    json::object made_by;
    for (const std::string& key : power.answer.keys) {
      made_by.emplace(text_of(iam::spelled_key(key)), text_of(iam::text(iam::maker_of(key))));
    }
    object.emplace("condition", json::object{{"text", text_of(power.answer.condition)},
                                             {"tree", parsed(power.answer.condition_json)},
                                             {"made_by", std::move(made_by)}});
  }
  if (!power.answer.reasons.empty()) {
    object.emplace("reasons", texts_of(power.answer.reasons));
  }
  if (power.answer.decision) {
    object.emplace("granted_by", statements_of(power.answer.decision->granting));
    object.emplace("escapes", statements_of(power.escaped));
    object.emplace("witness", parsed(power.witness));
    object.emplace("close", closing_of(power, resource));
  }
  return object;
}

json::array detours_of(const std::vector<Detour>& detours) {
  json::array array;
  for (const Detour& detour : detours) {
    array.push_back(json::object{{"path", texts_of(detour.hops)},
                                 {"condition", text_of(detour.condition)},
                                 {"certain", detour.is_sure}});
  }
  return array;
}

json::object resource_of(const iam::Resource& resource) {
  json::object object{{"arn", text_of(resource.arn.text())}};
  if (!resource.name.empty()) {
    object.emplace("name", text_of(resource.name));
  }
  return object;
}

}  // namespace

std::string who_json(const WhoAnswer& answer) {
  json::object whole;
  if (answer.resource) {
    whole.emplace("resource", resource_of(*answer.resource));
  } else {
    whole.emplace("principal", text_of(answer.principal->caller.name()));
  }
  json::array list;
  for (const Reach& reach : answer.reaches) {
    json::array powers;
    const iam::Resource& resource = answer.resource ? *answer.resource : reach.resource;
    for (const Power& power : reach.powers) {
      powers.push_back(power_of(power, resource));
    }
    json::object object;
    if (answer.resource) {
      object.emplace("principal", text_of(reach.principal->caller.name()));
    } else {
      object.emplace("resource", resource_of(reach.resource));
    }
    object.emplace("verdict", text_of(iam::text(reach.verdict())));
    object.emplace("powers", std::move(powers));
    if (answer.resource) {
      object.emplace("indirect", detours_of(reach.detours));
    }
    list.push_back(std::move(object));
  }
  whole.emplace("judged", answer.candidates);
  whole.emplace(answer.resource ? "principals" : "resources", std::move(list));
  whole.emplace("internet", texts_of(answer.doors));
  whole.emplace("missing", texts_of(answer.gaps));
  return json::serialize(whole) + "\n";
}

}  // namespace portolan::answers
