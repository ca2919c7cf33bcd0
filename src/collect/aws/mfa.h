#pragma once

#include <string>

#include "core/result.h"

/// Private to the module: the code of an MFA device, which only a person can read.
namespace portolan::collect::aws {

/// Asks for it at the terminal of the process, whatever its input and output are, without showing
/// what is typed. Error `no_mfa_code` if there is no terminal, or nothing like a code is typed.
Result<std::string> ask_mfa_code(const std::string& serial);

}  // namespace portolan::collect::aws
