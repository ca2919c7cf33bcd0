#pragma once

#include <string>
#include <string_view>

/// Private to the module: percent-encoding, as signatures demand it.
namespace portolan::collect::aws {

/// All but letters, digits and `-._~` as `%XX` in upper case.
std::string percent_encoded(std::string_view text);
/// Sequences that are no `%XX` stay as they are.
std::string percent_decoded(std::string_view text);

}  // namespace portolan::collect::aws
