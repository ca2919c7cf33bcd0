#pragma once

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

/// Whether a file of a folder is one to read; `path` is relative to the folder.
using IsWanted = bool (*)(std::string_view path);

/// `*.json` and `*.json.gz`.
bool is_document(std::string_view path);

/// The files that `read_folder` reads, or others, without reading them. A file that is named itself
/// is always wanted. Errors as `read_folder`, but that no file is found is none.
Result<Listed> list_files(const std::string& path, const FolderLimits& limits, IsWanted is_wanted);

/// The files that `read_folder` reads. Errors as it.
Result<Listed> list_folder(const std::string& path, const FolderLimits& limits);

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
