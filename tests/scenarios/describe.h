#pragma once

#include <span>
#include <string>
#include <string_view>

#include "core/diagnostics.h"
#include "model/finding.h"
#include "reach/reach.h"
#include "tools/scenario/scenario.h"

/// What was found, in the words of the scenario, for the reports of missed expectations.
namespace portolan::scenario {

/// The question, the answer, why, and every hop; ids are shown with the names of the scenario.
std::string describe(const Scenario& scenario, std::string_view question,
                     const reach::Answer& answer);
std::string_view describe(reach::IntentAnswer::State state);
std::string describe(std::span<const Finding> findings);
std::string describe(const Diagnostics& diagnostics);

}  // namespace portolan::scenario
