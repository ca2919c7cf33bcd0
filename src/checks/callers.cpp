#include "checks/callers.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "checks/exposure.h"
#include "checks/finding_text.h"
#include "checks/openings.h"

namespace portolan::checks {

namespace {

bool is_same_host(const NetworkInterface& a, const NetworkInterface& b) {
  return a.id == b.id || (!a.instance.empty() && a.instance == b.instance);
}

/// Targets of one kind: two of different hosts, so that there is one for each caller.
struct TargetKind {
  std::size_t kind = 0;
  const NetworkInterface* first = nullptr;
  const NetworkInterface* other = nullptr;  // null if all are of one host

  [[nodiscard]] const NetworkInterface* apart_from(const NetworkInterface& caller) const {
    return is_same_host(*first, caller) ? other : first;
  }
};

std::vector<TargetKind> kinds_of(const Estate& estate, const Interfaces& interfaces) {
  std::map<std::size_t, std::size_t> positions;
  std::vector<TargetKind> kinds;
  for (const NetworkInterface* interface : interfaces) {
    const std::size_t kind = estate.kind_of(*interface);
    const auto [entry, is_new] = positions.emplace(kind, kinds.size());
    if (is_new) {
      kinds.push_back({.kind = kind, .first = interface, .other = nullptr});
    } else if (TargetKind& known = kinds[entry->second];
               known.other == nullptr && !is_same_host(*known.first, *interface)) {
      known.other = interface;
    }
  }
  return kinds;
}

/// So many pairs are traced before a column of all who reach the target is worth its making: mostly
/// the first that is tried gets in, and its way is wanted too.
constexpr std::size_t kTracedFirst = 2;

class Searcher {
 public:
  Searcher(const Context& context, const Search& search)
      : context_(context), search_(search), targets_(kinds_of(context.estate(), *search.to)) {
    for (const NetworkInterface* target : *search.to) {
      vpcs_.insert(target->vpc);
    }
  }

  Callers run() {
    if (const auto* reference = std::get_if<GroupReference>(search_.peer)) {
      try_members(context_.estate().interfaces_of(reference->group));
    } else if (!targets_.empty()) {
      try_blocks(peer_blocks(context_.snapshot(), *search_.peer).value_or(std::vector<IpPrefix>{}));
    }
    if (!callers_.interfaces.empty()) {
      callers_.gap.clear();
    }
    return std::move(callers_);
  }

 private:
  [[nodiscard]] bool is_done() const {
    return callers_.interfaces.size() >= search_.wanted || is_exhausted_;
  }

  void try_members(const Interfaces& members) {
    for (const bool is_near : {true, false}) {
      for (const NetworkInterface* member : members) {
        if (vpcs_.contains(member->vpc) == is_near) {
          const auto address = private_address(*member, IpFamily::V4);
          const auto own = address ? address : private_address(*member, IpFamily::V6);
          if (own) {
            try_caller({.address = *own, .interface = member});
          }
        }
        if (is_done()) {
          return;
        }
      }
    }
  }

  void try_blocks(const std::vector<IpPrefix>& blocks) {
    for (const IpPrefix& block : blocks) {
      for (const VpcId& vpc : vpcs_) {
        try_all(context_.estate().located_in(vpc, block), true);
      }
    }
    for (const IpPrefix& block : blocks) {
      try_all(context_.estate().located_in(block), false);
    }
  }

  void try_all(std::span<const Located> callers, bool is_near) {
    for (const Located& caller : callers) {
      if (is_done()) {
        return;
      }
      if (is_near || !vpcs_.contains(caller.interface->vpc)) {
        try_caller(caller);
      }
    }
  }

  void try_caller(const Located& caller) {
    const auto& found = callers_.interfaces;
    const bool is_known = std::find(found.begin(), found.end(), caller.interface) != found.end();
    if (!is_known && (!search_.counts || search_.counts(*caller.interface)) && gets_in(caller)) {
      callers_.interfaces.push_back(caller.interface);
    }
  }

  bool gets_in(const Located& caller) {
    const std::size_t kind = context_.estate().kind_of(*caller.interface);
    const auto key = std::make_pair(kind, caller.address.family());
    if (const auto known = by_caller_.find(key); known != by_caller_.end()) {
      return known->second;
    }
    bool is_typical = true;  // false: another caller of the kind has targets that this one is
    for (const TargetKind& target : targets_) {
      const NetworkInterface* interface = target.apart_from(*caller.interface);
      const auto address = interface == nullptr
                               ? std::nullopt
                               : private_address(*interface, caller.address.family());
      is_typical = is_typical && interface != nullptr;
      if (address && passes(caller, {.address = *address, .interface = interface})) {
        by_caller_[key] = true;
        return true;
      }
      if (is_exhausted_) {
        return false;
      }
    }
    if (is_typical) {
      by_caller_[key] = false;
    }
    return false;
  }

  bool passes(const Located& caller, const Located& target) {
    const Estate& estate = context_.estate();
    const auto pair = std::make_tuple(estate.kind_of(*caller.interface),
                                      estate.kind_of(*target.interface), caller.address.family());
    if (const auto found = known_.find(pair); found != known_.end()) {
      return found->second;
    }
    const reach::Place from = place_of(caller);
    const reach::Place to = place_of(target);
    std::optional<reach::Answer> answer;
    std::optional<reach::Passage> passage;
    if (++tried_ > kTracedFirst) {
      passage = context_.pairs().passage(from, to);
    }
    if (!passage) {
      if (traced_ >= kTracesMax) {
        is_exhausted_ = true;
        callers_.gap = "the search for a way in was given up after too many pairs";
        return false;
      }
      traced_ += tried_ > kTracedFirst ? 1 : 0;
      answer = reach::trace(context_.network(), from, to, search_.services);
      passage = answer->passage;
    }
    const reach::Passage meant = passage->only(search_.services);
    const bool is_open = !passable(meant).empty();
    if (needs_telling(meant)) {
      tell(answer ? *std::move(answer)
                  : reach::trace(context_.network(), from, to, search_.services),
           is_open, *target.interface);
    }
    known_.emplace(pair, is_open);
    return is_open;
  }

  /// The way of the first who gets in is told; until then, why it is not known whether somebody
  /// does.
  [[nodiscard]] bool needs_telling(const reach::Passage& passage) const {
    return passable(passage).empty() ? !passage.unknown.empty() && callers_.gap.empty()
                                     : !callers_.way.has_value();
  }

  void tell(reach::Answer answer, bool is_open, const NetworkInterface& target) {
    if (is_open) {
      callers_.way = std::move(answer);
      callers_.target = &target;
    } else {
      callers_.gap = reason_of(answer);
    }
  }

  static reach::Place place_of(const Located& located) {
    return {.kind = reach::Place::Kind::Interface,
            .id = located.interface->id.value,
            .address = located.address};
  }

  const Context& context_;
  const Search& search_;
  std::vector<TargetKind> targets_;
  std::set<VpcId> vpcs_;
  std::map<std::pair<std::size_t, IpFamily>, bool> by_caller_;
  std::map<std::tuple<std::size_t, std::size_t, IpFamily>, bool> known_;
  std::size_t tried_ = 0;
  std::size_t traced_ = 0;
  bool is_exhausted_ = false;
  Callers callers_;
};

}  // namespace

Callers find_callers(const Context& context, const Search& search) {
  return Searcher(context, search).run();
}

}  // namespace portolan::checks
