#pragma once

#include <cstdint>
#include <deque>
#include <unordered_map>
#include <utility>
#include <vector>

#include "reach/engine/comparison.h"

/// Private to the engine: where to look for what a change opened or closed.
namespace portolan::reach {

/// Pairs with a balancer or an endpoint in which something can differ.
struct AloneSuspects {
  std::vector<std::uint32_t> groups;  // numbers: of ends whose answer depends on such a group
  Window sources;                     // classes of interfaces
  Window targets;
  bool is_everyone = false;
};

struct Suspects {
  std::vector<Suspect> list;  // each target at most once
  AloneSuspects alone;
  std::deque<Window> windows;  // that the list refers to
};

/// Gathers, from two networks that are cut alike, all pairs and services that can differ: the
/// rectangles of members, peers and services that a change touches.
class SuspectFinder {
 public:
  SuspectFinder(const Compiled& before, const Compiled& after) : before_(before), after_(after) {}

  /// The rules of a group that both know.
  void add_group(std::uint32_t number);
  /// Classes that are others before and after.
  void add_parts(const std::vector<std::uint32_t>& parts);
  /// All ways.
  void add_ways();

  Suspects take() { return std::move(result_); }

 private:
  /// What of one kind of targets can differ.
  struct Part {
    ServiceSet services;
    const Window* from = nullptr;
  };

  [[nodiscard]] ServiceSet services_of(const std::vector<CompiledRule>& rules,
                                       bool is_new_doubt) const;
  void suspect_ingress(const Window& members, const std::vector<CompiledRule>& rules,
                       bool is_new_doubt);
  [[nodiscard]] bool shows_someone(const RulePeerSet& peer) const;
  [[nodiscard]] Window held_back(const Window& members) const;
  void suspect_egress(const Window& all_members, const std::vector<CompiledRule>& rules,
                      bool is_new_doubt);
  std::vector<Part> changed_parts(const Ways& before, const Ways& after, std::size_t from_count,
                                  std::size_t to_count, const SharedVector<Window>* members);
  const Window* keep(Window window);
  void suspect(ColumnTarget target, const ServiceSet& services, const Window* hosts,
               bool wants_senders);

  const Compiled& before_;
  const Compiled& after_;
  std::unordered_map<std::uint64_t, std::size_t> places_;  // by target
  Suspects result_;
};

}  // namespace portolan::reach
