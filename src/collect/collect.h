#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/diagnostics.h"
#include "core/name.h"
#include "core/result.h"
#include "model/snapshot.h"

/// The door of the collect module: how we know. Documents in, a snapshot out.
namespace portolan::collect {

/// One JSON document as AWS CLI would print it (or several such answers in one file).
struct Document {
  std::string path;   // relative to the source, as shown to people
  std::string bytes;  // JSON, already unpacked
};

struct DecodeOptions {
  std::optional<AccountId> account;  // for documents whose content and path do not tell
  std::optional<Region> region;
  /// Documents that somebody else reads as well, by their text; null: none. Called from several
  /// threads.
  bool (*keeps)(std::string_view text) = nullptr;
};

/// What was understood, and what was not. Always a usable snapshot, however bad the input.
struct Decoded {
  Snapshot snapshot;
  Diagnostics diagnostics;
  std::size_t documents_read = 0;  // documents of which at least one member was understood
  std::size_t resources_read = 0;
  std::uint64_t digest = 0;  // of the paths and bytes of all documents, to tell whether they differ
  std::vector<Document> kept;  // that the options asked for, sorted by path
};

/// Turns documents into a snapshot. Pure: same documents, same snapshot, in any order of input.
/// Never fails as a whole; problems are in `diagnostics` with file and JSON pointer.
/// Cost: linear in the bytes, on `threads` threads (0: as many as the machine has).
Decoded decode(std::vector<Document> documents, const DecodeOptions& options, int threads = 0);

/// Limits on what a folder may hold, against accidents and attacks.
struct FolderLimits {
  std::size_t file_bytes_max = std::size_t{4} << 30;    // one file, unpacked
  std::size_t total_bytes_max = std::size_t{16} << 30;  // all files, unpacked
  std::size_t expansion_max = 200;                      // unpacked : packed bytes of a gzip file
  std::size_t files_max = 1'000'000;
  int depth_max = 16;
};

struct Folder {
  std::vector<Document> documents;  // sorted by path
  Diagnostics diagnostics;          // unreadable files, gzip bombs, files over the limits
};

/// All `*.json` and `*.json.gz` files below `path` (or the one file `path`); others are passed
/// over. Error `source_not_found`, `source_empty` (no such file below it). Symbolic links are
/// followed within the folder only.
Result<Folder> read_folder(const std::string& path, const FolderLimits& limits = {});

/// `read_folder` and `decode` in one, on `threads` threads. Error as `read_folder`; error
/// `nothing_read` if no document could be understood (its message sums up why).
Result<Decoded> load(const std::string& path, const DecodeOptions& options = {}, int threads = 0);

}  // namespace portolan::collect
