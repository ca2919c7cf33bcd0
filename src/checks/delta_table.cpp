#include <algorithm>
#include <array>

#include "checks/delta.h"

namespace portolan::checks {

namespace {

constexpr std::array<std::string_view, 1> kDriftReferences = {
    "AWS Config developer guide: Compliance history of a resource"};
constexpr std::array<std::string_view, 2> kWidensReferences = {"VPC User Guide: Security groups",
                                                               "VPC User Guide: Network ACLs"};

// Sorted by id.
constexpr std::array kChecks = {
    DeltaCheck{
        "drift-from-baseline", "Findings differ from those of the baseline", Risk::Info, "Account",
        "An estate that was reviewed once does not stay as it was. What is new has been seen "
        "by nobody, what is worse was accepted as something less, and what is fixed need "
        "not stand in the baseline any longer.",
        "Look at what is new or worse. Where all of it is meant, write the baseline anew with "
        "`portolan audit --format json`: Replace the old one.",
        kDriftReferences, "audit --baseline"},
    DeltaCheck{"plan-widens-exposure", "Change lets more reach a port", Risk::High,
               "NetworkInterface, LoadBalancer, VpcEndpoint",
               "What the change says and what it opens are two things: a route, a NACL entry or a "
               "group that is attached opens ports of which no rule in it speaks. Here the whole "
               "network is asked before and after.",
               "Narrow the rule, route or entry that opens it to those who need the port. If the "
               "opening is not meant, leave that part of the change out: Remove it.",
               kWidensReferences, "diff"},
};

}  // namespace

std::span<const DeltaCheck> delta_checks() { return kChecks; }

const DeltaCheck* find_delta_check(std::string_view id) {
  const auto found = std::find_if(kChecks.begin(), kChecks.end(),
                                  [&](const DeltaCheck& check) { return check.id == id; });
  return found == kChecks.end() ? nullptr : &*found;
}

}  // namespace portolan::checks
