#pragma once

#include <functional>
#include <string>

namespace portolan::cli {

/// Names, sizes and times of the documents below a folder (or of the one file): another text once
/// one of them is written, comes or goes. Empty if there is nothing.
std::string look_of(const std::string& path);

/// Looks at the folder some ten times a second until `is_stopped`. Once it has changed, and stands
/// still for a moment, so that half-written files are not read, calls `read`.
void watch_folder(const std::string& path, const std::function<bool()>& is_stopped,
                  const std::function<void()>& read);

}  // namespace portolan::cli
