#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "core/shared_vector.h"
#include "reach/engine/bits.h"
#include "reach/engine/classes.h"
#include "reach/engine/classifier.h"
#include "reach/engine/rules.h"
#include "reach/engine/ways.h"

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
};

/// A network made ready for columns: immutable. Copies share what they have in common.
struct Compiled {
  Compiled(const Network& network, Numbers groups, Classes given, int threads);

  std::shared_ptr<const Directory> directory;  // null if the classes were given
  Numbers groups;
  std::shared_ptr<const Classes> classes;
  Rules rules;
  std::shared_ptr<const Ways> inner;                 // interface to interface
  std::shared_ptr<const Ways> inbound;               // host out there to interface
  std::shared_ptr<const Ways> outbound;              // interface to host out there
  SharedVector<Window> inner_members;                // classes by inner kind
  SharedVector<Window> outer_members;                // classes by outer kind
  SharedVector<Window> subnet_members;               // classes by subnet
  std::array<Window, kFamilies> speak;               // classes with an address of the family
  SharedVector<Window> sender_members;               // senders by outside kind
  SharedVector<std::vector<std::uint32_t>> on_host;  // classes by instance

  [[nodiscard]] std::size_t host_words() const { return words_for(classes->hosts.size()); }
  [[nodiscard]] std::size_t sender_words() const { return words_for(classes->senders.size()); }

 private:
  static std::size_t words_for(std::size_t positions) { return positions / kWordBits + 1; }
};

/// The part of a column that is asked for.
struct Limits {
  ServiceSet services = ServiceSet::all();
  const Window* hosts = nullptr;  // classes of interfaces as sources; null: all
  bool wants_senders = true;      // hosts out there as sources
};

std::vector<WayKind> listed(const SharedVector<WayKind>& kinds);

/// Cost: see `Connections`.
Compiled compile(const Network& network, int threads);

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
