#pragma once

#include <string>
#include <vector>

#include "collect/aws/http.h"

/// Private to the module: what a server says may repeat what it was sent. A refused signature, for
/// one, is explained with the whole request, its session token included.
namespace portolan::collect::aws {

/// The text with `(hidden)` for each of the secrets, also where one stands percent-encoded or is
/// cut off after its first sixteen characters. What is shorter than eight characters is no secret.
std::string without_secrets(std::string text, const std::vector<std::string>& secrets);
/// The same for the secret parts of keys.
std::string without_secrets(std::string text, const Keys& keys);

}  // namespace portolan::collect::aws
