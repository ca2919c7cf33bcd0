#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

/// Private to the module: what kind of log a text is, by the names of its outermost members.
namespace portolan::events {

enum class ContainerKind : std::uint8_t {
  Records,   // {"Records": […]}, as delivered to S3
  Lookup,    // {"Events": […]}, of lookup-events
  LakeRows,  // {"QueryResultRows": […]}
  Array,     // […]
  Sequence,  // objects one after the other: records or envelopes
  Digest,    // a digest file
  Unknown,   // an object of which nothing is known
  Empty,     // nothing but white space
  NoJson,    // neither an object nor an array
};

struct Container {
  ContainerKind kind = ContainerKind::Empty;
  std::size_t begin = 0;  // of the first element: past `[`, or at the `{` of a sequence
};

/// What begins at `at`, after white space. Cost: up to the first telling name, which in all real
/// logs is among the first members.
Container find_container(std::string_view text, std::size_t at);

/// The RFC 6901 pointer of the list.
std::string_view pointer_of(ContainerKind kind);

/// Past the value that begins at `at`, before which may be white space.
std::size_t skip_value(std::string_view text, std::size_t at);

/// Where the document goes on after its list ended at `at`: past its last bracket; npos if what
/// follows the list is no JSON, so that the list did not really end there.
std::size_t skip_rest(std::string_view text, std::size_t at, ContainerKind kind);

}  // namespace portolan::events
