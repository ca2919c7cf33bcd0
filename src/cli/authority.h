#pragma once

#include <optional>

#include "checks/check.h"
#include "cli/command.h"
#include "cli/source.h"
#include "cli/terminal.h"
#include "core/diagnostics.h"
#include "iam/iam.h"

namespace portolan::cli {

/// Principals and policies out of the documents of a source.
struct AuthorityRead {
  iam::Directory directory;
  Diagnostics diagnostics;

  /// True if no document told anything of anybody.
  [[nodiscard]] bool is_empty() const { return directory.principals.empty(); }
  /// True if part of the documents could not be understood.
  [[nodiscard]] bool is_bad() const { return diagnostics.errors() > 0; }
};

/// What checks are told: of an empty directory nothing, for nobody read one. Both are borrowed.
checks::Authority authority_of(const AuthorityRead& read,
                               const std::optional<iam::Intent>& allowed);

/// Reads what the source holds of IAM and of the organization, and lists its problems on standard
/// error. A source without such documents gives an empty directory.
AuthorityRead read_authority(const Source& source, const Invocation& invocation,
                             Terminal& terminal);

}  // namespace portolan::cli
