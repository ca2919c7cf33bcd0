#pragma once

#include <string>

#include "checks/check.h"
#include "checks/estate.h"
#include "checks/exposure.h"
#include "checks/world.h"

/// Private to the module: what the checks of instances share.
namespace portolan::checks {

/// It is going or gone: nothing of it is left to judge.
bool is_gone(const Instance& instance);

/// Nobody talks to it before somebody starts it.
bool is_stopped(const Instance& instance);
bool is_stopped(const Snapshot& snapshot, const NetworkInterface& interface);

/// What is wrong with an instance that is stopped waits for its start: one lower, and latent.
void call_stopped(Finding& finding);

/// Its interfaces that were collected, and what is missing.
struct OwnInterfaces {
  Interfaces interfaces;
  std::string gap;  // empty if all are there
};
OwnInterfaces interfaces_of(const Snapshot& snapshot, const Instance& instance);

/// What the internet can open connections to on an instance.
struct InstanceExposure {
  const NetworkInterface* interface = nullptr;  // the first that is reached; null: none
  IpFamily family = IpFamily::V4;
  ServiceSet services;
  ServiceSet for_some;  // where the world reaches nothing: what a part of the internet does
  std::string doubt;    // why it is not known, where nothing is reached for sure; or empty
};
InstanceExposure exposure_of(const Context& context, const Instance& instance);

/// True if tags of the instance or its interface say that it forwards the traffic of others: NAT,
/// firewall, VPN, router.
bool is_appliance(const Snapshot& snapshot, const NetworkInterface& interface);

}  // namespace portolan::checks
