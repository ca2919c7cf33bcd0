#include "server/assets.h"

#include <array>
#include <cstdint>

#include <fmt/format.h>

namespace portolan::server {
namespace {

struct Type {
  std::string_view end;
  std::string_view name;
};

constexpr std::array kTypes = {
    Type{".html", "text/html; charset=utf-8"},
    Type{".js", "text/javascript; charset=utf-8"},
    Type{".css", "text/css; charset=utf-8"},
    Type{".json", "application/json"},
    Type{".svg", "image/svg+xml"},
    Type{".png", "image/png"},
    Type{".ico", "image/x-icon"},
    Type{".woff2", "font/woff2"},
    Type{".wasm", "application/wasm"},
    Type{".txt", "text/plain; charset=utf-8"},
    Type{".map", "application/json"},
};

}  // namespace

std::string tag_of(std::string_view bytes) {
  std::uint64_t hash = 0xcbf29ce484222325U;  // FNV-1a: to tell versions apart, not to prove them
  for (const char byte : bytes) {
    hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001b3U;
  }
  return fmt::format("{:016x}", hash);
}

std::string_view type_of(std::string_view path) {
  for (const Type& type : kTypes) {
    if (path.ends_with(type.end)) {
      return type.name;
    }
  }
  return "application/octet-stream";
}

}  // namespace portolan::server
