#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "server/body.h"

/// Part of the door, by way of server.h: the files of the console.
namespace portolan::server {

/// One file, by the name that it has in an address.
struct Asset {
  std::string path;  // `index.html`, `app.js`
  Body plain;
  Body gzip;        // empty: only plain
  Body brotli;      // the same
  std::string tag;  // changes with the bytes
};

/// Sorted by path. Empty where there is no console.
using Assets = std::vector<Asset>;

/// What the build put into the program.
const std::shared_ptr<const Assets>& compiled_assets();

/// A tag for these bytes.
std::string tag_of(std::string_view bytes);

/// `text/html; charset=utf-8` and the like, by the end of the name.
std::string_view type_of(std::string_view path);

}  // namespace portolan::server
