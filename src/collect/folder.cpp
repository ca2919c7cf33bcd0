#include "collect/folder.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

#include <fmt/format.h>

namespace portolan::collect {

namespace {

namespace fs = std::filesystem;

/// A file descriptor that closes itself. A pipe that nobody writes to does not hold it up.
class OpenFile {
 public:
  explicit OpenFile(const std::string& path)
      : descriptor_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {}
  ~OpenFile() {
    if (descriptor_ >= 0) {
      ::close(descriptor_);
    }
  }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;

  [[nodiscard]] bool ok() const { return descriptor_ >= 0; }
  [[nodiscard]] int descriptor() const { return descriptor_; }

 private:
  int descriptor_;
};

tl::unexpected<Error> unreadable(int error) {
  return fail("unreadable_file",
              fmt::format("the file cannot be read: {}", std::generic_category().message(error)));
}

/// Reads up to `wanted` bytes; fewer at the end of the file.
Result<std::size_t> read_some(const OpenFile& file, char* into, std::size_t wanted) {
  std::size_t done = 0;
  while (done < wanted) {
    const ssize_t got = ::read(file.descriptor(), into + done, wanted - done);
    if (got < 0 && errno == EINTR) {
      continue;
    }
    if (got < 0) {
      return unreadable(errno);
    }
    if (got == 0) {
      break;
    }
    done += static_cast<std::size_t>(got);
  }
  return done;
}

/// The bytes as they lie on the disk. A file that grows meanwhile is read up to its first size.
Result<void> read_packed(const FolderFile& file, std::size_t bytes_max, Buffer& buffer) {
  const OpenFile open(file.full_path);
  struct stat status {};
  if (!open.ok() || ::fstat(open.descriptor(), &status) != 0) {
    return unreadable(errno);
  }
  if (!S_ISREG(status.st_mode)) {
    return fail("unreadable_file", "it is no regular file");
  }
  const auto size = static_cast<std::size_t>(status.st_size);
  if (size > bytes_max) {
    return fail("file_too_big", fmt::format("the file has more than {} bytes", bytes_max));
  }
  if (!buffer.make_room(size)) {
    return fail("file_too_big", "there is not enough memory for the file");
  }
  buffer.size = TRY(read_some(open, buffer.bytes.get(), size));
  return {};
}

/// All that a pipe or terminal has.
Result<void> read_stream(int descriptor, std::size_t bytes_max, Buffer& buffer) {
  constexpr std::size_t kFirst = std::size_t{1} << 20;
  bool has_room = buffer.make_room(std::max(kFirst, buffer.capacity));
  while (has_room) {
    if (buffer.size == buffer.capacity) {
      if (buffer.capacity >= bytes_max) {
        return fail("file_too_big", fmt::format("there are more than {} bytes", bytes_max));
      }
      has_room = buffer.grow(std::min(bytes_max, buffer.capacity * 2));
      continue;
    }
    const ssize_t got =
        ::read(descriptor, buffer.bytes.get() + buffer.size, buffer.capacity - buffer.size);
    if (got < 0 && errno != EINTR) {
      return unreadable(errno);
    }
    if (got == 0) {
      return {};
    }
    buffer.size += got > 0 ? static_cast<std::size_t>(got) : 0;
  }
  return fail("file_too_big", "there is not enough memory for what is read");
}

/// Lists a folder and those below it.
class Lister {
 public:
  Lister(fs::path root, const FolderLimits& limits, const IsWanted& is_wanted)
      : root_(std::move(root)), limits_(&limits), is_wanted_(&is_wanted) {
    std::error_code error;
    real_root_ = fs::canonical(root_, error);
  }

  Listed list() {
    list_below(root_, 0);
    std::sort(listed_.files.begin(), listed_.files.end(),
              [](const FolderFile& a, const FolderFile& b) { return a.path < b.path; });
    return std::move(listed_);
  }

 private:
  void list_below(const fs::path& folder, int depth) {
    if (depth > limits_->depth_max) {
      complain("folder_too_deep", "folders nest too deep: what is below is not read", folder);
      return;
    }
    std::error_code error;
    for (fs::directory_iterator entries(folder, error), end; !error && entries != end;
         entries.increment(error)) {
      visit(*entries, depth);
    }
    if (error) {
      complain("unreadable_folder", "the folder cannot be read: " + error.message(), folder);
    }
  }

  void visit(const fs::directory_entry& entry, int depth) {
    std::error_code error;
    if (entry.is_symlink(error) && !stays_inside(entry.path())) {
      complain("link_leads_out", "a link that leads out of the folder is not followed",
               entry.path());
      return;
    }
    if (entry.is_directory(error)) {
      // A link to a folder above would be walked for ever: what it leads to is listed anyway.
      if (!entry.is_symlink(error)) {
        list_below(entry.path(), depth + 1);
      }
    } else if ((*is_wanted_)(relative(entry.path())) && has_room(entry.path())) {
      add(entry);
    }
  }

  [[nodiscard]] bool stays_inside(const fs::path& link) const {
    std::error_code error;
    const fs::path target = fs::canonical(link, error);
    const auto [rest, ignored] =
        std::mismatch(real_root_.begin(), real_root_.end(), target.begin(), target.end());
    return !error && rest == real_root_.end();
  }

  bool has_room(const fs::path& path) {
    if (listed_.files.size() < limits_->files_max) {
      return true;
    }
    complain("too_many_files", "the folder holds too many files: the rest is not read", path);
    return false;
  }

  void add(const fs::directory_entry& entry) {
    std::error_code error;
    const auto size = entry.file_size(error);
    listed_.files.push_back({.path = relative(entry.path()),
                             .full_path = entry.path().string(),
                             .size = error ? 0 : static_cast<std::size_t>(size)});
  }

  [[nodiscard]] std::string relative(const fs::path& path) const {
    return path.lexically_relative(root_).generic_string();
  }

  void complain(std::string_view code, std::string message, const fs::path& path) {
    listed_.diagnostics.add(
        {.code = std::string(code), .message = std::move(message), .file = relative(path)});
  }

  fs::path root_;
  fs::path real_root_;
  const FolderLimits* limits_;
  const IsWanted* is_wanted_;
  Listed listed_;
};

}  // namespace

bool is_document(std::string_view name) {
  return name.ends_with(".json") || name.ends_with(".json.gz");
}

Result<Listed> list_folder(const std::string& path, const FolderLimits& limits,
                           const IsWanted& is_wanted) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (!fs::exists(status)) {
    return fail("source_not_found", fmt::format("there is no `{}`", path), path);
  }
  Listed listed;
  if (fs::is_directory(status)) {
    listed = Lister(path, limits, is_wanted).list();
  } else {
    const auto size = fs::file_size(path, error);
    listed.files.push_back({.path = fs::path(path).filename().string(),
                            .full_path = path,
                            .size = error ? 0 : static_cast<std::size_t>(size)});
  }
  if (listed.files.empty()) {
    return fail("source_empty", fmt::format("`{}` holds no *.json or *.json.gz file", path), path);
  }
  return listed;
}

std::string absolute_path(const std::string& path) {
  std::error_code error;
  const fs::path absolute = fs::absolute(path, error);
  return error ? path : absolute.lexically_normal().string();
}

Result<std::string_view> read_standard_input(const FolderLimits& limits, ReadBuffers& buffers) {
  if (const auto outcome = read_stream(STDIN_FILENO, limits.file_bytes_max, buffers.packed);
      !outcome) {
    return tl::unexpected(outcome.error());
  }
  return unpack(buffers.packed.view(), limits, buffers.unpacked);
}

Result<std::string_view> read_file(const FolderFile& file, const FolderLimits& limits,
                                   ReadBuffers& buffers) {
  if (const auto outcome = read_packed(file, limits.file_bytes_max, buffers.packed); !outcome) {
    return tl::unexpected(outcome.error());
  }
  return unpack(buffers.packed.view(), limits, buffers.unpacked);
}

Result<std::string_view> unpack(std::string_view bytes, const FolderLimits& limits,
                                Buffer& unpacked) {
  if (!is_gzip(bytes)) {
    return bytes;
  }
  const GzipLimits gzip_limits{.bytes_max = limits.file_bytes_max,
                               .expansion_max = limits.expansion_max};
  if (const auto outcome = gunzip(bytes, gzip_limits, unpacked); !outcome) {
    return tl::unexpected(outcome.error());
  }
  return unpacked.view();
}

Result<Folder> read_folder(const std::string& path, const FolderLimits& limits) {
  Listed listed = TRY(list_folder(path, limits));
  Folder folder{.diagnostics = std::move(listed.diagnostics)};
  ReadBuffers buffers;
  std::size_t total = 0;
  for (const FolderFile& file : listed.files) {
    auto bytes = read_file(file, limits, buffers);
    if (bytes && total + bytes->size() > limits.total_bytes_max) {
      bytes = fail("source_too_big", "the files together are too big: this one is not read");
    }
    if (!bytes) {
      folder.diagnostics.add(
          {.code = bytes.error().code, .message = bytes.error().message, .file = file.path});
      continue;
    }
    total += bytes->size();
    folder.documents.push_back({.path = file.path, .bytes = std::string(*bytes)});
  }
  return folder;
}

}  // namespace portolan::collect
