#include <fmt/format.h>

#include "tools/scenario/noun.h"

namespace portolan::scenario {

void expand_web_acl(Estate& estate, Arguments& arguments) {
  const Thing& self = estate.self(arguments);
  estate.add(Kind::WebAcls, self.place, self.id,
             object({{"Name", self.name},
                     {"Id", self.id.substr(self.id.rfind('/') + 1)},
                     {"Description", ""},
                     {"ARN", self.id}}));
  json::array protected_arns;
  for (const std::string& name : arguments.list("protects")) {
    protected_arns.push_back(json::value(estate.need(arguments, name, {"alb"}).id));
  }
  if (!arguments.flag("no-resources")) {
    estate.add(Kind::WebAclResources, self.place, self.id,
               object({{"ResourceArns", protected_arns}}));
  }
}

void expand_ecs_service(Estate& estate, Arguments& arguments) {
  const Thing& self = estate.self(arguments);
  json::object row = object({{"serviceArn", self.id},
                             {"serviceName", self.name},
                             {"status", "ACTIVE"},
                             {"launchType", "FARGATE"}});
  const bool is_public = arguments.option("public", "false") == "true";
  if (!arguments.flag("bridge")) {
    row["networkConfiguration"] =
        object({{"awsvpcConfiguration",
                 object({{"subnets", json::array{}},
                         {"assignPublicIp", is_public ? "ENABLED" : "DISABLED"}})}});
  }
  estate.add(Kind::EcsServices, self.place, self.id, std::move(row));
}

void expand_node_group(Estate& estate, Arguments& arguments) {
  const Thing& self = estate.self(arguments);
  json::object row =
      object({{"nodegroupName", self.name}, {"nodegroupArn", self.id}, {"clusterName", "main"}});
  if (arguments.flag("ssh")) {
    const json::array from = ids_of(estate, "sg", arguments.list("from"), arguments);
    row["remoteAccess"] = object({{"ec2SshKey", "ops"}, {"sourceSecurityGroups", from}});
  }
  estate.add(Kind::EksNodeGroups, self.place, self.id, object({{"nodegroup", row}}));
}

void expand_client_vpn(Estate& estate, Arguments& arguments) {
  const Thing& self = estate.self(arguments);
  const Thing& vpc = estate.vpc_of(arguments);
  json::array rules;
  for (const std::string& rule : arguments.options("authorize")) {
    const std::size_t colon = rule.find(":all");
    json::object row = object({{"ClientVpnEndpointId", self.id},
                               {"DestinationCidr", rule.substr(0, colon)},
                               {"AccessAll", colon != std::string::npos},
                               {"Status", object({{"Code", "active"}})}});
    row["GroupId"] = colon != std::string::npos ? "" : "S-1-5-21-staff";
    rules.push_back(std::move(row));
  }
  const bool logs = arguments.option("logs", "true") == "true";
  if (!arguments.flag("rules-only")) {
    estate.add(Kind::ClientVpnEndpoints, self.place, self.id,
               object({{"ClientVpnEndpointId", self.id},
                       {"VpcId", vpc.id},
                       {"ConnectionLogOptions", object({{"Enabled", logs}})},
                       {"Tags", tags_of(self, arguments)}}));
  }
  if (!arguments.flag("no-rules")) {
    estate.add(Kind::ClientVpnAuthorizations, self.place, self.id,
               object({{"AuthorizationRules", rules}}));
  }
}

}  // namespace portolan::scenario
