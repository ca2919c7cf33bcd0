#include <fmt/format.h>

#include "tools/scenario/noun.h"

namespace portolan::scenario {

void expand_block_public_access(Estate& estate, Arguments& arguments) {
  const std::string mode = arguments.word("`off`, `bidirectional` or `ingress`");
  const std::string full = mode == "off" ? mode : "block-" + mode;
  estate.add(Kind::BlockPublicAccess, estate.here, estate.here.account,
             object({{"AwsAccountId", estate.here.account},
                     {"AwsRegion", estate.here.region},
                     {"State", "update-complete"},
                     {"InternetGatewayBlockMode", full},
                     {"ManagedBy", arguments.option("managed-by", "account")},
                     {"ExclusionsAllowed", arguments.option("exclusions", "allowed")}}));
}

void expand_exclusion(Estate& estate, Arguments& arguments) {
  const std::string name = arguments.word("a VPC or subnet");
  const Thing& resource = estate.need(arguments, name, {"vpc", "subnet"});
  const std::string mode = arguments.word("`allow-bidirectional` or `allow-egress`");
  const std::string id = "vpcbpa-exclude-0" + digest(resource.id);
  estate.add(
      Kind::BlockPublicAccessExclusions, estate.here, id,
      object({{"ExclusionId", id},
              {"InternetGatewayExclusionMode", mode},
              {"ResourceArn", fmt::format("arn:aws:ec2:{}:{}:{}/{}", resource.place.region,
                                          resource.place.account, resource.noun, resource.id)},
              {"State", arguments.option("state", "create-complete")}}));
}

}  // namespace portolan::scenario
