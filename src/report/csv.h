#pragma once

#include <string>
#include <string_view>

namespace portolan::report {

/// `text` as one field of a CSV file: printable, quoted where needed, and with an apostrophe before
/// what a spreadsheet would take for a formula.
std::string csv_field(std::string_view text);

}  // namespace portolan::report
