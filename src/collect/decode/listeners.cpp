#include <algorithm>
#include <cctype>
#include <utility>

#include "collect/decode/families.h"
#include "collect/decode/policies.h"

namespace portolan::collect {

namespace {

/// The target groups of a ForwardConfig. One of weight 0 gets no requests.
/// SOURCE: ELBv2 API, TargetGroupTuple.
void forward_config(Reader& in, BalancerAction& action) {
  in.object([&](std::string_view key) {
    if (key != "TargetGroups") {
      in.skip();
      return;
    }
    in.objects([&] {
      TargetGroupId target;
      std::optional<int> weight;
      in.object([&](std::string_view name) {
        if (name == "TargetGroupArn") {
          in.read(target);
        } else if (name == "Weight") {
          in.read(weight);
        } else {
          in.skip();
        }
      });
      if (!target.empty() && weight != 0) {
        action.targets.push_back(std::move(target));
      }
    });
  });
}

constexpr Field<BalancerAction> kActionFields[] = {
    {"ForwardConfig", forward_config},
    {"RedirectConfig",
     [](Reader& in, BalancerAction& row) { row.redirect_protocol = member_of(in, "Protocol"); }},
    {"TargetGroupArn",
     [](Reader& in, BalancerAction& row) { in.read(row.targets.emplace_back()); }},
    {"Type", value<&BalancerAction::type>},
};

void read_actions(Reader& in, std::vector<BalancerAction>& actions) {
  in.objects([&] {
    BalancerAction& action = actions.emplace_back();
    read_fields(in, kActionFields, action);
    auto& targets = action.targets;
    std::sort(targets.begin(), targets.end());
    targets.erase(std::unique(targets.begin(), targets.end()), targets.end());
    std::erase_if(targets, [](const TargetGroupId& target) { return target.empty(); });
  });
}

struct ListenerDraft {
  Listener listener;
  std::string balancer;
};

constexpr Field<ListenerDraft> kListenerFields[] = {
    {"ListenerArn", [](Reader& in, ListenerDraft& row) { in.read(row.listener.arn); }},
    {"LoadBalancerArn", value<&ListenerDraft::balancer>},
    {"Port", [](Reader& in, ListenerDraft& row) { in.read(row.listener.port); }},
    {"Protocol", [](Reader& in, ListenerDraft& row) { in.read(row.listener.protocol); }},
    {"SslPolicy",
     [](Reader& in, ListenerDraft& row) { in.read(row.listener.policies.emplace_back()); }},
    {"DefaultActions",
     [](Reader& in, ListenerDraft& row) { read_actions(in, row.listener.actions); }},
};

/// The values of one condition, wherever they stand in it, as text.
void read_values(Reader& in, std::vector<std::string>& values) {
  in.array([&] {
    if (in.kind() != '{') {
      if (const auto text = in.string()) {
        values.emplace_back(*text);
      }
      return;
    }
    std::string pair;  // of a query string: {"Key": …, "Value": …}
    in.object([&](std::string_view key) {
      std::string text;
      in.read(text);
      pair = key == "Key" ? text + '=' + pair : pair + text;
    });
    values.push_back(std::move(pair));
  });
}

struct Condition {
  std::string field;
  std::string header;
  std::vector<std::string> values;
};

void condition_config(Reader& in, Condition& condition) {
  in.object([&](std::string_view key) {
    if (key == "Values") {
      condition.values.clear();
      read_values(in, condition.values);
    } else if (key == "HttpHeaderName") {
      in.read(condition.header);
    } else {
      in.skip();
    }
  });
}

/// `path-pattern=/api/*,/v2/*`
std::string text_of(const Condition& condition) {
  std::string text = condition.field;
  if (!condition.header.empty()) {
    text += '(' + condition.header + ')';
  }
  char separator = '=';
  for (const std::string& value : condition.values) {
    text += separator + value;
    separator = ',';
  }
  return text;
}

void conditions(Reader& in, ListenerRule& row) {
  in.objects([&] {
    Condition condition;
    in.object([&](std::string_view key) {
      if (key == "Field") {
        in.read(condition.field);
      } else if (key.ends_with("Config")) {
        condition_config(in, condition);
      } else if (key == "Values" && condition.values.empty()) {
        read_values(in, condition.values);
      } else {
        in.skip();
      }
    });
    row.conditions.push_back(text_of(condition));
  });
}

/// A rule of a listener, or one of EventBridge.
struct RuleDraft {
  ListenerRule rule;
  EventRule event;
  bool is_of_default_bus = true;  // the one that AWS's own events come to
};

constexpr Field<RuleDraft> kRuleFields[] = {
    {"RuleArn", [](Reader& in, RuleDraft& row) { in.read(row.rule.arn); }},
    {"Priority", [](Reader& in, RuleDraft& row) { in.read(row.rule.priority); }},
    {"Conditions", [](Reader& in, RuleDraft& row) { conditions(in, row.rule); }},
    {"Actions", [](Reader& in, RuleDraft& row) { read_actions(in, row.rule.actions); }},
    {"Name", [](Reader& in, RuleDraft& row) { in.read(row.event.rule_name); }},
    {"Arn", [](Reader& in, RuleDraft& row) { arn_id(in, row.event); }},
    {"EventPattern",
     [](Reader& in, RuleDraft& row) {
       if (const auto text = in.string()) {
         read_event_pattern(std::string(*text), row.event);
       }
     }},
    {"State",
     [](Reader& in, RuleDraft& row) {
       row.event.is_enabled = in.string().value_or("").starts_with("ENABLED");
     }},
    {"EventBusName",
     [](Reader& in, RuleDraft& row) {
       const auto bus = in.string().value_or("");
       row.is_of_default_bus = bus == "default" || bus.ends_with("event-bus/default");
     }},
};

/// The ARN of the listener out of that of its rule:
/// `…:listener-rule/app/NAME/LB/LISTENER/RULE` → `…:listener/app/NAME/LB/LISTENER`.
std::string listener_of(const std::string& rule_arn) {
  static constexpr std::string_view kRule = ":listener-rule/";
  const std::size_t kind = rule_arn.find(kRule);
  const std::size_t last = rule_arn.rfind('/');
  if (kind == std::string::npos || last < kind + kRule.size()) {
    return {};
  }
  return rule_arn.substr(0, kind) + ":listener/" +
         rule_arn.substr(kind + kRule.size(), last - kind - kRule.size());
}

/// Global Accelerator has listeners too.
bool is_elb(std::string_view arn) {
  return arn.find(":elasticloadbalancing:") != std::string_view::npos;
}

bool is_event_rule(std::string_view arn) { return arn.find(":events:") != std::string_view::npos; }

/// An empty list of rules does not say whose it is: the name of the file may.
bool names_event_rules(std::string_view path) {
  std::string name(path.substr(path.rfind('/') + 1));
  std::transform(name.begin(), name.end(), name.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return name.find("event") != std::string::npos && name.find("rule") != std::string::npos;
}

}  // namespace

void decode_listeners(Answer& answer) {
  const std::size_t place = answer.in.offset();
  bool is_empty = true;
  answer.in.objects([&] {
    is_empty = false;
    const std::size_t listener_place = answer.in.offset();
    ListenerDraft draft;
    read_fields(answer.in, kListenerFields, draft);
    if (!answer.in.ok() || !is_elb(draft.listener.arn)) {
      answer.in.missing_id(listener_place);
      return;
    }
    ListenersPart part;
    part.listeners.push_back(std::move(draft.listener));
    answer.out.loose<ListenersPart>().push_back(
        {std::move(draft.balancer), std::move(part), answer.origin(listener_place)});
  });
  if (is_empty && answer.in.ok()) {
    answer.out.loose<ListenersPart>().push_back({.origin = answer.origin(place)});
  }
}

void decode_rules(Answer& answer) {
  bool is_empty = true;
  answer.in.objects([&] {
    is_empty = false;
    const std::size_t place = answer.in.offset();
    RuleDraft draft;
    read_fields(answer.in, kRuleFields, draft);
    std::string listener = listener_of(draft.rule.arn);
    if (answer.in.ok() && !listener.empty()) {
      answer.out.loose<ListenerRule>().push_back(
          {std::move(listener), std::move(draft.rule), answer.origin(place)});
    } else if (answer.in.ok() && is_event_rule(draft.event.id.value)) {
      draft.event.takes_calls = draft.event.takes_calls && draft.is_of_default_bus;
      answer.noun = Noun::EventRules;
      add_row(answer, std::move(draft.event), place);
    } else {
      answer.in.missing_id(place);
    }
  });
  if (is_empty && answer.in.ok() && names_event_rules(answer.out.path)) {
    answer.noun = Noun::EventRules;
  }
}

}  // namespace portolan::collect
