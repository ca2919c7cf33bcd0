#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace portolan::iam {

/// `text` with A to Z in lower case: how names that are compared without case are kept.
std::string folded(std::string_view text);

/// What is known about one request: condition keys and their values.
///
/// Names of keys have no case, tag keys in them included.
/// SOURCE: IAM User Guide, "IAM JSON policy elements: Condition" (context key names are not
/// case-sensitive).
class Context {
 public:
  struct Entry {
    std::vector<std::string> values;
    bool is_list = false;       // a multivalued key, which needs a set operator
    bool is_ambiguous = false;  // two tags that differ in case only hold different values

    friend bool operator==(const Entry&, const Entry&) = default;
  };

  /// Replaces what the key held.
  void set(std::string_view key, std::string value);
  void set(std::string_view key, Entry entry);
  void set_list(std::string_view key, std::vector<std::string> values);
  /// Says that the key is there, but not with which of two values.
  void set_ambiguous(std::string_view key);
  void remove(std::string_view key);
  /// The entry of a key, null if the request has none. `key` is folded already.
  [[nodiscard]] const Entry* find(std::string_view key) const;
  /// In the order of their folded names.
  [[nodiscard]] const std::map<std::string, Entry, std::less<>>& entries() const {
    return entries_;
  }
  friend bool operator==(const Context&, const Context&) = default;

 private:
  std::map<std::string, Entry, std::less<>> entries_;
};

}  // namespace portolan::iam
