#pragma once

#include <string>

#include "cli/command.h"
#include "cli/terminal.h"
#include "core/diagnostics.h"
#include "core/result.h"
#include "iam/iam.h"

namespace portolan::cli {

/// Principals and policies out of the documents of a source.
struct AuthorityRead {
  iam::Directory directory;
  Diagnostics diagnostics;

  /// True if part of the documents could not be understood.
  [[nodiscard]] bool is_bad() const { return diagnostics.errors() > 0; }
};

/// Reads what the folder `source` holds of IAM and of the organization, and lists its problems on
/// standard error. A live source has no such documents. Errors as `collect::read_folder`.
Result<AuthorityRead> load_authority(const std::string& source, const Invocation& invocation,
                                     Terminal& terminal);

}  // namespace portolan::cli
