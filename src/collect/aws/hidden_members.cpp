#include "collect/aws/hidden_members.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "core/text.h"

namespace portolan::collect::aws {

namespace {

namespace json = boost::json;

/// Members whose texts are hidden, whatever stands around and below them. Case does not count:
/// services spell alike members differently.
/// SOURCE: botocore's service models, members that are `sensitive` or named after secrets: EC2
/// (LaunchTemplateData, TunnelOption, VpnConnection), Lambda (EnvironmentResponse), CodeBuild
/// (EnvironmentVariable, Webhook), Elastic Load Balancing (AuthenticateOidcActionConfig), Redshift,
/// CloudHSM, Directory Service (RadiusSettings), ECS (LogConfiguration), EMR (Configuration,
/// KerberosAttributes), Firehose (HttpEndpointDestinationDescription,
/// SplunkDestinationDescription), Managed Flink (PropertyGroup, CodeContentDescription), Grafana,
/// MWAA (Environment), OpenSearch Ingestion (Pipeline), EventBridge (Target), its pipes and
/// Scheduler.
constexpr std::array<std::string_view, 38> kSecret = {
    "airflowconfigurationoptions",
    "attributevalue",
    "authtoken",
    "awssecretaccesskey",
    "buildspec",
    "clientsecret",
    "command",
    "containerproperties",
    "customergatewayconfiguration",
    "environmentvariables",
    "grafanatoken",
    "graphqloperation",
    "hectoken",
    "httpparameters",
    "input",
    "inputtemplate",
    "inputtransformer",
    "options",
    "parameters",
    "pipelineconfigurationbody",
    "pipelineparameterlist",
    "presharedkey",
    "privatekey",
    "properties",
    "propertymap",
    "secret",
    "secretaccesskey",
    "secretkey",
    "sharedsecret",
    "sql",
    "sqls",
    "textcontent",
    "token",
    "url",
    "userdata",
    "value",
    "values",
    "variables",
};

/// And all whose names end so: `MasterUserPassword`, `KdcAdminPassword`, `PreCoPassword` …
constexpr std::string_view kPassword = "password";

/// Of these only where they stand below a member that this names: others are called so as well.
struct Below {
  std::string_view name;
  std::string_view around;
};
constexpr std::array kOnlyBelow = {
    Below{"attributevalue", "commonattributes"},
    Below{"command", "containeroverrides"},
    Below{"options", "logconfiguration"},
    Below{"parameters", "batchjobparameters"},
    Below{"properties", "applicationconfiguration"},
    Below{"properties", "configurations"},
    Below{"properties", "runtimeconfiguration"},
    Below{"secret", "webhook"},
    Below{"url", "httpendpointdestinationdescription"},
    Below{"value", "environment"},
    Below{"value", "environmentvariables"},
    Below{"values", "httpheaderconfig"},
};

/// What a name of a variable may be; only its value is secret.
constexpr std::array<std::string_view, 3> kNames = {"name", "type", "key"};

/// The ids of groups in a text, each once.
std::set<std::string> groups_in(std::string_view text) {
  constexpr std::string_view kPrefix = "sg-";
  std::set<std::string> groups;
  for (std::size_t at = text.find(kPrefix); at != std::string_view::npos;
       at = text.find(kPrefix, at + 1)) {
    std::size_t end = text.find_first_not_of("0123456789abcdef", at + kPrefix.size());
    end = std::min(end, text.size());
    if (const std::size_t digits = end - at - kPrefix.size(); digits == 8 || digits == 17) {
      groups.emplace(text.substr(at, end - at));
    }
  }
  return groups;
}

std::string hidden(std::string_view text) {
  std::string out(kHidden);
  for (const std::string& group : groups_in(text)) {
    out += " " + group;
  }
  return out;
}

class Hider {
 public:
  void object(json::object& object, const std::string& place, const std::string& around) {
    for (auto& member : object) {
      const std::string name = lowered(member.key());
      const std::string here =
          place.empty() ? std::string(member.key()) : place + "." + std::string(member.key());
      if (is_secret(name, around)) {
        hide(member.value(), here);
      } else {
        value(member.value(), here, around + "/" + name);
      }
    }
  }

  std::set<std::string> places;

 private:
  static bool is_secret(const std::string& name, const std::string& around) {
    if (name.ends_with(kPassword)) {
      return true;
    }
    if (std::find(kSecret.begin(), kSecret.end(), name) == kSecret.end()) {
      return false;
    }
    bool is_narrow = false;
    for (const Below& each : kOnlyBelow) {
      is_narrow = is_narrow || each.name == name;
      if (each.name == name &&
          (around + "/").find("/" + std::string(each.around) + "/") != std::string::npos) {
        return true;
      }
    }
    return !is_narrow;
  }

  void value(json::value& value, const std::string& place, const std::string& around) {
    if (value.is_object()) {
      object(value.get_object(), place, around);
    } else if (value.is_array()) {
      for (json::value& each : value.get_array()) {
        this->value(each, place, around);
      }
    }
  }

  /// All texts in it, but for the names of variables that stand in a list beside their values.
  void hide(json::value& value, const std::string& place, bool is_listed = false) {
    if (value.is_string() && !value.get_string().empty()) {
      places.insert(place);
      value = hidden(value.get_string());
    } else if (value.is_object()) {
      const bool has_value = is_listed && value.get_object().contains("value");
      for (auto& member : value.get_object()) {
        const bool is_name =
            std::find(kNames.begin(), kNames.end(), lowered(member.key())) != kNames.end();
        if (!is_name || !has_value) {
          hide(member.value(), place);
        }
      }
    } else if (value.is_array()) {
      for (json::value& each : value.get_array()) {
        hide(each, place, true);
      }
    }
  }

  static std::string lowered(std::string_view name) {
    std::string text(name);
    std::transform(text.begin(), text.end(), text.begin(), [](char c) {
      return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return text;
  }
};

}  // namespace

std::set<std::string> hide_secrets(json::object& answer) {
  Hider hider;
  hider.object(answer, "", "");
  return std::move(hider.places);
}

}  // namespace portolan::collect::aws
