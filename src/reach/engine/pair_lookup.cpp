#include "reach/pair_lookup.h"

#include <algorithm>
#include <array>
#include <bitset>
#include <unordered_map>
#include <utility>

#include "reach/connect.h"
#include "reach/engine/column.h"
#include "reach/network_index.h"
#include "reach/outside.h"

namespace portolan::reach {

namespace {

/// Finds the class of a host out there: that of the smallest block around it.
class Atoms {
 public:
  explicit Atoms(const SharedVector<OutsideClass>& atoms) {
    for (std::uint32_t number = 0; number < atoms.size(); ++number) {
      const OutsideClass& atom = atoms[number];
      if (atom.kind != kNone) {
        parts_[atom.host.is_public() ? 1 : 0].emplace(atom.block, number);
        lengths_[number_of(atom.block.family())].set(static_cast<std::size_t>(atom.block.length()));
      }
    }
  }

  [[nodiscard]] std::uint32_t of(const IpAddress& address) const {
    const auto& part = parts_[address.is_public() ? 1 : 0];
    for (int length = address.is_v4() ? 32 : 128; length >= 0; --length) {
      if (lengths_[number_of(address.family())].test(static_cast<std::size_t>(length))) {
        const auto found = part.find(IpPrefix(address, length));
        if (found != part.end()) {
          return found->second;
        }
      }
    }
    return kNone;
  }

 private:
  std::array<std::unordered_map<IpPrefix, std::uint32_t>, 2> parts_;  // private, public
  std::array<std::bitset<129>, kFamilies> lengths_;                   // that occur
};

}  // namespace

class PairLookup::Lookup {
 public:
  explicit Lookup(const Connections& connections)
      : network_(connections.network()),
        compiled_(*connections.compiled()),
        senders_(compiled_.classes->senders),
        receivers_(compiled_.classes->receivers),
        outside_(internet_space(network_, {}).united(on_premises_space(network_))),
        single_(compiled_) {
    asked_.fill({.target = {.kind = ColumnTarget::Kind::Host, .number = kNone}});
    const auto& hosts = compiled_.classes->hosts;
    for (std::uint32_t number = 0; number < hosts.size(); ++number) {
      for (const NetworkInterface* member : hosts[number].members) {
        classes_.emplace(member->id.value, number);
      }
    }
  }

  std::optional<Passage> passage(const Place& from, const Place& to) {
    if (from.kind == Place::Kind::Outside && to.kind == Place::Kind::Outside) {
      return std::nullopt;
    }
    const std::uint32_t source = number_of_end(from, to, senders_);
    const std::uint32_t target = number_of_end(to, from, receivers_);
    if (source == kNone || target == kNone || (from.id == to.id && !from.id.empty())) {
      return std::nullopt;
    }
    const bool is_host = to.kind == Place::Kind::Interface;
    const Column& column = column_of(
        {is_host ? ColumnTarget::Kind::Host : ColumnTarget::Kind::Receiver, target}, from, source);
    if (from.kind == Place::Kind::Outside) {
      return passage_of(column, column.senders, source);
    }
    const auto& beside = column.beside;
    return std::find(beside.begin(), beside.end(), source) != beside.end()
               ? Passage::all()
               : passage_of(column, column.hosts, source);
  }

 private:
  [[nodiscard]] std::uint32_t number_of_end(const Place& place, const Place& other,
                                            const Atoms& atoms) const {
    switch (place.kind) {
      case Place::Kind::Interface: {
        const auto found = classes_.find(place.id);
        return found == classes_.end() || !is_whole(place, other) ? kNone : found->second;
      }
      case Place::Kind::Outside:
        return place.address && outside_.contains(*place.address) && !is_owned(*place.address)
                   ? atoms.of(*place.address)
                   : kNone;
      case Place::Kind::Balancer:
        return kNone;
    }
    return kNone;
  }

  [[nodiscard]] bool is_owned(const IpAddress& address) const {
    return network_.index().interface_of_public(address) != nullptr ||
           !network_.index().interfaces_at(address).empty();
  }

  /// True if the place is all that the other one can know of the interface: asking for the one is
  /// asking for the other.
  [[nodiscard]] bool is_whole(const Place& place, const Place& other) const {
    if (!place.address) {
      return true;
    }
    const NetworkInterface* interface = network_.snapshot().find(NetworkInterfaceId{place.id});
    if (interface == nullptr) {
      return false;
    }
    const IpFamily family = place.address->family();
    const std::size_t all = interface->addresses.size() + interface->ipv6.size();
    const std::size_t of_family =
        family == IpFamily::V4 ? interface->addresses.size() : interface->ipv6.size();
    // A host out there has one address, so those of the other family are nothing to it.
    const bool is_for_outside =
        other.kind == Place::Kind::Outside && other.address && other.address->family() == family;
    if (of_family != 1 || (all != 1 && !is_for_outside)) {
      return false;
    }
    const bool is_public = is_for_outside && other.address->is_public() && family == IpFamily::V4 &&
                           interface->addresses.front().public_ip == place.address;
    return is_public || private_address(*interface, family) == place.address;
  }

  /// A target that was asked about lately.
  struct Asked {
    ColumnTarget target;
    int times = 0;
  };
  static constexpr int kSingles = 6;  // a whole column costs as much

  /// A column that was made lately, with what made it.
  struct Slot {
    std::optional<ColumnMaker> maker;
    const Column* column = nullptr;
    ColumnTarget target;
  };

  /// Whole once a target was asked about a few times: until then only what the source needs.
  const Column& column_of(const ColumnTarget& target, const Place& from, std::uint32_t source) {
    Slot& slot = slots_[target.number % slots_.size()];
    if (slot.column != nullptr && slot.target == target) {
      return *slot.column;
    }
    Asked& asked = asked_[target.number % asked_.size()];
    asked = {.target = target, .times = asked.target == target ? asked.times + 1 : 1};
    if (asked.times <= kSingles) {
      const bool is_inside = from.kind == Place::Kind::Interface;
      const Window hosts(is_inside ? std::vector<std::uint32_t>{source}
                                   : std::vector<std::uint32_t>());
      return single_.make(target, {.hosts = &hosts, .wants_senders = !is_inside});
    }
    if (!slot.maker) {
      slot.maker.emplace(compiled_);
    }
    slot.column = &slot.maker->make(target);
    slot.target = target;
    return *slot.column;
  }

  static Passage passage_of(const Column& column, const SourcePlanes& planes,
                            std::uint32_t source) {
    std::array<std::vector<ServiceSet::Segment>, kLevels> segments;
    for (std::size_t i = 0; i < column.segments.size(); ++i) {
      for (const Level level : kAllLevels) {
        if (planes.at(level, i, column.is_certain).has(source)) {
          segments[static_cast<std::size_t>(level)].push_back(column.segments[i]);
        }
      }
    }
    const ServiceSet yes = ServiceSet::of_segments(segments[0]);
    const ServiceSet depends = ServiceSet::of_segments(segments[1]);
    const ServiceSet unknown = ServiceSet::of_segments(segments[2]);
    return {.yes = yes,
            .depends = depends.without(yes),
            .unknown = unknown.without(depends).without(yes)};
  }

  const Network& network_;
  const Compiled& compiled_;
  Atoms senders_;
  Atoms receivers_;
  IpSet outside_;
  std::unordered_map<std::string_view, std::uint32_t> classes_;
  ColumnMaker single_;
  std::array<Asked, 1024> asked_;
  std::array<Slot, 32> slots_;
};

PairLookup::PairLookup(const Connections& connections)
    : lookup_(std::make_unique<Lookup>(connections)) {}
PairLookup::PairLookup(PairLookup&&) noexcept = default;
PairLookup& PairLookup::operator=(PairLookup&&) noexcept = default;
PairLookup::~PairLookup() = default;

std::optional<Passage> PairLookup::passage(const Place& from, const Place& to) {
  return lookup_->passage(from, to);
}

}  // namespace portolan::reach
