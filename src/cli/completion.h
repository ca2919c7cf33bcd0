#pragma once

#include <string>

/// Scripts by which shells complete commands, options and check ids, made from the command table.
namespace portolan::cli {

std::string bash_completion();
std::string zsh_completion();
std::string fish_completion();

}  // namespace portolan::cli
