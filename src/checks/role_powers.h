#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "checks/authorities.h"

/// Private to the module: what the role of an instance can do to the network, as checks tell it.
namespace portolan::checks {

struct RoleAnswer {
  enum class Kind : std::uint8_t {
    Nothing,  // no role, or one that can change nothing
    Can,      // always
    MayBe,    // if its condition holds, or on a detour
    Unknown,
  };
  Kind kind = Kind::Nothing;
  std::string words;  // "runs as role/Web, which can …"; of Nothing why; of Unknown what is unsaid
  std::string gap;    // of Unknown
};

/// Terminated instances have nothing.
RoleAnswer role_answer(const Context& context, const Instance& instance);

}  // namespace portolan::checks
