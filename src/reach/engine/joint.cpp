#include <map>
#include <set>
#include <string_view>
#include <utility>

#include "reach/engine/classes.h"

namespace portolan::reach {

namespace {

/// A class of each of two networks, or none of one of them.
struct ClassPair {
  std::uint32_t before = kNone;
  std::uint32_t after = kNone;
  friend auto operator<=>(const ClassPair&, const ClassPair&) = default;
};

using Members = std::vector<const NetworkInterface*>;

/// One interface in both networks.
struct Joined {
  ClassPair pair;
  const NetworkInterface* before = nullptr;
  const NetworkInterface* after = nullptr;
};

template <class Visit>
void for_each_member(const Classes& classes, const Visit& visit) {
  for (std::size_t number = 0; number < classes.hosts.size(); ++number) {
    for (const NetworkInterface* member : classes.hosts[number].members) {
      visit(static_cast<std::uint32_t>(number), member);
    }
  }
}

HostClass part_of(const Classes& classes, std::uint32_t number, Members members) {
  if (number == kNone) {
    return {};
  }
  HostClass part = classes.hosts[number];
  part.members = std::move(members);
  return part;
}

void join_hosts(const Classes& before, const Classes& after, JointClasses& joint) {
  std::map<std::string_view, Joined> interfaces;
  for_each_member(before, [&](std::uint32_t number, const NetworkInterface* member) {
    Joined& interface = interfaces[member->id.value];
    interface.pair.before = number;
    interface.before = member;
  });
  for_each_member(after, [&](std::uint32_t number, const NetworkInterface* member) {
    Joined& interface = interfaces[member->id.value];
    interface.pair.after = number;
    interface.after = member;
  });
  for (const Place& place : joint.before.alone) {
    interfaces.erase(place.id);  // it is compared by itself, also where it had a class
  }
  std::map<ClassPair, std::pair<Members, Members>> members;
  for (const auto& [id, interface] : interfaces) {
    auto& [old_rows, new_rows] = members[interface.pair];
    if (interface.before != nullptr) {
      old_rows.push_back(interface.before);
    }
    if (interface.after != nullptr) {
      new_rows.push_back(interface.after);
    }
  }
  std::vector<HostClass> hosts_before;
  std::vector<HostClass> hosts_after;
  for (auto& [pair, rows] : members) {
    hosts_before.push_back(part_of(before, pair.before, std::move(rows.first)));
    hosts_after.push_back(part_of(after, pair.after, std::move(rows.second)));
  }
  joint.before.hosts = SharedVector<HostClass>(std::move(hosts_before));
  joint.after.hosts = SharedVector<HostClass>(std::move(hosts_after));
}

/// Where an atom stands in its list: public and private hosts of one block are two.
std::pair<IpPrefix, bool> place_in_list(const OutsideClass& atom) {
  return {atom.block, !atom.host.is_public()};
}

using Atoms = std::map<std::pair<IpPrefix, bool>, OutsideClass>;

/// Those of `all` that `mine` has, and in their places the others, which nobody is in.
SharedVector<OutsideClass> filled(const SharedVector<OutsideClass>& mine, const Atoms& all) {
  std::vector<OutsideClass> result;
  auto own = mine.begin();
  for (const auto& [place, atom] : all) {
    if (own != mine.end() && place_in_list(*own) == place) {
      result.push_back(*own);
      ++own;
    } else {
      result.push_back({.block = atom.block, .host = atom.host, .kind = kNone});
    }
  }
  return SharedVector<OutsideClass>(std::move(result));
}

void join_outside(SharedVector<OutsideClass> Classes::*atoms, JointClasses& joint) {
  Atoms all;
  for (const Classes* classes : {&joint.before, &joint.after}) {
    for (const OutsideClass& atom : classes->*atoms) {
      all.emplace(place_in_list(atom), atom);
    }
  }
  joint.before.*atoms = filled(joint.before.*atoms, all);
  joint.after.*atoms = filled(joint.after.*atoms, all);
}

}  // namespace

JointClasses joined(const Classes& before, const Classes& after) {
  JointClasses joint{before, after};
  std::set<Place> alone(before.alone.begin(), before.alone.end());
  alone.insert(after.alone.begin(), after.alone.end());
  joint.before.alone = SharedVector<Place>({alone.begin(), alone.end()});
  joint.after.alone = joint.before.alone;
  join_hosts(before, after, joint);
  join_outside(&Classes::senders, joint);
  join_outside(&Classes::receivers, joint);
  for (Classes* classes : {&joint.before, &joint.after}) {
    classes->sorted_senders = classes->senders.size();
  }
  return joint;
}

}  // namespace portolan::reach
