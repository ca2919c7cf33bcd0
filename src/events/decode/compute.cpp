#include "events/decode/call.h"

/// Calls that make, attach and end what groups are attached to.
/// SOURCE: EC2 API, RunInstances, CreateNetworkInterface, AttachNetworkInterface.
namespace portolan::events {

namespace {

/// SOURCE: EC2 API, InstanceNetworkInterface; NetworkInterface has the same members.
InterfaceCreated interface_of(const Value& value, const std::string& instance) {
  return {.interface = {value["networkInterfaceId"].text()},
          .vpc = {value["vpcId"].text()},
          .subnet = {value["subnetId"].text()},
          .instance = {instance},
          .private_ip = Call::address(value["privateIpAddress"]),
          .groups = Call::groups(any_of(value, {"groupSet", "groups"}))};
}

/// The request is often silent (default group, launch template): the response tells.
void decode_run_instances(Call& call) {
  call.response["instancesSet"].each([&](const Value& instance) {
    const std::string id = instance["instanceId"].text();
    call.add(ResourceLife{.resource = id, .is_created = true});
    instance["networkInterfaceSet"].each([&](const Value& each) {
      InterfaceCreated made = interface_of(each, id);
      if (!made.interface.empty()) {
        call.add(std::move(made));
      }
    });
  });
}

void decode_create_interface(Call& call) {
  const Value made = call.response["networkInterface"];
  if (made.exists()) {
    call.add(interface_of(made, {}));
  } else {
    call.add(interface_of(call.request, {}));  // a call that failed: what was asked for
  }
}

void decode_delete_interface(Call& call) {
  call.add(ResourceLife{call.request["networkInterfaceId"].text(), false});
}

void decode_attachment(Call& call) {
  const bool is_attached = call.event.name.starts_with("Attach");
  const Value& told = is_attached ? call.response : call.request;
  call.add(InterfaceAttached{.interface = {call.request["networkInterfaceId"].text()},
                             .instance = {call.request["instanceId"].text()},
                             .attachment = told["attachmentId"].text(),
                             .is_attached = is_attached});
}

void decode_instance_states(Call& call) {
  const Value told = call.response["instancesSet"];
  const Value list = told.exists() ? told : any_of(call.request, {"instancesSet", "instanceId"});
  list.each([&](const Value& each) {
    call.add(
        InstanceStateSet{.instance = {each.is_object() ? each["instanceId"].text() : each.text()},
                         .state = each["currentState"]["name"].text()});
  });
}

}  // namespace

std::vector<Decoder> compute_decoders() {
  return {{"RunInstances", decode_run_instances},
          {"CreateNetworkInterface", decode_create_interface},
          {"DeleteNetworkInterface", decode_delete_interface},
          {"AttachNetworkInterface", decode_attachment},
          {"DetachNetworkInterface", decode_attachment},
          {"StartInstances", decode_instance_states},
          {"StopInstances", decode_instance_states},
          {"TerminateInstances", decode_instance_states}};
}

}  // namespace portolan::events
