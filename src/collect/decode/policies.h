#pragma once

#include <string>

#include "model/endpoint.h"
#include "model/monitoring.h"

/// Private to the module: JSON that stands as a string inside AWS's answers.
namespace portolan::collect {

/// What the policy of an endpoint lets through. Unclear for anything but plain statements.
EndpointPolicy endpoint_policy_of(const std::string& text);

/// Fills in which calls the rule's event pattern takes.
void read_event_pattern(const std::string& text, EventRule& rule);

}  // namespace portolan::collect
