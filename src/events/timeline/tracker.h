#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "events/timeline.h"
#include "events/timeline/book.h"

/// Private to the module.
namespace portolan::events {

/// Follows what events do, in causal order: remembers what later ones refer to by an id only.
class Tracker {
 public:
  /// `number` is the event's position in the timeline.
  void apply(const Event& event, std::size_t number);
  /// The keys of the rules that the event closes and that are open now.
  [[nodiscard]] std::set<std::string> open_keys_closed_by(const Event& event) const;
  /// The keys of the rules that the event opens.
  [[nodiscard]] std::set<std::string> keys_opened_by(const Event& event) const;
  void finish(Timeline& timeline) &&;

 private:
  struct KnownGroup {
    std::string name;
    std::string vpc;
  };
  struct KnownRule {
    std::string key;
    SecurityGroupId group;
    SecurityGroupRule rule;
    bool is_direction_known = true;
  };
  struct KnownInterface {
    std::optional<std::set<SecurityGroupId>> groups;  // absent: not known
    std::optional<IpAddress> private_ip;
    std::string instance;
  };

  // One for each kind of edit; those of security groups are in rules.cpp.
  void edit(const RuleOpened& edit);
  void edit(const RuleClosed& edit);
  void edit(const RuleClosedById& edit);
  void edit(const RuleRewritten& edit);
  void edit(const GroupCreated& edit);
  void edit(const GroupDeleted& edit);
  void edit(const GroupVpcSet& edit);
  void edit(const GroupsSet& edit);
  void edit(const InterfaceCreated& edit);
  void edit(const InterfaceAttached& edit);
  void edit(const InstanceStateSet& edit);
  void edit(const AclRuleSet& edit);
  void edit(const AclRuleRemoved& edit);
  void edit(const RouteOpened& edit);
  void edit(const RouteClosed& edit);
  void edit(const AssociationSet& edit);
  void edit(const PrefixListEdited& edit);
  void edit(const PrefixListRestored& edit);
  void edit(const AddressSet& edit);
  void edit(const SubnetSet& edit);
  void edit(const BlockModeSet& edit);
  void edit(const ExclusionSet& edit);
  void edit(const GatewayAttached& edit);
  void edit(const PeeringStateSet& edit);
  void edit(const ExposureSet& edit);
  void edit(const ResourceLife& edit);
  void edit(const Noted& edit);

  /// The group's id, also where a record names it by its name and its creation was seen.
  [[nodiscard]] SecurityGroupId resolved(const Event& event, const SecurityGroupId& group) const;
  /// With what the keys of all rules of a group begin.
  [[nodiscard]] static std::string prefix_of(const Event& event, const SecurityGroupId& group);
  [[nodiscard]] static std::string key_of(const std::string& prefix, const SecurityGroupRule& rule,
                                          bool is_direction_known = true);
  /// The key of a rule by its properties, also if it was opened with a direction not known.
  [[nodiscard]] std::string find_key(const Event& event, const SecurityGroupId& group,
                                     const SecurityGroupRule& rule) const;
  [[nodiscard]] Subject subject_of(const SecurityGroupId& group,
                                   const SecurityGroupRule& rule) const;
  [[nodiscard]] Subject subject(SubjectKind kind, std::string resource) const;
  [[nodiscard]] Subject subject_of(const AclRuleSet& edit) const;
  [[nodiscard]] Subject subject_of(const AclRuleRemoved& edit) const;
  [[nodiscard]] Subject subject_of(const RouteOpened& edit) const;
  [[nodiscard]] Subject subject_of(const RouteClosed& edit) const;
  [[nodiscard]] Subject subject_of(const ExclusionSet& edit) const;
  void rewrite(const KnownRule& known, const SecurityGroupRule& after, const std::string& key);
  /// The steps of a rewriting: ports are split; a peer that is another is closed and opened whole.
  void add_rewrite_steps(const KnownRule& known, const SecurityGroupRule& after);
  /// The steps that an edit asks for, whether or not it came to pass, as far as its record tells.
  struct Asked;
  void add_asked(const Edit& edit);
  void add_step(SubjectKind kind, std::string resource, std::string peer, bool opens);
  void forget(const std::string& key);
  [[nodiscard]] std::string scope() const;  // `ACCOUNT/REGION` of the event
  void change(Change made);

  const Event* event_ = nullptr;  // the current one
  Touch touch_;                   // of it
  Book book_;
  std::vector<TimedChange> changes_;
  std::map<std::string, KnownGroup> groups_;          // by id
  std::map<std::string, std::string> group_ids_;      // by `ACCOUNT/REGION/NAME`
  std::map<std::string, KnownRule> rules_;            // by sgr-…
  std::map<std::string, std::string> rule_ids_;       // by key
  std::map<std::string, KnownInterface> interfaces_;  // by eni-…
  std::map<std::string, IpAddress> allocations_;      // by eipalloc-…
  std::map<std::string, AddressSet> associations_;    // by eipassoc-…
  std::map<std::string, AssociationSet> placed_;      // by rtbassoc-…, aclassoc-…
  std::set<std::string> shared_;  // actions seen in another account's trail already
};

}  // namespace portolan::events
