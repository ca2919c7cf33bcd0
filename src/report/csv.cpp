#include "report/csv.h"

#include <algorithm>
#include <array>

#include "core/text.h"

namespace portolan::report {
namespace {

// SOURCE: OWASP, "CSV Injection"; the wide forms count where the keyboard is East Asian. A tab or a
// carriage return cannot begin a field, for `printable` writes them out.
constexpr std::array<std::string_view, 8> kFormulaSigns = {"=",  "+",  "-",  "@",
                                                           "＝", "＋", "－", "＠"};

bool is_formula(std::string_view text) {
  return std::any_of(kFormulaSigns.begin(), kFormulaSigns.end(),
                     [&](std::string_view sign) { return text.starts_with(sign); });
}

}  // namespace

std::string csv_field(std::string_view text) {
  std::string field = printable(text);
  if (is_formula(trimmed(field))) {
    field.insert(field.begin(), '\'');
  }
  if (field.find_first_of("\",\r\n") == std::string::npos) {
    return field;
  }
  std::string quoted = "\"";
  for (const char c : field) {
    quoted += c;
    if (c == '"') {
      quoted += c;
    }
  }
  return quoted + "\"";
}

}  // namespace portolan::report
