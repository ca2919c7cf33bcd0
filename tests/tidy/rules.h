#pragma once

#include <string>
#include <vector>

#include "tests/tidy/source_file.h"

namespace portolan::tidy {

/// What breaks a rule, one line each: `path:line: what is wrong`.
using Breaches = std::vector<std::string>;

/// Modules include only what lies below them, and other modules through their door.
Breaches check_includes(const SourceFile& file);

/// The pure modules touch no file, clock, environment, randomness or stream, and end no process.
Breaches check_purity(const SourceFile& file);

/// No `throw` in src/, no `using namespace` anywhere.
Breaches check_language(const SourceFile& file);

/// No `TRY` between the braces of an initialiser: GCC 12 does not destroy what was made before it
/// there when it returns.
Breaches check_initialisers(const SourceFile& file);

/// Each header starts with `#pragma once`.
Breaches check_pragma_once(const SourceFile& file);

/// A mark that something is left to do names its issue, `(#12)`.
Breaches check_marks(const SourceFile& file);

/// Package registries are named by the tools that use them, never by us.
Breaches check_hosts(const SourceFile& file);

}  // namespace portolan::tidy
