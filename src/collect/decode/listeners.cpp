#include <algorithm>
#include <utility>

#include "collect/decode/families.h"

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

constexpr Field<ListenerRule> kRuleFields[] = {
    {"RuleArn", value<&ListenerRule::arn>},
    {"Priority", value<&ListenerRule::priority>},
    {"Conditions", conditions},
    {"Actions", [](Reader& in, ListenerRule& row) { read_actions(in, row.actions); }},
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

void decode_listener_rules(Answer& answer) {
  answer.in.objects([&] {
    const std::size_t place = answer.in.offset();
    ListenerRule rule;
    read_fields(answer.in, kRuleFields, rule);
    std::string listener = listener_of(rule.arn);
    if (!answer.in.ok() || listener.empty()) {
      answer.in.missing_id(place);
      return;
    }
    answer.out.loose<ListenerRule>().push_back(
        {std::move(listener), std::move(rule), answer.origin(place)});
  });
}

}  // namespace portolan::collect
