#include "reach/engine/editor.h"

#include <algorithm>
#include <utility>

#include "reach/connect.h"
#include "reach/outside.h"

namespace portolan::reach {

namespace {

/// More than these make looking at them one by one slow.
constexpr std::size_t kLateBlocksMost = 500;

bool is_among(const std::vector<IpPrefix>& sorted, const IpPrefix& block) {
  return std::binary_search(sorted.begin(), sorted.end(), block);
}

void set_bit(SharedVector<Window>& windows, std::uint32_t number, std::uint32_t position,
             bool is_in) {
  if (number != kNone) {
    while (windows.size() <= number) {
      windows.push_back({});
    }
    Window window = windows[number];
    window.set(position, is_in);
    windows.set(number, std::move(window));
  }
}

/// Makes the interface a sample, and notes it if it became one.
void sample(SharedVector<WayKind>& kinds, std::uint32_t number, const NetworkInterface& interface,
            std::set<std::uint32_t>& changed) {
  const std::size_t before = kinds[number].samples.size();
  add_sample(kinds, number, interface);
  if (kinds[number].samples.size() != before) {
    changed.insert(number);
  }
}

}  // namespace

Editor::Editor(const Compiled& compiled)
    : compiled_(compiled), classes_(*compiled.classes), directory_(*compiled.directory) {}

Compiled Editor::take() {
  compiled_.classes = std::make_shared<const Classes>(std::move(classes_));
  compiled_.directory = std::make_shared<const Directory>(std::move(directory_));
  return std::move(compiled_);
}

// blocks

bool Editor::cut(const Network& network, const IpPrefix& block, bool is_egress) {
  const Blocks& blocks = directory_.setting->blocks;
  const bool is_late = std::find(directory_.late_blocks.begin(), directory_.late_blocks.end(),
                                 block) != directory_.late_blocks.end();
  if (!is_late && !is_among(blocks.ingress, block) && !is_among(blocks.egress, block)) {
    if (directory_.late_blocks.size() >= kLateBlocksMost || !cut_hosts(network, block)) {
      return false;
    }
  }
  auto& late = is_egress ? directory_.late_egress : directory_.late_ingress;
  const bool is_cut = is_among(blocks.ways, block) ||
                      is_among(is_egress ? blocks.egress : blocks.ingress, block) ||
                      std::find(late.begin(), late.end(), block) != late.end();
  if (is_cut) {
    return true;
  }
  late.push_back(block);
  return cut_outside(network, block, is_egress);
}

bool Editor::cut_hosts(const Network& network, const IpPrefix& block) {
  const std::size_t family = number_of(block.family());
  directory_.late_blocks.push_back(block);
  Classifier classifier(network, directory_, classes_, compiled_.groups);
  const std::uint32_t first = directory_.setting->rules.of(block.first());
  const std::uint32_t last = directory_.setting->rules.of(block.last());
  const std::size_t count = classes_.hosts.size();
  for (std::uint32_t number = 0; number < count; ++number) {
    const HostClass& host = classes_.hosts[number];
    if (host.stretch[family] == kNone || host.stretch[family] < first ||
        host.stretch[family] > last) {
      continue;
    }
    std::vector<const NetworkInterface*> inside;
    std::vector<const NetworkInterface*> beside;
    for (const NetworkInterface* member : host.members) {
      const auto address = private_address(*member, block.family());
      (address && block.contains(*address) ? inside : beside).push_back(member);
    }
    if (inside.empty()) {
      continue;
    }
    const auto description = classifier.describe(*inside.front());
    if (!description) {
      return false;
    }
    if (beside.empty()) {
      directory_.hosts.set(description->key, number);
      continue;
    }
    HostClass part = host;
    part.members = std::move(inside);
    set_members(number, std::move(beside));
    directory_.hosts.set(description->key, append(std::move(part)));
  }
  return true;
}

bool Editor::cut_outside(const Network& network, const IpPrefix& block, bool is_egress) {
  return cut_atoms(network, internet_space(network, {}), block, is_egress, true) &&
         cut_atoms(network, on_premises_space(network), block, is_egress, false);
}

/// The hosts of one space: those in the block leave the smallest block around it.
bool Editor::cut_atoms(const Network& network, const IpSet& space, const IpPrefix& block,
                       bool is_egress, bool is_public) {
  const Blocks& known = directory_.setting->blocks;
  std::vector<IpPrefix> blocks = united(known.ways, is_egress ? known.egress : known.ingress);
  const auto& late = is_egress ? directory_.late_egress : directory_.late_ingress;
  blocks.insert(blocks.end(), late.begin(), late.end());
  IpPrefix around = IpPrefix::all(block.family());
  std::vector<IpPrefix> inside;
  for (const IpPrefix& each : blocks) {
    if (each != block && each.contains(block) && around.contains(each)) {
      around = each;
    } else if (each != block && block.contains(each)) {
      inside.push_back(each);
    }
  }
  const auto host = free_host(network, space, block, inside);
  if (!host) {
    return true;
  }
  auto& atoms = is_egress ? classes_.receivers : classes_.senders;
  std::uint32_t parent = kNone;
  for (std::size_t number = 0; number < atoms.size(); ++number) {
    if (atoms[number].block == around && atoms[number].host.is_public() == is_public) {
      parent = static_cast<std::uint32_t>(number);
    }
  }
  if (parent == kNone) {
    return false;
  }
  OutsideClass part{.block = block, .host = *host, .kind = atoms[parent].kind};
  if (block.contains(atoms[parent].host)) {
    std::vector<IpPrefix> holes;
    std::copy_if(blocks.begin(), blocks.end(), std::back_inserter(holes),
                 [&](const IpPrefix& each) { return each != around && around.contains(each); });
    const auto other = free_host(network, space, around, holes);
    if (!other) {
      return false;
    }
    OutsideClass rest = atoms[parent];
    rest.host = *other;
    atoms.set(parent, std::move(rest));
  }
  const auto number = static_cast<std::uint32_t>(atoms.size());
  const std::uint32_t kind = part.kind;
  atoms.push_back(std::move(part));
  if (!is_egress) {
    set_bit(compiled_.sender_members, kind, number, true);
    compiled_.rules.add_sender(classes_);
  }
  return true;
}

// groups

void Editor::set_group(const Snapshot& snapshot, const SecurityGroup* before,
                       const SecurityGroup& group) {
  compiled_.rules.set_group(compiled_.groups.of(group.id.value), before, group, context(snapshot));
}

// interfaces

std::optional<Classifier::Described> Editor::describe(const Network& network,
                                                      const NetworkInterface& interface) {
  return Classifier(network, directory_, classes_, compiled_.groups).describe(interface);
}

std::uint32_t Editor::class_of(const Classifier::Described& description) const {
  const std::uint32_t* number = directory_.hosts.find(description.key);
  return number == nullptr ? kNone : *number;
}

void Editor::remove(std::uint32_t number, const NetworkInterface& interface) {
  std::vector<const NetworkInterface*> members = classes_.hosts[number].members;
  std::erase(members, &interface);
  set_members(number, std::move(members));
  replace_samples(interface);
}

std::uint32_t Editor::insert(const Classifier::Described& description,
                             const NetworkInterface& interface) {
  std::uint32_t number = class_of(description);
  if (number == kNone) {
    HostClass host = description.host;
    host.members = {&interface};
    number = append(std::move(host));
    directory_.hosts.set(description.key, number);
  } else {
    std::vector<const NetworkInterface*> members = classes_.hosts[number].members;
    members.insert(std::lower_bound(members.begin(), members.end(), &interface,
                                    [](const auto* a, const auto* b) { return a->id < b->id; }),
                   &interface);
    set_members(number, std::move(members));
  }
  const HostClass& host = classes_.hosts[number];
  for (std::size_t family = 0; family < kFamilies; ++family) {
    if (host.inner[family] != kNone) {
      sample(classes_.inner, host.inner[family], interface, new_inner_);
      sample(classes_.outer, host.outer[family], interface, new_outer_);
    }
  }
  return number;
}

void Editor::part(std::uint32_t number, const NetworkInterface* member) {
  HostClass single;
  if (number != kNone) {
    single = classes_.hosts[number];
    single.members = {member};
    std::vector<const NetworkInterface*> others = classes_.hosts[number].members;
    std::erase(others, member);
    set_members(number, std::move(others));
  }
  append(std::move(single));
}

std::uint32_t Editor::append(HostClass host) {
  const auto number = static_cast<std::uint32_t>(classes_.hosts.size());
  const bool is_present = !host.members.empty();
  classes_.hosts.push_back(std::move(host));
  compiled_.rules.add_class(classes_);
  if (is_present) {
    set_present(number, true);
  }
  return number;
}

void Editor::set_members(std::uint32_t number, std::vector<const NetworkInterface*> members) {
  HostClass host = classes_.hosts[number];
  const bool was_present = !host.members.empty();
  const bool is_present = !members.empty();
  host.members = std::move(members);
  for (std::size_t family = 0; is_present && family < kFamilies; ++family) {
    if (host.inner[family] != kNone) {
      const IpFamily wanted = family == 0 ? IpFamily::V4 : IpFamily::V6;
      host.address[family] = *private_address(*host.members.front(), wanted);
    }
  }
  classes_.hosts.set(number, std::move(host));
  if (was_present != is_present) {
    set_present(number, is_present);
  }
}

/// Whether anybody is in the class: nobody comes by the ways of an empty one.
void Editor::set_present(std::uint32_t number, bool is_present) {
  const HostClass host = classes_.hosts[number];
  for (std::size_t family = 0; family < kFamilies; ++family) {
    set_bit(compiled_.inner_members, host.inner[family], number, is_present);
    set_bit(compiled_.outer_members, host.outer[family], number, is_present);
    if (host.inner[family] != kNone) {
      compiled_.speak[family].set(number, is_present);
    }
  }
  set_bit(compiled_.subnet_members, host.is_lone ? kNone : host.subnet, number, is_present);
  if (host.host == kNone) {
    return;
  }
  while (compiled_.on_host.size() <= host.host) {
    compiled_.on_host.push_back({});
  }
  std::vector<std::uint32_t> classes = compiled_.on_host[host.host];
  std::erase(classes, number);
  if (is_present) {
    classes.push_back(number);
  }
  compiled_.on_host.set(host.host, std::move(classes));
}

/// The row is about to go: kinds that it is a sample of take others.
void Editor::replace_samples(const NetworkInterface& interface) {
  const auto replace = [&](SharedVector<WayKind>& kinds,
                           std::array<std::uint32_t, kFamilies> HostClass::*kind_of) {
    for (std::uint32_t kind = 0; kind < kinds.size(); ++kind) {
      const auto& samples = kinds[kind].samples;
      if (std::find(samples.begin(), samples.end(), &interface) == samples.end()) {
        continue;
      }
      WayKind changed = kinds[kind];
      changed.samples.clear();
      kinds.set(kind, std::move(changed));
      const std::size_t family = number_of(kinds[kind].family);
      for (const HostClass& host : classes_.hosts) {
        if ((host.*kind_of)[family] == kind) {
          for (const NetworkInterface* member : host.members) {
            add_sample(kinds, kind, *member);
          }
        }
      }
    }
  };
  replace(classes_.inner, &HostClass::inner);
  replace(classes_.outer, &HostClass::outer);
}

// ways

void Editor::update_ways(const Network& network, const std::vector<std::string>& ids, int threads) {
  const bool are_kinds_new = compiled_.classes->inner.size() != classes_.inner.size() ||
                             compiled_.classes->outer.size() != classes_.outer.size();
  if (ids.empty() && new_inner_.empty() && new_outer_.empty() && !are_kinds_new) {
    return;
  }
  const auto inner = listed(classes_.inner);
  const auto outer = listed(classes_.outer);
  const auto outside = listed(classes_.outside);
  const auto updated = [&](std::shared_ptr<const Ways>& ways, const auto& from, const auto& to,
                           const std::set<std::uint32_t>& new_from,
                           const std::set<std::uint32_t>& new_to) {
    std::vector<WayPair> pairs = ways->pairs_decided_by(ids);
    for (const std::uint32_t kind : new_from) {
      for (std::uint32_t other = 0; other < to.size(); ++other) {
        pairs.push_back({.from = kind, .to = other});
      }
    }
    for (const std::uint32_t kind : new_to) {
      for (std::uint32_t other = 0; other < from.size(); ++other) {
        pairs.push_back({.from = other, .to = kind});
      }
    }
    std::sort(pairs.begin(), pairs.end(), [](const WayPair& a, const WayPair& b) {
      return std::pair(a.to, a.from) < std::pair(b.to, b.from);
    });
    pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
    ways = std::make_shared<const Ways>(ways->updated(network, from, to, pairs, threads));
  };
  updated(compiled_.inner, inner, inner, new_inner_, new_inner_);
  updated(compiled_.inbound, outside, outer, {}, new_outer_);
  updated(compiled_.outbound, outer, outside, new_outer_, {});
}

}  // namespace portolan::reach
