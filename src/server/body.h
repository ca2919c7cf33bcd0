#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>

/// Part of the door, by way of server.h.
namespace portolan::server {

/// Bytes that nobody takes away while they are sent: of a string that is shared, or of the program.
class Body {
 public:
  Body() = default;
  explicit Body(std::string text) : Body(std::make_shared<const std::string>(std::move(text))) {}
  /// Answers of one snapshot share their bytes.
  explicit Body(std::shared_ptr<const std::string> text)
      : owned_(std::move(text)), bytes_(*owned_) {}
  /// Of constants of the program.
  static Body constant(std::string_view bytes) {
    Body body;
    body.bytes_ = bytes;
    return body;
  }
  [[nodiscard]] std::string_view bytes() const { return bytes_; }

 private:
  std::shared_ptr<const std::string> owned_;
  std::string_view bytes_;
};

}  // namespace portolan::server
