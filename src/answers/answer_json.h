#pragma once

#include <string_view>

#include <boost/json.hpp>

#include "core/result.h"
#include "reach/reach.h"

/// Answers for programs. Keys stand in a fixed order, all text is printable.
namespace portolan::answers {

/// `question`, `verdict`, `services`, `services_depends` and `services_unknown` unless empty,
/// `because`, `from`, `to`, `hops`, `assumptions`.
boost::json::object answer_json(std::string_view question, const reach::Answer& answer);

/// `question`, `verdict` (which is `error`) and `error` with its `code` and `message`.
boost::json::object error_json(std::string_view question, const Error& error);

}  // namespace portolan::answers
