#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "collect/json/tokens.h"
#include "collect/problems.h"
#include "core/ip.h"
#include "core/name.h"
#include "model/tags.h"

/// Private to the module.
namespace portolan::collect {

/// Reads JSON values where the caller knows what should stand there.
///
/// A value of another type is reported (with its place) and passed over; `null` counts as absent.
/// Text that is not JSON ends the reading: `ok()` is false from then on, every call returns at
/// once, and what was read before stays good.
///
/// Example:
///     reader.object([&](std::string_view key) {
///       if (key == "VpcId") { reader.read(vpc.id); } else { reader.skip(); }
///     });
/// INVARIANT: a callback reads or skips exactly one value.
class Reader {
 public:
  /// Deeper nesting is refused: AWS's own answers have a dozen levels.
  static constexpr int kDepthMax = 128;

  Reader(std::string_view text, TokenIndexer& indexer, Problems& problems)
      : tokens_(text, indexer), problems_(&problems) {}

  [[nodiscard]] bool ok() const { return tokens_.fault() == nullptr; }
  [[nodiscard]] const JsonFault* fault() const { return tokens_.fault(); }
  [[nodiscard]] bool at_end() const { return tokens_.kind() == '\0'; }
  [[nodiscard]] char kind() const { return tokens_.kind(); }
  [[nodiscard]] std::size_t offset() const { return tokens_.offset(); }
  [[nodiscard]] std::string_view text() const { return tokens_.text(); }

  /// Calls `on_member(key)` for each member of an object; the key lives until the next key.
  template <class OnMember>
  void object(OnMember&& on_member) {
    if (!open('{', "an object")) {
      return;
    }
    for (bool more = tokens_.kind() != '}'; more; more = separator('}')) {
      const std::string_view key = member_key();
      if (!ok()) {
        return;
      }
      on_member(key);
    }
    close();
  }

  /// Calls `on_element()` for each element of an array.
  template <class OnElement>
  void array(OnElement&& on_element) {
    if (!open('[', "an array")) {
      return;
    }
    for (bool more = tokens_.kind() != ']'; more; more = separator(']')) {
      on_element();
    }
    close();
  }

  /// `array` of objects: other elements are reported and passed over. `on_object` reads the object.
  template <class OnObject>
  void objects(OnObject&& on_object) {
    array([&] {
      if (tokens_.kind() == '{') {
        on_object();
      } else {
        wrong_type("an object");
      }
    });
  }

  /// Passes over one value of any kind. What is inside is only checked for its brackets.
  void skip();
  /// The string that stands here, without its escapes; lives until the next string is read.
  std::optional<std::string_view> string();
  std::optional<std::int64_t> integer();
  std::optional<bool> boolean();

  void read(std::string& value);
  void read(bool& value);
  void read(std::optional<bool>& value) { value = boolean(); }
  void read(int& value);
  void read(std::optional<int>& value);
  /// An AWS alias such as `amazon-aws` leaves the account unknown.
  void read(AccountId& value);
  void read(Region& value);
  void read(IpAddress& value);
  void read(std::optional<IpAddress>& value);
  void read(std::vector<std::string>& values);
  /// `[{"Key": …, "Value": …}]`.
  void read(std::vector<Tag>& values);
  template <class Noun>
  void read(Id<Noun>& value) {
    read(value.value);
  }
  template <class Noun>
  void read(std::vector<Id<Noun>>& values) {
    array([&] {
      if (const auto text = string()) {
        values.emplace_back().value.assign(*text);
      }
    });
  }
  /// The address block here; reported and nothing if it is none. An empty string is nothing.
  std::optional<IpPrefix> prefix();
  void read(std::vector<IpPrefix>& values);

  Problems& problems() { return *problems_; }
  /// Sends what is reported from now on to `problems`; returns where it went before.
  Problems& redirect(Problems& problems);
  /// Reports a resource at `place` that does not say which one it is.
  void missing_id(std::size_t place);
  /// Says that the problems since `size` of them were known are about `resource`.
  void name_problems(std::size_t size, std::string_view resource) {
    if (problems_->size() != size) {
      problems_->name_after(size, resource);
    }
  }
  void problem(std::string_view code, std::string message, std::size_t offset,
               std::string_view resource = {}, Severity severity = Severity::Error);

 private:
  bool open(char bracket, std::string_view expected);
  bool separator(char bracket);
  void close();
  std::string_view member_key();
  std::string_view unescaped(std::string_view raw, std::string& scratch);
  void wrong_type(std::string_view expected);
  bool is_null();
  /// True if the current token is a string, a number or a literal of JSON.
  [[nodiscard]] bool is_scalar() const;

  Tokens tokens_;
  Problems* problems_;
  int depth_ = 0;
  std::string key_scratch_;
  std::string scratch_;
};

}  // namespace portolan::collect
