#pragma once

#include "core/result.h"
#include "store/sqlite.h"

/// Private to the module: the tables, and how older files come to have them.
namespace portolan::store {

/// Brings the file to the version of this program, in one transaction. `application_id` tells our
/// files from others. Error `store_too_new`, `not_a_store`, `store_failed`.
Result<void> bring_forward(Sqlite& database);

/// Error `not_a_store` or `store_too_new` unless the file is empty or ours. Writes nothing.
Result<void> expect_ours(Sqlite& database);

/// Errors as above, but for a file that is older `store_too_old`.
Result<void> expect_current(Sqlite& database);

}  // namespace portolan::store
