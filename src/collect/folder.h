#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "collect/collect.h"
#include "collect/gzip.h"

/// Private to the module: the only place where files are opened.
namespace portolan::collect {

/// A file of a folder. `path` is relative to the folder, for people; `full_path` opens it.
struct FolderFile {
  std::string path;
  std::string full_path;
  std::size_t size = 0;
};

struct Listed {
  std::vector<FolderFile> files;  // sorted by path
  Diagnostics diagnostics;
};

/// Which files are listed, by name. Of a source: those that end in `.json` or `.json.gz`.
using IsWanted = std::function<bool(std::string_view name)>;
bool is_document(std::string_view name);

/// The files of a folder, or the one file `path`, without reading them. Errors as `read_folder`.
Result<Listed> list_folder(const std::string& path, const FolderLimits& limits,
                           const IsWanted& is_wanted = is_document);

/// The text of bytes that may be packed; it lies where they do, or in `unpacked`. Error as
/// `gunzip`.
Result<std::string_view> unpack(std::string_view bytes, const FolderLimits& limits,
                                Buffer& unpacked);

/// `path` from the root of the file system on.
std::string absolute_path(const std::string& path);

/// What a thread keeps from file to file.
struct ReadBuffers {
  Buffer packed;
  Buffer unpacked;
};

/// All that standard input has, unpacked if it is a gzip file. Errors as `read_file`.
Result<std::string_view> read_standard_input(const FolderLimits& limits, ReadBuffers& buffers);

/// The bytes of a file, unpacked if it is a gzip file; they live in `buffers` until the next file
/// is read. Error `unreadable_file`, `file_too_big`, or as `gunzip`.
Result<std::string_view> read_file(const FolderFile& file, const FolderLimits& limits,
                                   ReadBuffers& buffers);

}  // namespace portolan::collect
