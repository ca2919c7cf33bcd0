#pragma once

#include <string>
#include <string_view>

#include "collect/collect.h"

/// Part of the door of collect: documents of a folder for whoever does not need all of them.
namespace portolan::collect {

/// As `read_folder`, but only the documents that `wants` wants.
Result<Folder> read_selected(const std::string& path, bool (*wants)(std::string_view bytes),
                             const FolderLimits& limits = {});

}  // namespace portolan::collect
