#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "reach/engine/compiled.h"

/// Private to the engine: who can connect to one class of ends.
namespace portolan::reach {

/// How sure a connection has to be to count: each level holds those above it.
/// Yes < Depends < Unknown as sets.
enum class Level : std::uint8_t { Yes, Depends, Unknown };
inline constexpr std::size_t kLevels = 3;
inline constexpr std::array<Level, kLevels> kAllLevels{Level::Yes, Level::Depends, Level::Unknown};

ServiceSet sure_services(const Passage& passage, Level level);

/// One side of the sources: interfaces, or hosts out there.
struct SourcePlanes {
  std::array<std::vector<Plane>, kLevels> planes;  // by segment; only Yes if all is certain

  [[nodiscard]] const Plane& at(Level level, std::size_t segment, bool is_certain) const {
    return planes[is_certain ? 0 : static_cast<std::size_t>(level)][segment];
  }
};

/// The sources of one target: for each segment of services the classes that get through.
struct Column {
  std::vector<ServiceSet::Segment> segments;
  bool is_certain = true;  // all levels are one
  SourcePlanes hosts;
  SourcePlanes senders;
  /// Classes on the same instance: they talk past everything.
  std::vector<std::uint32_t> beside;
};

/// What can be connected to.
struct ColumnTarget {
  enum class Kind : std::uint8_t { Host, Receiver };
  Kind kind = Kind::Host;
  std::uint32_t number = 0;
  friend bool operator==(const ColumnTarget&, const ColumnTarget&) = default;
};

/// The part of a column that is asked for.
struct Limits {
  ServiceSet services = ServiceSet::all();
  const Window* hosts = nullptr;  // classes of interfaces as sources; null: all
  bool wants_senders = true;      // hosts out there as sources
};

/// Makes columns one after the other; each thread has its own. Targets that follow each other
/// should be of one subnet: what they have in common is kept.
class ColumnMaker {
 public:
  explicit ColumnMaker(const Compiled& compiled);
  ColumnMaker(ColumnMaker&&) noexcept;
  ~ColumnMaker();

  /// Valid until the next call. Beside a limit nothing is looked at; whether something stands
  /// there is not said.
  const Column& make(const ColumnTarget& target, const Limits& limits = {});

 private:
  class Maker;
  std::unique_ptr<Maker> maker_;
};

}  // namespace portolan::reach
