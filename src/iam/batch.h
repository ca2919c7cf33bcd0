#pragma once

#include <string>
#include <string_view>

#include "core/result.h"

namespace portolan::iam {

/// One line of the JSON-lines protocol: a request with all its policies in, the oracle's answer
/// out.
///
/// In: `id`, `principal` (an ARN, a service's name, or `{"type":"Anonymous"}`), `action`,
/// `resource`, `account` of the resource, `context` (key to text or list of texts), `identity` and
/// `boundary` and `endpoint` (lists of policy documents), `session` and `resource_policy` (a
/// document or null), `scp` and `rcp` (a list per level, root first), `wildcard_only` (default from
/// the action table). Out: `{"id", "result", "blocked_by", "residual"}` with the results of
/// `Outcome` and the kinds of policy that deny or do not allow; `residual` is null.
///
/// The request is the whole truth: no key is derived, none dropped. Not decided yet, and answered
/// Unknown with a `reason`: the mode Discovery, and a resource that is itself a pattern.
/// Error `bad_request`, with the line's `id` in the context if it could be read. Cost: linear.
Result<std::string> answer_line(std::string_view json);

}  // namespace portolan::iam
