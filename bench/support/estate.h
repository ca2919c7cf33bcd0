#pragma once

#include <string>
#include <vector>

#include "collect/collect.h"
#include "model/snapshot.h"

namespace portolan::bench {

/// A made-up estate of that many interfaces, seed 1, as `tools/estate` writes it.
std::vector<collect::Document> documents_of(int interfaces, bool groups_follow_roles);

/// The same, decoded.
Snapshot estate_of(int interfaces, bool groups_follow_roles);

/// `100k/roles`, `100/random`: what rows about it are called.
std::string estate_name(int interfaces, bool groups_follow_roles);

}  // namespace portolan::bench
