#pragma once

#include <memory>
#include <string>

#include "server/server.h"

namespace portolan::cli {

/// The files of a folder as the console's, for those who work on it: read anew for each request.
std::shared_ptr<const server::Assets> read_console(const std::string& folder);

}  // namespace portolan::cli
