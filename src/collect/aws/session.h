#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "collect/aws/http.h"
#include "core/result.h"
#include "core/time.h"

/// Private to the module.
namespace portolan::collect::aws {

/// Keys, and until when they sign.
struct Credentials {
  Keys keys;
  std::optional<Time> expires;
};

/// Where credentials come from; asked again when they are about to expire.
using FindCredentials = std::function<Result<Credentials>()>;

/// The credentials of one account, always fresh.
class Session {
 public:
  Session(Credentials first, FindCredentials find)
      : credentials_(std::move(first)), find_(std::move(find)) {}

  /// Renews them if they expire within five minutes. Where that fails the old ones are tried, and
  /// AWS's own answer tells.
  Keys keys();
  /// AWS said that the keys have expired that a request was signed with. True if there are others
  /// now, be it that another request had them renewed meanwhile.
  bool renew(const Keys& expired);

 private:
  /// Asks for newer ones, but not again at once where there were none.
  bool find_newer();

  Credentials credentials_;
  FindCredentials find_;
  std::optional<std::int64_t> asked_in_vain_s_;
};

}  // namespace portolan::collect::aws
