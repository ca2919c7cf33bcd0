#pragma once

#include <string>
#include <vector>

#include "core/result.h"

namespace portolan::cli {

/// A question as it was typed: where to ask it, and the text that `reach::parse_question` reads.
struct TypedQuestion {
  std::string source;  // empty if the words name none
  std::string question;
};

/// Reads `[SOURCE] FROM -> TO [SERVICE…]`, the arrow by itself, at the end of another word, or
/// inside a word that holds the whole question; and `[SOURCE] FROM TO [SERVICE…]`. Without an arrow
/// the words that can only be services are the service, and what stands before FROM is the source.
///
/// Error `usage`; error `shell_redirect` if a shell took the `>` of an unquoted arrow.
Result<TypedQuestion> read_question(const std::vector<std::string>& words);

}  // namespace portolan::cli
