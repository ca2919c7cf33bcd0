#pragma once

#include "tests/support/random_network.h"

namespace portolan::tests {

/// Random networks that have only what the referee knows.
inline constexpr RandomNetwork kKnown{.nat = false,
                                      .transit = false,
                                      .endpoints = false,
                                      .balancers = false,
                                      .firewalls = false,
                                      .appliances = false,
                                      .gaps = false};

}  // namespace portolan::tests
