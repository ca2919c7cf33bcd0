#include "collect/decode/mentions.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "collect/json/pointer.h"

namespace portolan::collect {

namespace {

/// Of one document. A file with more names no groups that somebody uses.
constexpr std::size_t kMentionsMax = 1'000'000;

constexpr std::string_view kPrefix = "sg-";

bool is_hex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); }

bool is_letter_or_digit(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// True for what continues a name, so that `my-sg-12345678` is no id.
bool continues_name(char c) { return is_letter_or_digit(c) || c == '-' || c == '_'; }

struct Mention {
  std::size_t offset;
  std::string_view id;
};

/// The id at `at`, where `sg-` stands: eight or seventeen hexadecimal digits follow.
std::optional<std::string_view> id_at(std::string_view text, std::size_t at) {
  if (at > 0 && continues_name(text[at - 1])) {
    return std::nullopt;
  }
  std::size_t end = at + kPrefix.size();
  while (end < text.size() && is_hex(text[end])) {
    ++end;
  }
  const std::size_t digits = end - at - kPrefix.size();
  const bool is_cut = end < text.size() && continues_name(text[end]);
  if (is_cut || (digits != 8 && digits != 17)) {
    return std::nullopt;
  }
  return text.substr(at, end - at);
}

std::vector<Mention> mentions_in(std::string_view text, const std::vector<ByteRange>& silent) {
  std::vector<Mention> found;
  auto range = silent.begin();
  std::size_t at = 0;
  while (found.size() < kMentionsMax) {
    // A silent range is jumped over, not searched: most bytes of a dump lie in such.
    const std::size_t stop = range == silent.end() ? text.size() : range->start;
    const std::size_t hit = at < stop ? text.substr(0, stop).find(kPrefix, at) : text.npos;
    if (hit == std::string_view::npos) {
      if (range == silent.end()) {
        break;
      }
      at = std::max(at, range->end);
      ++range;
      continue;
    }
    if (const auto id = id_at(text, hit)) {
      found.push_back({hit, *id});
    }
    at = hit + kPrefix.size();
  }
  return found;
}

}  // namespace

void find_mentions(std::string_view text, const std::string& path, Harvest& out) {
  const std::vector<Mention> found = mentions_in(text, out.silent);
  if (found.size() == kMentionsMax) {
    out.problems.add({.code = "too_many_mentions",
                      .message = "the file names more groups than can be kept",
                      .offset = found.back().offset});
    out.gaps.push_back({.code = "too_many_mentions",
                        .resource = path,
                        .message = "not all places that name a security group were kept"});
  }
  std::vector<std::size_t> offsets;
  offsets.reserve(found.size());
  for (const Mention& mention : found) {
    offsets.push_back(mention.offset);
  }
  std::vector<std::string> pointers = pointers_of(text, offsets);
  for (std::size_t i = 0; i < found.size(); ++i) {
    out.mentions.push_back(
        {.group = {std::string(found[i].id)}, .file = path, .pointer = std::move(pointers[i])});
  }
}

}  // namespace portolan::collect
