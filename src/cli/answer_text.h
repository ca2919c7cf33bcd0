#pragma once

#include <string>
#include <string_view>

#include "cli/terminal.h"
#include "reach/reach.h"

/// Answers for people. All text is printable.
namespace portolan::cli {

/// One line: the verdict, the question, and for anything but yes the reason.
std::string answer_line(std::string_view question, const reach::Answer& answer, const Style& style);

/// The verdict, what passes, why, every hop of both directions, and what was taken for granted.
std::string answer_text(std::string_view question, const reach::Answer& answer, const Style& style);

/// The part of `answer_text` below the verdict.
std::string explanation_text(const reach::Answer& answer, const Style& style);

}  // namespace portolan::cli
