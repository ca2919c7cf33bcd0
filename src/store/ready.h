#pragma once

#include <string>

#include "core/result.h"
#include "store/sqlite.h"

/// Private to the module.
namespace portolan::store {

/// Opens the file, or makes it (readable by its owner only), with the tables of this version.
/// Errors as `Store::open`.
Result<Sqlite> open_ready(const std::string& file);

}  // namespace portolan::store
