#include "events/container.h"

#include <algorithm>
#include <array>

namespace portolan::events {

namespace {

constexpr std::string_view kWhite = " \t\r\n";

struct KnownMember {
  std::string_view name;
  ContainerKind kind;
  bool is_list;
};

constexpr std::array kKnownMembers = {
    KnownMember{"Records", ContainerKind::Records, true},
    KnownMember{"Events", ContainerKind::Lookup, true},
    KnownMember{"QueryResultRows", ContainerKind::LakeRows, true},
    KnownMember{"digestStartTime", ContainerKind::Digest, false},
    KnownMember{"digestS3Bucket", ContainerKind::Digest, false},
    KnownMember{"eventVersion", ContainerKind::Sequence, false},
    KnownMember{"userIdentity", ContainerKind::Sequence, false},
    KnownMember{"eventTime", ContainerKind::Sequence, false},
    KnownMember{"eventID", ContainerKind::Sequence, false},
    KnownMember{"eventName", ContainerKind::Sequence, false},
    KnownMember{"eventSource", ContainerKind::Sequence, false},
    KnownMember{"eventJson", ContainerKind::Sequence, false},
    KnownMember{"CloudTrailEvent", ContainerKind::Sequence, false},
    KnownMember{"detail", ContainerKind::Sequence, false},
    KnownMember{"detail-type", ContainerKind::Sequence, false},
};

/// A plain walk over JSON; past the end `peek` is `\0`.
struct Walk {
  std::string_view text;
  std::size_t at;

  char peek() {
    at = std::min(text.find_first_not_of(kWhite, at), text.size());
    return at < text.size() ? text[at] : '\0';
  }
  bool take(char wanted) {
    const bool is_there = peek() == wanted;
    at += is_there ? 1 : 0;
    return is_there;
  }
  /// The body of the string here, escapes and all.
  std::string_view string() {
    const std::size_t begin = ++at;
    while (at < text.size() && text[at] != '"') {
      at += text[at] == '\\' ? 2 : 1;
    }
    at = std::min(at, text.size());
    const std::string_view body = text.substr(begin, at - begin);
    at = std::min(at + 1, text.size());
    return body;
  }
  /// Passes over the value here.
  void skip() {
    std::size_t depth = 0;
    do {
      const char c = peek();
      if (c == '"') {
        string();
        continue;
      }
      if (depth == 0 && (c == '}' || c == ']' || c == ',')) {
        return;
      }
      depth += c == '{' || c == '[' ? 1 : 0;
      depth -= c == '}' || c == ']' ? 1 : 0;
      ++at;
    } while (at < text.size() && (depth > 0 || !is_at_end()));
  }
  /// True if no scalar goes on here.
  [[nodiscard]] bool is_at_end() const {
    const char c = text[at];
    return c == ',' || c == '}' || c == ']' || kWhite.find(c) != std::string_view::npos;
  }
};

/// The kind of the object that begins at `walk`, and where its list begins.
Container find_member(Walk walk) {
  const std::size_t begin = walk.at;
  ++walk.at;
  while (walk.peek() == '"') {
    const std::string_view name = walk.string();
    if (!walk.take(':')) {
      break;
    }
    for (const KnownMember& member : kKnownMembers) {
      if (member.name != name) {
        continue;
      }
      if (!member.is_list) {
        return {.kind = member.kind, .begin = begin};
      }
      if (walk.take('[')) {
        return {.kind = member.kind, .begin = walk.at};
      }
    }
    walk.skip();
    if (!walk.take(',')) {
      break;
    }
  }
  return {.kind = ContainerKind::Unknown, .begin = begin};
}

}  // namespace

Container find_container(std::string_view text, std::size_t at) {
  Walk walk{text, at};
  switch (walk.peek()) {
    case '\0':
      return {.kind = walk.at < text.size() ? ContainerKind::NoJson : ContainerKind::Empty,
              .begin = walk.at};
    case '[':
      return {.kind = ContainerKind::Array, .begin = walk.at + 1};
    case '{':
      return find_member(walk);
    default:
      return {.kind = ContainerKind::NoJson, .begin = walk.at};
  }
}

std::string_view pointer_of(ContainerKind kind) {
  switch (kind) {
    case ContainerKind::Records:
      return "/Records";
    case ContainerKind::Lookup:
      return "/Events";
    case ContainerKind::LakeRows:
      return "/QueryResultRows";
    case ContainerKind::Array:
    case ContainerKind::Sequence:
    case ContainerKind::Digest:
    case ContainerKind::Unknown:
    case ContainerKind::Empty:
    case ContainerKind::NoJson:
      return "";
  }
  return "";
}

std::size_t skip_value(std::string_view text, std::size_t at) {
  Walk walk{text, at};
  walk.skip();
  return walk.at;
}

std::size_t skip_rest(std::string_view text, std::size_t at, ContainerKind kind) {
  if (kind == ContainerKind::Array) {
    return at;
  }
  Walk walk{text, at};
  while (walk.take(',')) {
    if (walk.peek() != '"') {
      return std::string_view::npos;
    }
    walk.string();
    if (!walk.take(':')) {
      return std::string_view::npos;
    }
    walk.skip();
  }
  return walk.take('}') ? walk.at : std::string_view::npos;
}

}  // namespace portolan::events
