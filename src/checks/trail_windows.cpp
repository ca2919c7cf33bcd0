#include "checks/trail_windows.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <tuple>
#include <utility>

#include "reach/difference.h"
#include "reach/moment.h"

/// From when to when what was reachable from the internet.
namespace portolan::checks {

namespace {

using MomentPtr = std::shared_ptr<const reach::Moment>;

/// What of an end the internet reaches. INVARIANT: disjoint.
struct Exposure {
  ServiceSet open;      // for some client at least
  ServiceSet doubtful;  // what decides is not known
};

struct Mark {
  std::optional<Time> time;
  std::optional<std::size_t> event;
};

class Replay {
 public:
  Replay(const events::NetworkPast& past, int threads) : past_(past), threads_(threads) {}

  std::vector<ExposureWindow> run() {
    snapshot_ = past_.start();
    MomentPtr moment = reach::Moment::of(snapshot_, threads_);
    const Mark beginning;
    for (const reach::EndClass& end : moment->connections().targets()) {
      look(*moment, end, beginning);
    }
    for (const events::NetworkStep& step : past_.steps()) {
      snapshot_ = events::after_step(snapshot_, step.rows);
      const MomentPtr next = moment->next(snapshot_, step.rows, threads_);
      look_at_changes(*moment, *next, {.time = step.time, .event = step.event});
      moment = next;
      note_groups(step.rows);
    }
    for (auto& [id, open] : open_) {
      for (ExposureWindow& window : open) {
        done_.push_back(std::move(window));
      }
    }
    sort();
    return std::move(done_);
  }

 private:
  static bool is_internet(const reach::EndClass& end) {
    return end.kind == reach::EndClass::Kind::Outside && end.place.address &&
           end.place.address->is_public();
  }

  void look_at_changes(const reach::Moment& before, const reach::Moment& after, const Mark& mark) {
    const reach::Difference difference = reach::difference(before, after, threads_);
    std::vector<std::uint32_t> touched;
    for (const reach::ConnectionChange& change : difference.changes()) {
      if (std::any_of(change.sources.begin(), change.sources.end(), [&](std::uint32_t source) {
            return is_internet(difference.source(source));
          })) {
        touched.push_back(change.target);
      }
    }
    std::sort(touched.begin(), touched.end());
    touched.erase(std::unique(touched.begin(), touched.end()), touched.end());
    for (const std::uint32_t target : touched) {
      look(after, difference.target(target), mark);
    }
  }

  /// A group that comes to an interface may open no service that was not open before.
  void note_groups(const RowChanges& rows) {
    for (const RowChange<NetworkInterface>& change : rows.of<NetworkInterface>()) {
      const auto open = change.after == nullptr ? open_.end() : open_.find(change.after->id.text());
      if (open == open_.end()) {
        continue;
      }
      for (ExposureWindow& window : open->second) {
        std::vector<SecurityGroupId> both;
        std::set_union(window.groups.begin(), window.groups.end(), change.after->groups.begin(),
                       change.after->groups.end(), std::back_inserter(both));
        window.groups = std::move(both);
      }
    }
  }

  /// Members of a class are reached alike: one is asked for.
  void look(const reach::Moment& moment, const reach::EndClass& end, const Mark& mark) {
    if (end.kind == reach::EndClass::Kind::Alone) {
      set(moment, end.place.id, exposure_of(moment, end.place.id), mark);
      return;
    }
    if (end.kind == reach::EndClass::Kind::Outside || end.interfaces.empty()) {
      return;
    }
    const Exposure exposure = exposure_of(moment, end.interfaces.front()->id.text());
    for (const NetworkInterface* interface : end.interfaces) {
      set(moment, interface->id.text(), exposure, mark);
    }
  }

  static Exposure exposure_of(const reach::Moment& moment, const std::string& id) {
    const reach::Question question{
        .from = {.kind = reach::SelectorKind::Internet, .value = {}, .prefix = {}, .vpc = {}},
        .to = {.kind = reach::SelectorKind::Name, .value = id, .prefix = {}, .vpc = {}}};
    const auto answer = reach::ask(moment.network(), question);
    if (!answer) {  // it is not there any more
      return {};
    }
    ServiceSet open = answer->passage.yes.united(answer->passage.depends);
    ServiceSet doubtful = answer->passage.unknown.without(open);
    return {.open = std::move(open), .doubtful = std::move(doubtful)};
  }

  void set(const reach::Moment& moment, const std::string& id, const Exposure& now,
           const Mark& mark) {
    std::vector<ExposureWindow>& open = open_[id];
    std::vector<ExposureWindow> kept;
    ServiceSet certain;
    ServiceSet doubtful;
    for (ExposureWindow& window : open) {
      const ServiceSet& still = window.is_certain ? now.open : now.doubtful;
      const ServiceSet gone = window.services.without(still);
      const ServiceSet stays = window.services.intersected(still);
      if (!gone.empty()) {
        ExposureWindow closed = window;
        closed.services = gone;
        closed.until = mark.time;
        closed.closer = mark.event;
        done_.push_back(std::move(closed));
      }
      if (!stays.empty()) {
        ServiceSet& sum = window.is_certain ? certain : doubtful;
        sum = sum.united(stays);
        window.services = stays;
        kept.push_back(std::move(window));
      }
    }
    open = std::move(kept);
    begin(moment, id, now.open.without(certain), true, mark);
    begin(moment, id, now.doubtful.without(doubtful), false, mark);
  }

  void begin(const reach::Moment& moment, const std::string& id, ServiceSet services,
             bool is_certain, const Mark& mark) {
    if (services.empty()) {
      return;
    }
    ExposureWindow window;
    window.resource = id;
    window.name = id;
    window.services = std::move(services);
    window.is_certain = is_certain;
    window.from = mark.time;
    window.opener = mark.event;
    describe(moment.snapshot(), window);
    open_[id].push_back(std::move(window));
  }

  static void describe(const Snapshot& snapshot, ExposureWindow& window) {
    if (const LoadBalancer* balancer = snapshot.find(LoadBalancerId{window.resource})) {
      window.account = balancer->owned.account;
      window.region = balancer->owned.region;
      window.name = balancer->balancer_name;
      return;
    }
    const NetworkInterface* interface = snapshot.find(NetworkInterfaceId{window.resource});
    if (interface == nullptr) {
      return;
    }
    window.account = interface->owned.account;
    window.region = interface->owned.region;
    window.groups = interface->groups;
    window.instance = interface->instance.text();
    const Instance* instance = snapshot.find(interface->instance);
    if (instance != nullptr && !instance->owned.name().empty()) {
      window.name = instance->owned.name();
    } else if (!interface->owned.name().empty()) {
      window.name = interface->owned.name();
    } else if (!window.instance.empty()) {
      window.name = window.instance;
    }
  }

  void sort() {
    std::sort(done_.begin(), done_.end(), [](const ExposureWindow& a, const ExposureWindow& b) {
      return std::tie(a.from, a.resource, a.services, a.until, a.is_certain) <
             std::tie(b.from, b.resource, b.services, b.until, b.is_certain);
    });
  }

  const events::NetworkPast& past_;
  int threads_;
  Snapshot snapshot_;
  std::map<std::string, std::vector<ExposureWindow>> open_;  // by id
  std::vector<ExposureWindow> done_;
};

}  // namespace

std::vector<ExposureWindow> exposure_windows(const events::NetworkPast& past, int threads) {
  return Replay(past, threads).run();
}

}  // namespace portolan::checks
