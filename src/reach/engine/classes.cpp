#include "reach/engine/classes.h"

#include <utility>

namespace portolan::reach {

Numbers group_numbers(const Snapshot& snapshot) {
  Numbers numbers;
  for (const SecurityGroup& group : snapshot.all<SecurityGroup>()) {
    numbers.of(group.id.value);
  }
  return numbers;
}

EndClass end_class(const Classes& classes, const SharedVector<OutsideClass>& atoms,
                   std::uint32_t number) {
  if (number < classes.hosts.size()) {
    const HostClass& host = classes.hosts[number];
    const std::string id = host.members.empty() ? std::string() : host.members.front()->id.value;
    return {.kind = EndClass::Kind::Interfaces,
            .interfaces = host.members,
            .place = {.kind = Place::Kind::Interface, .id = id, .address = std::nullopt},
            .block = {}};
  }
  number -= static_cast<std::uint32_t>(classes.hosts.size());
  if (number < atoms.size()) {
    return {.kind = EndClass::Kind::Outside,
            .interfaces = {},
            .place = {.kind = Place::Kind::Outside, .id = {}, .address = atoms[number].host},
            .block = atoms[number].block};
  }
  return {.kind = EndClass::Kind::Alone,
          .interfaces = {},
          .place = classes.alone[number - atoms.size()],
          .block = {}};
}

}  // namespace portolan::reach
