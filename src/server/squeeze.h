#pragma once

#include <optional>
#include <string>
#include <string_view>

/// Private to the module.
namespace portolan::server {

/// Whether a header Accept-Encoding takes that coding: `gzip`, `br`.
bool accepts(std::string_view header, std::string_view coding);

/// The bytes as gzip; nothing where that would not make them smaller. Cost: 10 to 30 ms a megabyte.
std::optional<std::string> gzipped(std::string_view bytes);

}  // namespace portolan::server
