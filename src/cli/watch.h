#pragma once

#include <cstddef>
#include <functional>
#include <string>

#include "cli/source.h"

namespace portolan::cli {

/// Names, sizes and times of the documents below a folder (or of the one file): another text once
/// one of them is written, comes or goes. Empty if there is nothing.
std::string look_of(const std::string& path);

/// A text that changes with what the documents of a source say; of a source that is no folder, one
/// that is new each time.
std::string hash_of_source(const std::string& name);

/// Looks at the folder four times a second until `is_stopped`. Once it has changed, and stands
/// still for a moment, so that half-written files are not read, calls `read`.
void watch_folder(const std::string& path, const std::function<bool()>& is_stopped,
                  const std::function<void()>& read);

}  // namespace portolan::cli
