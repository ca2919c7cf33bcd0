#pragma once

#include <string>

#include "answers/who_answer.h"
#include "cli/terminal.h"

namespace portolan::cli {

/// What `portolan who` says, for people.
std::string who_text(const answers::WhoAnswer& answer, const Style& style);

}  // namespace portolan::cli
