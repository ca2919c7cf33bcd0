#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "iam/actions.h"
#include "iam/formula.h"
#include "iam/oracle.h"

namespace portolan::iam {

/// What of a request's context is certain: keys that are not named here are open. Names have no
/// case; one that ends in `*` is a prefix, of which the longest counts, after the exact name.
class Knowledge {
 public:
  enum class Degree : std::uint8_t {
    Open,      // whether the key is there is not known
    Presence,  // the context tells whether it is there
    Value,     // … and with which value
  };

  void add(std::string_view name, Degree degree);
  /// Keys that the action does not support on that use of a resource are certainly absent.
  void limit_to(const ActionRow* action, const ResourceUse* use) {
    action_ = action;
    use_ = use;
  }
  /// `key` is folded.
  [[nodiscard]] Degree of(std::string_view key) const;

 private:
  std::map<std::string, Degree, std::less<>> exact_;
  std::map<std::string, Degree, std::less<>> prefixes_;
  const ActionRow* action_ = nullptr;
  const ResourceUse* use_ = nullptr;
};

struct OpenDecision {
  Decision decision;
  Formula condition;  // under which it is allowed
};

/// Decides a request of which a part is open: an Allow counts if some values of the open keys meet
/// it, a Deny if all do. The name of a role's session is open too.
///
/// Statements are judged one by one; `condition` tells whether those that count can be met
/// together. Cost: as `decide`, and for each statement the classes of its keys' values.
OpenDecision decide_open(const Request& request, const Authority& authority,
                         const Knowledge& knowledge);

}  // namespace portolan::iam
