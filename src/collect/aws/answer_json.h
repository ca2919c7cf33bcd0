#pragma once

#include <string>
#include <string_view>

#include <boost/json/object.hpp>

#include "collect/aws/calls.h"
#include "core/result.h"

/// Private to the module: the bytes of an answer become the JSON that the AWS CLI prints for it.
namespace portolan::collect::aws {

/// Error `bad_answer` if the bytes are not a whole answer of that call: truncated, malformed, of
/// another call. Members that are not known are kept, under their name with a capital letter.
Result<boost::json::object> answer_json(const Call& call, std::string_view bytes);

/// The same for XML alone; `shape` is what stands inside of the answer.
Result<boost::json::object> xml_answer(std::string_view service, std::string_view action,
                                       Protocol protocol, std::string_view bytes);

/// What AWS says went wrong, in any of its forms; empty where it says nothing.
struct ServiceError {
  std::string code;
  std::string message;
};
ServiceError error_of(std::string_view bytes);

/// A time as the AWS CLI prints it: `2026-05-03T14:03:00+00:00`.
std::string cli_time(std::string_view text);

}  // namespace portolan::collect::aws
