#include <algorithm>

#include <fmt/format.h>

#include "tools/scenario/noun.h"

namespace portolan::scenario {

namespace {

/// `imds=v1`, `imds=v2` or `imds=off`; without it nothing is said.
void add_metadata_options(json::object& data, Arguments& arguments) {
  const std::string imds = arguments.option("imds");
  if (!imds.empty()) {
    data["MetadataOptions"] = object({{"HttpTokens", imds == "v2" ? "required" : "optional"},
                                      {"HttpEndpoint", imds == "off" ? "disabled" : "enabled"}});
  }
}

json::object launch_data(Estate& estate, Arguments& arguments) {
  const json::array groups = ids_of(estate, "sg", arguments.list("sg"), arguments);
  const std::string address = arguments.option("public");
  json::object data;
  add_metadata_options(data, arguments);
  if (address.empty()) {
    data["SecurityGroupIds"] = groups;
  } else {
    data["NetworkInterfaces"] = json::array{object(
        {{"DeviceIndex", 0}, {"AssociatePublicIpAddress", address == "true"}, {"Groups", groups}})};
  }
  return data;
}

void add_version(Estate& estate, const Thing& self, int number, json::object data) {
  estate.add(Kind::LaunchTemplateVersions, self.place, self.id,
             object({{"LaunchTemplateId", self.id},
                     {"LaunchTemplateName", self.name},
                     {"VersionNumber", number},
                     {"DefaultVersion", number == 1},
                     {"LaunchTemplateData", std::move(data)}}));
}

}  // namespace

void expand_launch_template(Estate& estate, Arguments& arguments) {
  const Thing& self = estate.self(arguments);
  estate.add(Kind::LaunchTemplates, self.place, self.id,
             object({{"LaunchTemplateId", self.id},
                     {"LaunchTemplateName", self.name},
                     {"DefaultVersionNumber", 1},
                     {"LatestVersionNumber", 1},
                     {"Tags", tags_of(self, arguments)}}));
  json::object data = launch_data(estate, arguments);
  if (!arguments.flag("no-versions")) {
    add_version(estate, self, 1, std::move(data));
  }
}

void expand_launch_version(Estate& estate, Arguments& arguments) {
  const std::string name = arguments.word("a launch template");
  const Thing& self = estate.need(arguments, name, {"launch-template"});
  const std::string number = arguments.word("a number");
  if (Row* row = estate.row(Kind::LaunchTemplates, self.id); row != nullptr) {
    row->value["LatestVersionNumber"] = std::stoi("0" + number);
  }
  add_version(estate, self, std::stoi("0" + number), launch_data(estate, arguments));
}

void expand_launch_configuration(Estate& estate, Arguments& arguments) {
  const Thing& self = estate.self(arguments);
  json::object row =
      object({{"LaunchConfigurationName", self.name},
              {"LaunchConfigurationARN", self.id},
              {"SecurityGroups", ids_of(estate, "sg", arguments.list("sg"), arguments)}});
  add_metadata_options(row, arguments);
  if (const std::string address = arguments.option("public"); !address.empty()) {
    row["AssociatePublicIpAddress"] = address == "true";
  }
  estate.add(Kind::LaunchConfigurations, self.place, self.id, std::move(row));
}

void expand_auto_scaling_group(Estate& estate, Arguments& arguments) {
  const Thing& self = estate.self(arguments);
  json::object row =
      object({{"AutoScalingGroupName", self.name}, {"AutoScalingGroupARN", self.id}});
  if (const std::string name = arguments.option("launch-template"); !name.empty()) {
    const Thing& launched = estate.need(arguments, name, {"launch-template"});
    row["LaunchTemplate"] = object({{"LaunchTemplateId", launched.id},
                                    {"LaunchTemplateName", launched.name},
                                    {"Version", arguments.option("version", "$Default")}});
  }
  if (const std::string name = arguments.option("launch-configuration"); !name.empty()) {
    row["LaunchConfigurationName"] = name;
  }
  estate.add(Kind::AutoScalingGroups, self.place, self.id, std::move(row));
}

void expand_metadata_defaults(Estate& estate, Arguments& arguments) {
  estate.add(
      Kind::MetadataDefaults, estate.here, estate.here.account,
      object({{"HttpTokens", arguments.option("tokens", "optional")}, {"ManagedBy", "account"}}));
}

}  // namespace portolan::scenario
