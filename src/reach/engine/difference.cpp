#include "reach/difference.h"

#include <algorithm>
#include <atomic>
#include <thread>
#include <utility>

#include "reach/engine/alone.h"
#include "reach/engine/update.h"

namespace portolan::reach {

namespace {

Classes classes_of(const Network& network, const Blocks& blocks, Numbers& groups, int threads) {
  Directory directory(network, blocks);
  Classes classes;
  Classifier(network, directory, classes, groups).run(threads);
  return classes;
}

/// Both networks cut by the blocks of both, and their classes joined.
std::pair<Compiled, Compiled> joint(const Moment& before, const Moment& after, int threads) {
  const Blocks old_blocks = blocks_of(before.snapshot());
  const Blocks new_blocks = blocks_of(after.snapshot());
  const Blocks blocks{.ways = united(old_blocks.ways, new_blocks.ways),
                      .ingress = united(old_blocks.ingress, new_blocks.ingress),
                      .egress = united(old_blocks.egress, new_blocks.egress)};
  Numbers old_groups = group_numbers(before.snapshot());
  Numbers new_groups = group_numbers(after.snapshot());
  JointClasses classes = joined(classes_of(before.network(), blocks, old_groups, threads),
                                classes_of(after.network(), blocks, new_groups, threads));
  return {Compiled(before.network(), std::move(old_groups), std::move(classes.before), threads),
          Compiled(after.network(), std::move(new_groups), std::move(classes.after), threads)};
}

std::vector<Suspect> all_suspects(const Compiled& compiled) {
  std::vector<Suspect> suspects;
  for (std::uint32_t number = 0; number < compiled.classes->hosts.size(); ++number) {
    suspects.push_back({.target = {ColumnTarget::Kind::Host, number}, .limits = {}});
  }
  for (std::uint32_t number = 0; number < compiled.classes->receivers.size(); ++number) {
    suspects.push_back({.target = {ColumnTarget::Kind::Receiver, number}, .limits = {}});
  }
  return suspects;
}

}  // namespace

/// Makes a difference.
class Comparer {
 public:
  Comparer(const Moment& before, const Moment& after, int threads)
      : before_(before), after_(after), threads_(std::max(threads, 1)) {}

  Difference run() {
    const Update* update = after_.update_.get();
    if (after_.follows(before_)) {
      difference_.before_ = update->before;
      difference_.after_ = update->compared;
      const Suspects suspects = suspects_of(*update);
      compare_columns(suspects.list);
      compare_alone(suspects.alone);
      return std::move(difference_);
    }
    auto [old_one, new_one] = joint(before_, after_, threads_);
    difference_.before_ = std::make_shared<const Compiled>(std::move(old_one));
    difference_.after_ = std::make_shared<const Compiled>(std::move(new_one));
    compare_columns(all_suspects(*difference_.before_));
    compare_alone({.groups = {}, .sources = {}, .targets = {}, .is_everyone = true});
    return std::move(difference_);
  }

 private:
  void compare_columns(const std::vector<Suspect>& suspects) {
    static constexpr std::size_t kBatch = 64;
    const auto batches = suspects.size() / kBatch + 1;
    std::vector<std::vector<ConnectionChange>> found(batches);
    std::atomic<std::size_t> next = 0;
    const auto work = [&] {
      ColumnComparer comparer(*difference_.before_, *difference_.after_);
      for (std::size_t batch = next++; batch < batches; batch = next++) {
        const std::size_t end = std::min((batch + 1) * kBatch, suspects.size());
        for (std::size_t i = batch * kBatch; i < end; ++i) {
          comparer.compare(suspects[i], found[batch]);
        }
      }
    };
    {
      std::vector<std::jthread> helpers;
      for (int i = 1; i < threads_ && suspects.size() > kBatch; ++i) {
        helpers.emplace_back(work);
      }
      work();
    }
    for (auto& changes : found) {
      std::move(changes.begin(), changes.end(), std::back_inserter(difference_.changes_));
    }
  }

  /// Balancers and endpoints, as sources and as targets.
  void compare_alone(const AloneSuspects& suspects) {
    const Classes& classes = *difference_.before_->classes;
    const auto hosts = static_cast<std::uint32_t>(classes.hosts.size());
    const auto first_source = static_cast<std::uint32_t>(hosts + classes.senders.size());
    const auto first_target = static_cast<std::uint32_t>(hosts + classes.receivers.size());
    const auto count = static_cast<std::uint32_t>(classes.alone.size());
    std::vector<char> is_suspect(count, suspects.is_everyone ? 1 : 0);
    for (std::uint32_t i = 0; i < count && !suspects.is_everyone; ++i) {
      is_suspect[i] = depends_on(classes.alone[i], suspects.groups) ? 1 : 0;
    }
    for (std::uint32_t i = 0; i < count; ++i) {
      if (is_suspect[i] != 0) {
        for (std::uint32_t target = 0; target < first_target; ++target) {
          compare_traces(first_source + i, target);
        }
        for (std::uint32_t source = 0; source < first_source; ++source) {
          compare_traces(source, first_target + i);
        }
      } else {
        suspects.targets.for_each([&](std::size_t target) {
          compare_traces(first_source + i, static_cast<std::uint32_t>(target));
        });
        suspects.sources.for_each([&](std::size_t source) {
          compare_traces(static_cast<std::uint32_t>(source), first_target + i);
        });
      }
      for (std::uint32_t other = 0; other < count; ++other) {
        if (is_suspect[i] != 0 || is_suspect[other] != 0) {
          compare_traces(first_source + i, first_target + other);
        }
      }
    }
  }

  bool depends_on(const Place& place, const std::vector<std::uint32_t>& groups) const {
    if (groups.empty()) {
      return false;
    }
    const auto behind = groups_behind(after_.network(), place, difference_.after_->groups);
    return std::any_of(groups.begin(), groups.end(), [&](std::uint32_t group) {
      return std::binary_search(behind.begin(), behind.end(), group);
    });
  }

  void compare_traces(std::uint32_t source, std::uint32_t target) {
    const Passage was = traced(before_, *difference_.before_, source, target);
    const Passage is = traced(after_, *difference_.after_, source, target);
    if (was == is) {
      return;
    }
    for (const Verdict before : kVerdicts) {
      for (const Verdict after : kVerdicts) {
        const ServiceSet services = services_of(was, before).intersected(services_of(is, after));
        if (before != after && !services.empty()) {
          difference_.changes_.push_back({.target = target,
                                          .before = before,
                                          .after = after,
                                          .services = services,
                                          .sources = {source}});
        }
      }
    }
  }

  static constexpr std::array<Verdict, 4> kVerdicts{Verdict::No, Verdict::Unknown, Verdict::Depends,
                                                    Verdict::Yes};

  static ServiceSet services_of(const Passage& passage, Verdict verdict) {
    switch (verdict) {
      case Verdict::No:
        return ServiceSet::all().without(passage.possible());
      case Verdict::Unknown:
        return passage.unknown;
      case Verdict::Depends:
        return passage.depends;
      case Verdict::Yes:
        return passage.yes;
    }
    return {};
  }

  static Passage traced(const Moment& moment, const Compiled& compiled, std::uint32_t source,
                        std::uint32_t target) {
    const auto from = place_of(moment, *compiled.classes, compiled.classes->senders, source);
    const auto to = place_of(moment, *compiled.classes, compiled.classes->receivers, target);
    if (!from || !to || *from == *to) {
      return {};
    }
    return trace(moment.network(), *from, *to, ServiceSet::all()).passage;
  }

  /// Nothing if there is nobody.
  static std::optional<Place> place_of(const Moment& moment, const Classes& classes,
                                       const SharedVector<OutsideClass>& atoms,
                                       std::uint32_t number) {
    const EndClass end = end_class(classes, atoms, number);
    bool exists = true;
    switch (end.kind) {
      case EndClass::Kind::Interfaces:
        exists = !end.interfaces.empty();
        break;
      case EndClass::Kind::Outside:
        exists = atoms[number - classes.hosts.size()].kind != kNone;
        break;
      case EndClass::Kind::Alone:
        exists = end.place.kind == Place::Kind::Balancer
                     ? moment.snapshot().find(LoadBalancerId{end.place.id}) != nullptr
                     : moment.snapshot().find(NetworkInterfaceId{end.place.id}) != nullptr;
        break;
    }
    return exists ? std::optional(end.place) : std::nullopt;
  }

  const Moment& before_;
  const Moment& after_;
  int threads_;
  Difference difference_;
};

namespace {

EndClass end_of(const Compiled& before, const Compiled& after, std::uint32_t number,
                SharedVector<OutsideClass> Classes::*atoms) {
  EndClass end = end_class(*after.classes, (*after.classes).*atoms, number);
  const bool is_gone = end.kind == EndClass::Kind::Interfaces && end.interfaces.empty();
  return is_gone ? end_class(*before.classes, (*before.classes).*atoms, number) : end;
}

}  // namespace

std::uint32_t Difference::source_count() const {
  const Classes& classes = *after_->classes;
  return static_cast<std::uint32_t>(classes.hosts.size() + classes.senders.size() +
                                    classes.alone.size());
}

std::uint32_t Difference::target_count() const {
  const Classes& classes = *after_->classes;
  return static_cast<std::uint32_t>(classes.hosts.size() + classes.receivers.size() +
                                    classes.alone.size());
}

EndClass Difference::source(std::uint32_t number) const {
  return end_of(*before_, *after_, number, &Classes::senders);
}

EndClass Difference::target(std::uint32_t number) const {
  return end_of(*before_, *after_, number, &Classes::receivers);
}

Difference difference(const Moment& before, const Moment& after, int threads) {
  return Comparer(before, after, threads).run();
}

}  // namespace portolan::reach
