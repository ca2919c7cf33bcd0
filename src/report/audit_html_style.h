#pragma once

#include <string_view>

/// Private to the module: how the page looks.
namespace portolan::report {

/// The content of the page's only style element.
extern const std::string_view kAuditHtmlStyle;

}  // namespace portolan::report
