#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "reach/engine/compiled.h"

/// Private to the engine: a network made ready for columns, edited in small steps.
namespace portolan::reach {

/// Edits a copy. What it cannot do it does not begin: then all has to be made anew.
class Editor {
 public:
  explicit Editor(const Compiled& compiled);

  [[nodiscard]] const Compiled& compiled() const { return compiled_; }
  [[nodiscard]] const Classes& classes() const { return classes_; }
  [[nodiscard]] const Directory& directory() const { return directory_; }
  /// Ends the edits.
  Compiled take();

  /// Cuts all classes at the borders of a block that rules are about to name. Nothing that is
  /// connected changes. False if it cannot be done.
  /// Cost: linear in the classes.
  bool cut(const Network& network, const IpPrefix& block, bool is_egress);

  /// The group's rules are those of `group` now, and were those of `before`; null: it is new. All
  /// blocks that they name must have been cut.
  void set_group(const Snapshot& snapshot, const SecurityGroup* before, const SecurityGroup& group);

  /// The class that an interface of `network` is in; nothing if it is in none.
  std::optional<Classifier::Described> describe(const Network& network,
                                                const NetworkInterface& interface);
  [[nodiscard]] std::uint32_t class_of(const Classifier::Described& description) const;
  void remove(std::uint32_t number, const NetworkInterface& interface);
  /// Into the class described, which is added if it is new; its number.
  std::uint32_t insert(const Classifier::Described& description, const NetworkInterface& interface);
  /// Takes a member out of its class into one of its own at the end, which differs in nothing; an
  /// empty one if `number` is none.
  void part(std::uint32_t number, const NetworkInterface* member);

  /// Works out the ways anew that `ids` (tables and NACLs) decided, and those of kinds that got
  /// other members. Must come after the last interface was inserted.
  void update_ways(const Network& network, const std::vector<std::string>& ids, int threads);

 private:
  bool cut_hosts(const Network& network, const IpPrefix& block);
  bool cut_outside(const Network& network, const IpPrefix& block, bool is_egress);
  bool cut_atoms(const Network& network, const IpSet& space, const IpPrefix& block, bool is_egress,
                 bool is_public);
  std::uint32_t append(HostClass host);
  void set_members(std::uint32_t number, std::vector<const NetworkInterface*> members);
  void set_present(std::uint32_t number, bool is_present);
  void replace_samples(const NetworkInterface& interface);
  GroupContext context(const Snapshot& snapshot) {
    return {.snapshot = snapshot, .classes = classes_, .groups = compiled_.groups};
  }

  Compiled compiled_;
  Classes classes_;
  Directory directory_;
  std::set<std::uint32_t> new_inner_;  // kinds with other samples
  std::set<std::uint32_t> new_outer_;
};

}  // namespace portolan::reach
