#include <atomic>
#include <utility>

#include <fmt/format.h>

#include "collect/aws/s3.h"
#include "collect/collect.h"
#include "collect/folder.h"
#include "collect/logs.h"
#include "collect/merge/place_of_path.h"
#include "collect/pool.h"

namespace portolan::collect {

namespace {

/// Why nothing could be read: the first error, and how many more there are.
std::string summary(const Diagnostics& diagnostics) {
  std::string first;
  for (const Diagnostic& diagnostic : diagnostics.sorted()) {
    if (diagnostic.severity == Severity::Error) {
      first = text(diagnostic);
      break;
    }
  }
  if (first.empty()) {
    return "none of its files is an answer of an AWS call that is understood here";
  }
  const std::size_t more = diagnostics.errors() - 1;
  return more == 0 ? first : fmt::format("{} (and {} more errors)", first, more);
}

/// What the folder's own place tells stands in for what the user did not: `audit
/// dump/123456789012`.
DecodeOptions with_place(DecodeOptions options, const std::string& path) {
  // A bucket's own name tells nothing, though it may look like a region.
  const auto bucket = aws::BucketPlace::parse(path);
  const std::string full = bucket ? bucket->prefix : absolute_path(path);
  if (const AccountId account = account_of_path(full); !options.account && account.known()) {
    options.account = account;
  }
  if (const Region region = region_of_path(full); !options.region && region.known()) {
    options.region = region;
  }
  return options;
}

/// The documents of a folder in a bucket, downloaded into memory.
Result<Decoded> load_bucket(const std::string& url, const DecodeOptions& options, int threads) {
  const FolderLimits limits;
  const auto logs = TRY(Logs::open(url, {.is_wanted = is_document,
                                         .file_bytes_max = limits.file_bytes_max,
                                         .expansion_max = limits.expansion_max}));
  std::vector<Document> documents;
  Diagnostics diagnostics;
  std::size_t total = 0;
  LogReader reader(*logs);
  while (const auto log = reader.next()) {
    total += log->text.size();
    if (total > limits.total_bytes_max || documents.size() >= limits.files_max) {
      diagnostics.add({.code = "source_too_big",
                       .message = "the files together are too big: the rest is not read",
                       .file = log->name});
      break;
    }
    documents.push_back({.path = log->name, .bytes = std::string(log->text)});
  }
  diagnostics.append(logs->diagnostics());
  Decoded decoded = decode(std::move(documents), with_place(options, url), threads);
  decoded.diagnostics.append(diagnostics);
  return decoded;
}

Result<Decoded> load_folder(const std::string& path, const DecodeOptions& options, int threads) {
  const FolderLimits limits;
  const Listed listed = TRY(list_folder(path, limits));
  std::vector<DocumentName> names;
  for (const FolderFile& file : listed.files) {
    names.push_back({file.path, file.size});
  }
  std::atomic<std::size_t> total = 0;
  const Fetch fetch = [&](std::size_t number, ReadBuffers& buffers, Diagnostics& diagnostics,
                          const UseText& use) {
    const FolderFile& file = listed.files[number];
    auto bytes = read_file(file, limits, buffers);
    if (bytes && (total += bytes->size()) > limits.total_bytes_max) {
      bytes = fail("source_too_big", "the files together are too big: this one is not read");
    }
    if (bytes) {
      use(*bytes);
      return;
    }
    diagnostics.add(
        {.code = bytes.error().code, .message = bytes.error().message, .file = file.path});
  };
  Decoded decoded = decode(names, fetch, with_place(options, path), threads);
  decoded.diagnostics.append(listed.diagnostics);
  return decoded;
}

}  // namespace

Result<Decoded> load(const std::string& path, const DecodeOptions& options, int threads) {
  Decoded decoded = TRY(aws::is_bucket_url(path) ? load_bucket(path, options, threads)
                                                 : load_folder(path, options, threads));
  if (decoded.documents_read == 0) {
    return fail("nothing_read", summary(decoded.diagnostics), path);
  }
  return decoded;
}

}  // namespace portolan::collect
