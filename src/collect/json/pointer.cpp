#include "collect/json/pointer.h"

#include <cstdint>
#include <limits>
#include <utility>

#include "collect/json/reader.h"
#include "collect/json/tokens.h"
#include "collect/json/unescape.h"

namespace portolan::collect {

namespace {

/// SOURCE: RFC 6901, section 3.
void append_escaped(std::string_view key, std::string& out) {
  for (const char c : key) {
    if (c == '~') {
      out += "~0";
    } else if (c == '/') {
      out += "~1";
    } else {
      out += c;
    }
  }
}

/// Knows the place of the token that was shown to it last.
class Place {
 public:
  void show(char kind, std::string_view raw);
  /// After `show`: what follows is inside, if the token opens something.
  void enter(char kind);
  [[nodiscard]] std::string pointer() const;
  [[nodiscard]] std::size_t depth() const { return frames_.size(); }
  /// How many objects and arrays have begun at the top, less one.
  [[nodiscard]] std::size_t document() const { return documents_ == 0 ? 0 : documents_ - 1; }

 private:
  struct Frame {
    bool is_object = false;
    bool expects_key = false;
    bool has_key = false;
    std::size_t index = 0;
    std::string_view key;  // with its quotes
  };

  std::vector<Frame> frames_;
  std::size_t documents_ = 0;
};

void Place::show(char kind, std::string_view raw) {
  if (kind == '}' || kind == ']') {
    if (!frames_.empty()) {
      frames_.pop_back();
    }
    return;
  }
  if (frames_.empty()) {
    documents_ += kind == '{' || kind == '[' ? 1 : 0;
    return;
  }
  Frame& frame = frames_.back();
  if (kind == ',') {
    ++frame.index;
    frame.expects_key = frame.is_object;
    frame.has_key = false;
  } else if (kind == '"' && frame.expects_key) {
    frame.key = raw;
    frame.has_key = true;
    frame.expects_key = false;
  }
}

void Place::enter(char kind) {
  if (kind == '{' || kind == '[') {
    frames_.push_back({.is_object = kind == '{', .expects_key = kind == '{'});
  }
}

std::string Place::pointer() const {
  std::string pointer;
  std::string key;
  for (const Frame& frame : frames_) {
    if (!frame.is_object) {
      pointer += '/' + std::to_string(frame.index);
    } else if (frame.has_key && frame.key.size() >= 2) {
      pointer += '/';
      unescape(frame.key.substr(1, frame.key.size() - 2), key);
      append_escaped(key, pointer);
    }
  }
  return pointer;
}

}  // namespace

std::vector<std::string> pointers_of(std::string_view text, std::span<const std::size_t> offsets) {
  if (offsets.empty()) {
    return {};
  }
  std::vector<std::pair<std::size_t, std::string>> found;
  found.reserve(offsets.size());
  TokenIndexer indexer;
  Tokens tokens(text, indexer);
  Place place;
  const auto report_before = [&](std::size_t limit) {
    while (found.size() < offsets.size() && offsets[found.size()] < limit) {
      found.emplace_back(place.document(), place.pointer());
    }
  };
  while (tokens.kind() != '\0' && place.depth() <= Reader::kDepthMax) {
    const char kind = tokens.kind();
    place.show(kind, tokens.raw());
    tokens.next();
    report_before(tokens.kind() == '\0' ? text.size() : tokens.offset());
    place.enter(kind);
  }
  report_before(std::numeric_limits<std::size_t>::max());
  std::vector<std::string> pointers;
  pointers.reserve(found.size());
  for (auto& [document, pointer] : found) {
    pointers.push_back(place.document() == 0 ? std::move(pointer)
                                             : '/' + std::to_string(document) + pointer);
  }
  return pointers;
}

}  // namespace portolan::collect
