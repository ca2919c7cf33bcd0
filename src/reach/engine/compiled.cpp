#include <algorithm>

#include "reach/engine/column.h"

namespace portolan::reach {

namespace {

using Lists = std::vector<std::vector<std::uint32_t>>;

void put(Lists& lists, std::uint32_t list, std::size_t position) {
  if (list != kNone) {
    lists[list].push_back(static_cast<std::uint32_t>(position));
  }
}

std::vector<Window> windows_of(const Lists& lists) {
  std::vector<Window> windows;
  windows.reserve(lists.size());
  for (const auto& list : lists) {
    windows.emplace_back(list);
  }
  return windows;
}

std::size_t words_for(std::size_t positions) { return positions / kWordBits + 1; }

}  // namespace

Compiled::Compiled(const Network& network, int threads)
    : numbers(network.snapshot()),
      classes(classify(network, numbers, threads)),
      rules(network.snapshot(), classes, numbers),
      inner(network, classes.inner, classes.inner, threads),
      inbound(network, classes.outside, classes.outer, threads),
      outbound(network, classes.outer, classes.outside, threads),
      host_words(words_for(classes.hosts.size())),
      sender_words(words_for(classes.senders.size())) {
  Lists by_inner(classes.inner.size());
  Lists by_outer(classes.outer.size());
  Lists by_subnet(network.snapshot().all<Subnet>().size());
  Lists by_family(kFamilies);
  for (std::size_t position = 0; position < classes.hosts.size(); ++position) {
    const HostClass& host = classes.hosts[position];
    for (std::size_t family = 0; family < kFamilies; ++family) {
      put(by_inner, host.inner[family], position);
      put(by_outer, host.outer[family], position);
      put(by_family, host.inner[family] == kNone ? kNone : static_cast<std::uint32_t>(family),
          position);
    }
    put(by_subnet, host.is_lone ? kNone : host.subnet, position);
    if (host.host != kNone) {
      on_host.resize(std::max<std::size_t>(on_host.size(), host.host + 1));
      put(on_host, host.host, position);
    }
  }
  Lists by_kind(classes.outside.size());
  for (std::size_t position = 0; position < classes.senders.size(); ++position) {
    put(by_kind, classes.senders[position].kind, position);
  }
  inner_members = windows_of(by_inner);
  outer_members = windows_of(by_outer);
  subnet_members = windows_of(by_subnet);
  sender_members = windows_of(by_kind);
  for (std::size_t family = 0; family < kFamilies; ++family) {
    speak[family] = Window(by_family[family]);
  }
}

}  // namespace portolan::reach
