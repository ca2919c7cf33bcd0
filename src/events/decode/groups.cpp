#include "events/decode/call.h"

/// Calls that make and unmake security groups, and that give interfaces their groups.
/// SOURCE: EC2 API, CreateSecurityGroup, ModifyNetworkInterfaceAttribute, ModifyInstanceAttribute.
namespace portolan::events {

namespace {

void decode_create_group(Call& call) {
  const Value& request = call.request;
  SecurityGroupId group{call.response["groupId"].text()};
  if (group.empty()) {
    group.value = "name:" + request["groupName"].text();  // a call that failed
  }
  call.add(
      GroupCreated{.group = group,
                   .vpc = {request["vpcId"].text()},
                   .name = request["groupName"].text(),
                   .description = any_of(request, {"groupDescription", "description"}).text()});
}

void decode_delete_group(Call& call) { call.add(GroupDeleted{call.group()}); }

void decode_group_vpc(Call& call) {
  call.add(GroupVpcSet{.group = call.group(),
                       .vpc = {call.request["vpcId"].text()},
                       .is_associated = call.event.name.starts_with("Associate")});
}

/// Groups where the call has them; a call that leaves them out changes none.
void add_groups(Call& call, const Value& list, const std::string& resource) {
  std::vector<SecurityGroupId> groups = Call::groups(list);
  if (groups.empty()) {
    call.add(Noted{resource});
  } else {
    call.add(GroupsSet{.resource = resource, .groups = std::move(groups)});
  }
}

void decode_interface_attribute(Call& call) {
  add_groups(call, any_of(call.request, {"groupSet", "groups", "securityGroupId"}),
             call.request["networkInterfaceId"].text());
}

void decode_instance_attribute(Call& call) {
  add_groups(call, any_of(call.request, {"groupSet", "groups", "groupId"}),
             call.request["instanceId"].text());
}

}  // namespace

std::vector<Decoder> group_decoders() {
  return {{"CreateSecurityGroup", decode_create_group},
          {"DeleteSecurityGroup", decode_delete_group},
          {"AssociateSecurityGroupVpc", decode_group_vpc},
          {"DisassociateSecurityGroupVpc", decode_group_vpc},
          {"ModifyNetworkInterfaceAttribute", decode_interface_attribute},
          {"ModifyInstanceAttribute", decode_instance_attribute}};
}

}  // namespace portolan::events
