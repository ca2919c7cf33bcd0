#pragma once

#include <string>
#include <utility>

#include <tl/expected.hpp>

namespace portolan {

/// What went wrong, for code (`code`), for people (`message`), and where (`context`).
///
/// Example: `Error{"bad_prefix", "`10.0.0/8` is not an address prefix", "rules.json"}`.
/// `code` is stable snake_case and is what tests compare; `message` is one lower-case sentence
/// without a full stop; `context` names the file, argument or resource and may be empty.
struct Error {
  std::string code;
  std::string message;
  std::string context = {};

  friend bool operator==(const Error&, const Error&) = default;
};

/// A value, or the reason why there is none. Everything the outside world can get wrong returns it.
template <class T>
using Result = tl::expected<T, Error>;

/// Makes the failing side of a `Result`.
inline tl::unexpected<Error> fail(std::string code, std::string message, std::string context = {}) {
  return tl::unexpected<Error>(Error{std::move(code), std::move(message), std::move(context)});
}

}  // namespace portolan

/// Evaluates to the value of a `Result`, or returns its error from the enclosing function.
#define TRY(expression)                                                           \
  __extension__({                                                                 \
    auto try_result_ = (expression);                                              \
    if (!try_result_) {                                                           \
      return ::tl::unexpected<::portolan::Error>(std::move(try_result_).error()); \
    }                                                                             \
    std::move(*try_result_);                                                      \
  })
