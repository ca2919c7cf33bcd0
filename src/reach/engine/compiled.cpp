#include "reach/engine/compiled.h"

#include <algorithm>

namespace portolan::reach {

namespace {

using Lists = std::vector<std::vector<std::uint32_t>>;

void put(Lists& lists, std::uint32_t list, std::size_t position) {
  if (list != kNone) {
    lists[list].push_back(static_cast<std::uint32_t>(position));
  }
}

SharedVector<Window> windows_of(const Lists& lists) {
  std::vector<Window> windows;
  windows.reserve(lists.size());
  for (const auto& list : lists) {
    windows.emplace_back(list);
  }
  return SharedVector<Window>(std::move(windows));
}

}  // namespace

std::vector<WayKind> listed(const SharedVector<WayKind>& kinds) {
  return {kinds.begin(), kinds.end()};
}

Compiled compile(const Network& network, int threads) {
  Numbers groups = group_numbers(network.snapshot());
  Directory directory(network, blocks_of(network.snapshot()));
  Classes classes;
  Classifier(network, directory, classes, groups).run(threads);
  Compiled compiled(network, std::move(groups), std::move(classes), threads);
  compiled.directory = std::make_shared<const Directory>(std::move(directory));
  return compiled;
}

Compiled::Compiled(const Network& network, Numbers numbers, Classes given, int threads)
    : groups(std::move(numbers)),
      classes(std::make_shared<const Classes>(std::move(given))),
      rules(GroupContext{network.snapshot(), *classes, groups}),
      inner(std::make_shared<const Ways>(network, listed(classes->inner), listed(classes->inner),
                                         threads)),
      inbound(std::make_shared<const Ways>(network, listed(classes->outside),
                                           listed(classes->outer), threads)),
      outbound(std::make_shared<const Ways>(network, listed(classes->outer),
                                            listed(classes->outside), threads)) {
  Lists by_inner(classes->inner.size());
  Lists by_outer(classes->outer.size());
  Lists by_subnet(network.snapshot().all<Subnet>().size());
  Lists by_family(kFamilies);
  Lists by_host;
  for (std::size_t position = 0; position < classes->hosts.size(); ++position) {
    const HostClass& host = classes->hosts[position];
    for (std::size_t family = 0; family < kFamilies; ++family) {
      put(by_inner, host.inner[family], position);
      put(by_outer, host.outer[family], position);
      put(by_family, host.inner[family] == kNone ? kNone : static_cast<std::uint32_t>(family),
          position);
    }
    put(by_subnet, host.is_lone ? kNone : host.subnet, position);
    if (host.host != kNone) {
      by_host.resize(std::max<std::size_t>(by_host.size(), host.host + 1));
      put(by_host, host.host, position);
    }
  }
  Lists by_kind(classes->outside.size());
  for (std::size_t position = 0; position < classes->senders.size(); ++position) {
    put(by_kind, classes->senders[position].kind, position);
  }
  on_host = SharedVector<std::vector<std::uint32_t>>(std::move(by_host));
  inner_members = windows_of(by_inner);
  outer_members = windows_of(by_outer);
  subnet_members = windows_of(by_subnet);
  sender_members = windows_of(by_kind);
  for (std::size_t family = 0; family < kFamilies; ++family) {
    speak[family] = Window(by_family[family]);
  }
}

}  // namespace portolan::reach
