#pragma once

#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

#include <simdjson.h>

/// Private to the module: a record's values in any of CloudTrail's dialects.
namespace portolan::events {

/// `same_word` of texts of one size, letter by letter.
bool same_letters(std::string_view a, std::string_view b);

/// Equal but for the case of ASCII letters. Names of one size differ at their ends rather: a look
/// at the last eight letters, of whatever case, tells most of them apart.
inline bool same_word(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) {
    return false;
  }
  std::uint64_t last_a = 0;
  std::uint64_t last_b = 0;
  if (a.size() >= sizeof(last_a)) {
    std::memcpy(&last_a, a.data() + a.size() - sizeof(last_a), sizeof(last_a));
    std::memcpy(&last_b, b.data() + b.size() - sizeof(last_b), sizeof(last_b));
    constexpr std::uint64_t kCaseBits = 0x2020202020202020;
    if (((last_a ^ last_b) & ~kCaseBits) != 0) {
      return false;
    }
  }
  return same_letters(a, b);
}

/// A value of a record, or none. EC2 records come as lowerCamel JSON (lists as `{"items": […]}`) or
/// as XML turned to JSON (PascalCase, a list of one is its element, what looks like a number is
/// one); other services have their own case. This hides the differences: keys are found in any
/// case, lists in every spelling, scalars in any type.
///
/// Values live as long as the parsed text that they are of.
class Value {
 public:
  Value() = default;
  explicit Value(simdjson::dom::element element) : element_(element) {}

  /// False also for null.
  [[nodiscard]] bool exists() const { return element_ && !element_->is_null(); }
  [[nodiscard]] bool is_object() const { return element_ && element_->is_object(); }
  [[nodiscard]] bool is_array() const { return element_ && element_->is_array(); }
  [[nodiscard]] bool is_string() const { return element_ && element_->is_string(); }
  /// The member of an object; of anything else none.
  [[nodiscard]] Value operator[](std::string_view key) const;
  /// A string, a number or a boolean as text, a whole number without a fraction; otherwise empty.
  /// Of an object with a member `content` or `value`, the text of that.
  [[nodiscard]] std::string text() const;
  /// The same, put into `out`: for a member that is there already.
  void put_text(std::string& out) const {
    if (is_string()) {
      out.assign(view());
    } else {
      out = text();
    }
  }
  /// The same of a string alone, without a copy; of anything else empty.
  [[nodiscard]] std::string_view view() const {
    return is_string() ? element_->get_string().value_unsafe() : std::string_view{};
  }
  /// A whole number, also if it is written as text.
  [[nodiscard]] std::optional<std::int64_t> number() const;
  /// A boolean, also if it is written as text or as `{"value": …}`.
  [[nodiscard]] std::optional<bool> flag() const;

  /// Calls `on_element(Value)` for each element of a list: an array, `{"items": […]}`,
  /// `{"item": […]}`, or, if it is any other object or a scalar, the value itself as a list of one.
  /// Empty objects and strings are empty lists.
  template <class OnElement>
  void each(OnElement&& on_element) const {
    const Value list = inner_list();
    if (!list.exists()) {
      return;
    }
    if (list.element_->is_array()) {
      const simdjson::dom::array array = list.element_->get_array().value_unsafe();
      for (const simdjson::dom::element element : array) {
        on_element(Value(element));
      }
    } else {
      on_element(list);
    }
  }

  /// Calls `on_member(key, Value)` for each member of an object.
  template <class OnMember>
  void members(OnMember&& on_member) const {
    if (is_object()) {
      const simdjson::dom::object object = element_->get_object().value_unsafe();
      for (const auto field : object) {
        on_member(field.key, Value(field.value));
      }
    }
  }

  /// The inner object of `{"CreateNatGatewayRequest": {…}}`: the value of the only key that starts
  /// with a capital; otherwise the value itself.
  [[nodiscard]] Value unwrapped() const;

 private:
  /// Without `items` around; nothing if empty.
  [[nodiscard]] Value inner_list() const;

  std::optional<simdjson::dom::element> element_;
};

/// Adds a JSON string that holds `text`.
void append_json_string(std::string_view text, std::string& out);

}  // namespace portolan::events
