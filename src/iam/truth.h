#pragma once

#include <cstdint>

namespace portolan::iam {

/// Yes, no, or not known: what a rule says about a request when a part of either was not readable
/// or not collected. Combined as Kleene does, so that an unknown which cannot change the answer
/// does not appear in it.
enum class Truth : std::uint8_t { No, Unknown, Yes };

constexpr Truth truth(bool value) { return value ? Truth::Yes : Truth::No; }
constexpr Truth operator!(Truth a) { return a == Truth::Unknown ? a : truth(a == Truth::No); }
constexpr Truth operator&&(Truth a, Truth b) { return a < b ? a : b; }
constexpr Truth operator||(Truth a, Truth b) { return a < b ? b : a; }

}  // namespace portolan::iam
