#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "core/shared_vector.h"
#include "reach/engine/bits.h"
#include "reach/engine/classes.h"
#include "reach/engine/classifier.h"
#include "reach/engine/rules.h"
#include "reach/engine/ways.h"

/// Private to the engine: a network made ready for questions.
namespace portolan::reach {

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

std::vector<WayKind> listed(const SharedVector<WayKind>& kinds);

/// Cost: see `Connections`.
Compiled compile(const Network& network, int threads);

}  // namespace portolan::reach
