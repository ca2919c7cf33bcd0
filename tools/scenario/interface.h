#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tools/scenario/estate.h"

namespace portolan::scenario {

/// A network interface to be made. Its zone and VPC are those of the subnet.
struct InterfaceDraft {
  std::string id;
  Place place;  // of its owner
  const Thing* subnet = nullptr;
  std::vector<std::string> addresses;  // private IPv4 and IPv6, the first IPv4 one is primary;
                                       // with a `/` in it a delegated prefix
  /// `54.0.0.1`: maps to the primary address; `54.0.0.1@10.0.0.7`: to that one.
  std::vector<std::string> public_addresses;
  json::array groups = {};
  std::string type = "interface";
  std::string description = {};
  std::string requester = {};       // empty: made by its owner
  std::string instance = {};        // attached to it; empty: to none
  std::string instance_owner = {};  // the owner, or a service such as `amazon-elb`
  bool checks_source_dest = true;
  std::string status = "in-use";
  int device = 0;
};

/// Adds the interface to the estate.
json::object& add_interface(Estate& estate, const InterfaceDraft& draft);

/// An interface that a service made for the thing `owner`, which has the name `NAME.eni` (`.eni2`
/// … where it has more).
struct ServiceInterface {
  std::string type;
  std::string description;
  std::string requester;       // account or service name
  std::string instance_owner;  // `amazon-elb`, `amazon-aws`
  std::vector<std::string> public_addresses = {};
  std::string address = {};  // empty: a free one of the subnet
  json::array groups = {};
  bool checks_source_dest = false;
};
/// Gives the id of the interface and its private address.
struct MadeInterface {
  std::string id;
  std::string address;
};
MadeInterface add_service_interface(Estate& estate, const Thing& owner, const Thing& subnet,
                                    ServiceInterface service);

}  // namespace portolan::scenario
