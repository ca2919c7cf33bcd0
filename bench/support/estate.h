#pragma once

#include <string>

#include "model/snapshot.h"

namespace portolan::bench {

/// A made-up estate of that many interfaces, seed 1, as `tools/estate` writes it, decoded.
Snapshot estate_of(int interfaces, bool groups_follow_roles);

/// `100k/roles`, `100k/random`: what rows about it are called.
std::string estate_name(int interfaces, bool groups_follow_roles);

}  // namespace portolan::bench
