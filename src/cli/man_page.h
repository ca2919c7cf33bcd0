#pragma once

#include <string>

namespace portolan::cli {

/// portolan(1) for man, made from the command table.
std::string man_page();

}  // namespace portolan::cli
