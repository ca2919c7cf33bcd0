#pragma once

#include <string>
#include <string_view>

#include "cli/command.h"
#include "cli/terminal.h"
#include "collect/collect.h"
#include "core/diagnostics.h"
#include "core/result.h"

namespace portolan::cli {

/// What the user pointed at, read.
struct Source {
  std::string name;
  collect::Decoded decoded;

  /// True if part of the input could not be understood.
  [[nodiscard]] bool is_bad() const { return decoded.diagnostics.errors() > 0; }
};

/// The source's name: `--source`, else `word` (may be empty), else $PORTOLAN_SOURCE.
/// Error `usage` if there is none, or two.
Result<std::string> source_name(const Invocation& invocation, std::string_view word);

/// Reads the source and lists the problems of its documents on standard error. Errors of
/// `collect::load`; `bad_account`, `bad_region`; `source_unsupported`.
Result<Source> load_source(const Invocation& invocation, const std::string& name,
                           Terminal& terminal);
/// The same, with the documents of IAM and of the organization kept for `read_authority`.
Result<Source> load_source_with_authority(const Invocation& invocation, const std::string& name,
                                          Terminal& terminal);

}  // namespace portolan::cli
