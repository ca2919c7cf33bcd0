#pragma once

#include <string>
#include <string_view>

#include "core/result.h"
#include "iam/request.h"

namespace portolan::iam {

/// One line of the JSON-lines protocol: a request with all its policies in, the oracle's answer
/// out.
///
/// In: `id`, `principal` (an ARN, a service's name, or `{"type":"Anonymous"}`), `action`,
/// `resource`, `account` of the resource, `context` (key to text or list of texts), `identity` and
/// `boundary` and `endpoint` (lists of policy documents), `session` and `resource_policy` (a
/// document or null), `scp` and `rcp` (a list per level, root first), `wildcard_only` (default from
/// the action table), `mode` (`Strict` or `Discovery`), `known` of the latter (key, or prefix with
/// `*`, to `value` or `presence`). Out: `{"id", "result", "blocked_by", "residual"}` with the
/// results of `Outcome` and the kinds of policy that deny or do not allow; `residual` is the
/// condition of what is Allowed in the mode Discovery, as `json(Formula)` writes it, else null;
/// `reason` stands beside Unknown if there is more to say.
///
/// The request is the whole truth: no key is derived, none dropped. A resource with wildcards is
/// Allowed if some resource that it matches is, else ExplicitlyDenied if some is.
/// Error `bad_request`, with the line's `id` as JSON in the context. Cost: linear, but for the
/// modes and patterns as `decide_open` and `sample_resources`.
Result<std::string> answer_line(std::string_view json);

/// The line of a request: what `answer_line` reads. `id` is JSON. What is ambiguous is left out.
std::string request_line(std::string_view id, const Request& request, const Authority& authority);

/// The line of a request that could not be read: Unknown, with the reason. `id` is JSON.
std::string refusal_line(std::string_view id, std::string_view reason);

}  // namespace portolan::iam
