#pragma once

#include <compare>
#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include <boost/smart_ptr/intrusive_ptr.hpp>
#include <boost/smart_ptr/intrusive_ref_counter.hpp>
#include <fmt/core.h>

namespace portolan {

/// A text that many hold: copies share it, and a pointer is all that each costs. It compares and
/// reads like a `std::string`. Threads may copy it; appending gives this one a text of its own.
class SharedText {
 public:
  SharedText() = default;
  template <class Text>
  requires std::is_convertible_v<const Text&, std::string_view> SharedText(const Text& text)
      : SharedText(std::string(std::string_view(text))) {}
  SharedText(std::string text) : kept_(text.empty() ? nullptr : new Kept(std::move(text))) {}

  [[nodiscard]] const std::string& text() const { return kept_ ? kept_->text : none(); }
  operator const std::string&() const { return text(); }
  operator std::string_view() const { return text(); }
  [[nodiscard]] bool empty() const { return kept_ == nullptr; }
  [[nodiscard]] std::size_t size() const { return text().size(); }
  [[nodiscard]] bool starts_with(std::string_view part) const { return text().starts_with(part); }

  SharedText& operator+=(std::string_view more) {
    return *this = SharedText(text() + std::string(more));
  }

  void clear() { kept_.reset(); }

  friend bool operator==(const SharedText& a, const SharedText& b) {
    return a.kept_ == b.kept_ || a.text() == b.text();
  }
  template <class Text>
  requires std::is_convertible_v<const Text&, std::string_view> &&
      (!std::is_same_v<Text, SharedText>)friend bool
      operator==(const SharedText& a, const Text& b) {
    return a.text() == std::string_view(b);
  }
  friend std::strong_ordering operator<=>(const SharedText& a, const SharedText& b) {
    return a.kept_ == b.kept_ ? std::strong_ordering::equal : a.text() <=> b.text();
  }

 private:
  struct Kept : boost::intrusive_ref_counter<Kept> {
    explicit Kept(std::string given) : text(std::move(given)) {}
    const std::string text;
  };

  static const std::string& none() {
    static const std::string empty;
    return empty;
  }

  boost::intrusive_ptr<const Kept> kept_;
};

}  // namespace portolan

template <>
struct fmt::formatter<portolan::SharedText> : fmt::formatter<fmt::string_view> {
  template <class Context>
  auto format(const portolan::SharedText& text, Context& context) const {
    return fmt::formatter<fmt::string_view>::format(text.text(), context);
  }
};
