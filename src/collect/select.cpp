#include "collect/select.h"

#include <utility>

#include "collect/folder.h"

namespace portolan::collect {

Result<Folder> read_selected(const std::string& path, bool (*wants)(std::string_view bytes),
                             const FolderLimits& limits) {
  Listed listed = TRY(list_folder(path, limits));
  Folder folder{.diagnostics = std::move(listed.diagnostics)};
  ReadBuffers buffers;
  std::size_t total = 0;
  for (const FolderFile& file : listed.files) {
    auto bytes = read_file(file, limits, buffers);
    if (bytes && !wants(*bytes)) {
      continue;
    }
    if (bytes && (total += bytes->size()) > limits.total_bytes_max) {
      bytes = fail("source_too_big", "the files together are too big: this one is not read");
    }
    if (bytes) {
      folder.documents.push_back({.path = file.path, .bytes = std::string(*bytes)});
    } else {
      folder.diagnostics.add(
          {.code = bytes.error().code, .message = bytes.error().message, .file = file.path});
    }
  }
  return folder;
}

}  // namespace portolan::collect
