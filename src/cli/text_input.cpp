#include "cli/text_input.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>
#include <utility>

#include <fmt/format.h>

#include "core/text.h"

namespace portolan::cli {
namespace {

tl::unexpected<Error> cannot_read(const std::string& path) {
  return fail("cannot_read",
              fmt::format("cannot read `{}`: {}", printable(path), std::strerror(errno)));
}

struct Descriptor {
  int number = -1;
  bool is_owned = false;
};

Result<Descriptor> open_file(const std::string& path) {
  if (path == "-") {
    return Descriptor{STDIN_FILENO, false};
  }
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) {
    return cannot_read(path);
  }
  return Descriptor{descriptor, true};
}

/// Appends what there is to read, at most one block; false at the end.
Result<bool> read_block(int descriptor, const std::string& path, std::string& buffer) {
  std::array<char, std::size_t{16} << 10U> block = {};
  ssize_t size = -1;
  do {
    size = ::read(descriptor, block.data(), block.size());
  } while (size < 0 && errno == EINTR);
  if (size < 0) {
    return cannot_read(path);
  }
  buffer.append(block.data(), static_cast<std::size_t>(size));
  return size > 0;
}

}  // namespace

Result<LineReader> LineReader::open(const std::string& path, std::size_t length_most) {
  const Descriptor descriptor = TRY(open_file(path));
  return LineReader(descriptor.number, descriptor.is_owned, path, length_most);
}

LineReader::LineReader(LineReader&& other) noexcept
    : descriptor_(other.descriptor_),
      is_owned_(std::exchange(other.is_owned_, false)),
      path_(std::move(other.path_)),
      length_most_(other.length_most_),
      buffer_(std::move(other.buffer_)),
      start_(other.start_),
      is_at_end_(other.is_at_end_) {}

LineReader::~LineReader() {
  if (is_owned_) {
    ::close(descriptor_);
  }
}

Result<bool> LineReader::fill() {
  buffer_.erase(0, start_);
  start_ = 0;
  return read_block(descriptor_, path_, buffer_);
}

Result<std::optional<Line>> LineReader::next() {
  Line line;
  while (true) {
    const std::size_t end = buffer_.find('\n', start_);
    const std::size_t length = std::min(end, buffer_.size()) - start_;
    const std::size_t room = length_most_ - line.text.size();
    line.text.append(buffer_, start_, std::min(length, room));
    line.is_cut = line.is_cut || length > room;
    start_ += length;
    if (end != std::string::npos) {
      ++start_;
      return line;
    }
    if (is_at_end_ || !TRY(fill())) {
      is_at_end_ = true;
      return line.text.empty() ? std::nullopt : std::optional(std::move(line));
    }
  }
}

Result<std::string> read_text(const std::string& path, std::size_t bytes_max) {
  const Descriptor descriptor = TRY(open_file(path));
  std::string text;
  Result<bool> more = true;
  while (more && *more && text.size() <= bytes_max) {
    more = read_block(descriptor.number, path, text);
  }
  if (descriptor.is_owned) {
    ::close(descriptor.number);
  }
  if (!more) {
    return tl::unexpected(more.error());
  }
  if (text.size() > bytes_max) {
    return fail("too_large", fmt::format("`{}` has more than {} bytes, is it the right file",
                                         printable(path), bytes_max));
  }
  return text;
}

}  // namespace portolan::cli
