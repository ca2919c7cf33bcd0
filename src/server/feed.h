#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <string>

/// Private to the module: what happens, for those who listen.
namespace portolan::server {

/// The last events, numbered from 1. Any thread may publish and read. A listener keeps nothing but
/// the number of the last event that it has: whoever is too slow is told to begin anew.
class Feed {
 public:
  /// Called after each event, by the thread that published it.
  void call(std::function<void()> wake);

  /// `name` of the event, and its JSON in one line; gives its number.
  std::uint64_t publish(std::string_view name, const std::string& data);

  [[nodiscard]] std::uint64_t latest() const;

  struct Next {
    std::string text;  // of the event stream
    std::uint64_t last = 0;
  };
  /// The event after that one; `reload` if it is gone or never was. Nothing if there is none yet.
  [[nodiscard]] std::optional<Next> after(std::uint64_t last) const;

 private:
  static constexpr std::size_t kEventsMost = 1024;
  static constexpr std::size_t kBytesMost = std::size_t{8} << 20U;

  mutable std::mutex mutex_;
  std::deque<std::string> events_;  // INVARIANT: the last one has the number `latest_`
  std::size_t bytes_ = 0;
  std::uint64_t latest_ = 0;
  std::function<void()> wake_;
};

/// A sign of life, without a number.
inline constexpr std::string_view kBeat = "event: beat\ndata: {}\n\n";

}  // namespace portolan::server
