#pragma once

#include <cstdint>
#include <string>
#include <string_view>

/// What people want to know about a condition key that is open.
namespace portolan::iam {

/// Who can see to it that a key has the value that a condition wants.
enum class Maker : std::uint8_t {
  Caller,         // it is the caller's choice: parameters of the request, MFA with an own device
  Place,          // where the caller is: an address, an endpoint
  Administrator,  // who may tag principals and resources
  Service,        // an AWS service alone, calling for somebody
  Time,
  Unknown,  // the key is not one that we know
};
std::string_view text(Maker maker);

/// `key` is folded.
Maker maker_of(std::string_view key);
/// The key as AWS writes it; keys that are not known stay as they are.
std::string spelled_key(std::string_view key);

}  // namespace portolan::iam
