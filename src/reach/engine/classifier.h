#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/layered_map.h"
#include "reach/engine/blocks.h"
#include "reach/engine/classes.h"
#include "reach/engine/survey.h"
#include "reach/registrations.h"
#include "reach/stretches.h"

/// Private to the engine: which class an interface belongs to.
namespace portolan::reach {

/// What decides about classes, and the numbers that were given. Copies share what they have in
/// common.
struct Directory {
  Directory(const Network& network, Blocks cut);

  /// The same for as long as only interfaces, groups, and the contents of tables and NACLs change.
  struct Setting {
    Blocks blocks;
    Stretches ways;
    Stretches rules;
    Registrations registrations;
    std::vector<std::uint32_t> subnet_kinds;  // by row of the subnet
    std::vector<Vpc> uncollected;             // VPCs of which the interfaces are not known
    Numbers route_targets;                    // interfaces that routes send to
  };
  std::shared_ptr<const Setting> setting;
  std::vector<IpPrefix> late_blocks;  // of rules that came later: they cut classes as well
  std::vector<IpPrefix> late_ingress;
  std::vector<IpPrefix> late_egress;
  Numbers instances;  // that have several interfaces
  Numbers names;
  LayeredMap<std::string, std::uint32_t> hosts;  // number of the class, by key
  LayeredMap<std::string, std::uint32_t> inner;
  LayeredMap<std::string, std::uint32_t> outer;
  LayeredMap<std::string, std::uint32_t> outside;
  LayeredMap<std::string, std::uint32_t> group_sets;
};

/// Puts interfaces into classes.
class Classifier {
 public:
  Classifier(const Network& network, Directory& directory, Classes& classes, Numbers& groups);

  /// All that there are, into classes that are empty. Numbers of groups must be rows still.
  void run(int threads);

  struct Described {
    std::string key;
    HostClass host;  // without members
  };
  /// The class of an interface; nothing if it is none that stands for itself beside others: it is
  /// down, has another role, or what is said of it does not fit together. It becomes no sample.
  std::optional<Described> describe(const NetworkInterface& interface);

 private:
  void add(const NetworkInterface& interface, const Surveyed& seen);
  void sort_hosts();
  void stand_alone(const NetworkInterface& interface);
  Described described(const NetworkInterface& interface, const Surveyed& seen);
  void add_family(const NetworkInterface& interface, const Surveyed& seen, IpFamily family,
                  HostClass& host, Key& key);
  Key inner_key(const NetworkInterface& interface, const Surveyed& seen, const IpAddress& address);
  void add_strangers(const NetworkInterface& interface, const IpAddress& address, Key& key) const;
  void add_public(const NetworkInterface& interface, IpFamily family, Key& key) const;
  std::uint32_t group_set_of(const NetworkInterface& interface, const Surveyed& seen);
  void add_outside();
  void add_atoms(const IpSet& space, std::vector<IpPrefix> blocks,
                 std::vector<OutsideClass>& atoms);

  const Network& network_;
  const Snapshot& snapshot_;
  const NetworkIndex& index_;
  Directory& directory_;
  const Directory::Setting& setting_;
  Classes& classes_;
  Numbers& groups_;
  std::vector<Described> found_;
};

/// Makes `interface` one of the samples of a kind, if another one is of use there.
void add_sample(SharedVector<WayKind>& kinds, std::uint32_t number,
                const NetworkInterface& interface);

}  // namespace portolan::reach
