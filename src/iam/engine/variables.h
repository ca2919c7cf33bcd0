#pragma once

#include <optional>
#include <string>
#include <vector>

#include "iam/caller.h"
#include "iam/context.h"
#include "iam/engine/guard.h"

namespace portolan::iam::engine {

/// Keys that vary together, and all values that they can take as far as some atoms tell them apart.
struct Variable {
  /// One value of each key, nothing where it is absent.
  using Candidate = std::vector<std::optional<Context::Entry>>;

  std::vector<std::string> keys;
  std::vector<Candidate> candidates;
};

/// The open keys of a guard as variables of finite domains, for a caller of that kind. What cannot
/// be together is no candidate: a long-term key has neither MultiFactorAuthPresent nor
/// TokenIssueTime, MultiFactorAuthAge comes with MultiFactorAuthPresent alone, CurrentTime and
/// EpochTime are one moment. Nothing if a key has too many classes of values.
/// SOURCE: IAM User Guide, "AWS global condition context keys": when each key is in a request.
std::optional<std::vector<Variable>> variables_of(const Guards& guards, Guard guard,
                                                  Caller::Kind kind);

/// True for keys that may hold many values.
/// SOURCE: Service Authorization Reference, keys of type ArrayOf…
bool is_list_key(std::string_view key);

}  // namespace portolan::iam::engine
