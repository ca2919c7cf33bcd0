#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/result.h"

/// Private to the module: documents take a tenth of their size.
namespace portolan::store {

/// gzip, fast rather than small.
std::string pack(std::string_view bytes);
/// Error `store_failed` if it is damaged or has another size.
Result<std::string> unpack(std::string_view packed, std::size_t size);
/// CRC-32: tells most changes at once; those that are equal by it are compared byte by byte.
std::uint32_t checksum(std::string_view bytes);

}  // namespace portolan::store
