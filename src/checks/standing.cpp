#include "checks/standing.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "checks/estate.h"
#include "checks/exposure.h"
#include "checks/finding_text.h"
#include "checks/instances.h"
#include "core/text.h"
#include "reach/connections.h"
#include "reach/lateral.h"

namespace portolan::checks {

namespace {

constexpr int kHopsMost = 6;
constexpr std::size_t kClassesMost = 10000;  // above it, chains cost more than all checks together

/// The last connection on the shortest way from the internet.
struct Approach {
  int hops = 0;
  std::string from;
  std::string services;
};

/// Something that takes connections, and what it is worth to an intruder.
struct Place {
  std::string id;
  std::string title;
  const Approach* approach = nullptr;
  bool is_in_part = false;  // the internet connects to it from some of its addresses only
  bool is_data_tier = false;
  std::string role;

  /// Nearest first, then what is worth most.
  [[nodiscard]] auto key() const {
    return std::make_tuple(approach == nullptr ? kHopsMost + 1 : approach->hops, !is_data_tier,
                           role.empty(), std::string_view(id));
  }
};

/// `web` of `arn:aws:iam::…:instance-profile/web`.
std::string role_name(const Instance& instance) {
  const std::string& profile = instance.instance_profile;
  return profile.substr(profile.rfind('/') + 1);
}

class Placer {
 public:
  explicit Placer(const Context& context) : context_(context) {
    const reach::Connections& connections = context.connections();
    follows_ = connections.targets().size() <= kClassesMost;
    if (follows_) {
      follow(connections);
    }
  }

  [[nodiscard]] Standing standing_of(const Finding& finding) {
    std::optional<Place> best;
    for (const NetworkInterface* interface : interfaces_of(finding)) {
      Place place = place_of(*interface);
      if (!best || place.key() < best->key()) {
        best = std::move(place);
      }
    }
    if (!best && context_.snapshot().find(LoadBalancerId{finding.resource}) != nullptr) {
      best = Place{.id = finding.resource,
                   .title = finding.name.empty() ? finding.resource : finding.name,
                   .approach = approach_of(finding.resource),
                   .is_in_part = false,
                   .is_data_tier = false,
                   .role = {}};
    }
    return best ? told(*best) : Standing{};
  }

 private:
  void follow(const reach::Connections& connections) {
    const auto reached = reach::blast_radius(
        context_.network(), connections,
        {.kind = reach::SelectorKind::Internet, .value = {}, .prefix = {}, .vpc = {}},
        ServiceSet::all(), kHopsMost);
    if (!reached) {
      return;  // no address is outside of the VPCs
    }
    for (const reach::Reached& row : *reached) {  // nearest first
      for (const std::string& id : row.members) {
        approaches_.try_emplace(id, Approach{.hops = row.hops,
                                             .from = row.hops == 1 ? "internet" : row.last.source,
                                             .services = services_text(row.last.services)});
      }
    }
  }

  [[nodiscard]] const Approach* approach_of(const std::string& id) const {
    const auto found = approaches_.find(id);
    return found == approaches_.end() ? nullptr : &found->second;
  }

  [[nodiscard]] const Approach* approach_to(const NetworkInterface& interface) {
    if (const Approach* known = approach_of(interface.id.value)) {
      return known;
    }
    // Nodes of balancers stand for themselves only where a packet is traced.
    ServiceSet services;
    for (const IpFamily family : kFamilies) {
      services = services.united(context_.exposure().of(interface, family).some);
    }
    if (services.empty()) {
      return nullptr;
    }
    return &approaches_
                .emplace(
                    interface.id.value,
                    Approach{.hops = 1, .from = "internet", .services = services_text(services)})
                .first->second;
  }

  [[nodiscard]] Interfaces interfaces_of(const Finding& finding) const {
    Interfaces interfaces;
    for (const std::string& id : finding.affected) {
      if (const auto* interface = context_.snapshot().find(NetworkInterfaceId{id})) {
        interfaces.push_back(interface);
      } else if (const auto* instance = context_.snapshot().find(InstanceId{id})) {
        const Interfaces own = checks::interfaces_of(context_.snapshot(), *instance).interfaces;
        interfaces.insert(interfaces.end(), own.begin(), own.end());
      }
    }
    return interfaces;
  }

  [[nodiscard]] Place place_of(const NetworkInterface& interface) {
    const Instance* instance = context_.estate().instance_of(interface);
    const Approach* approach = approach_to(interface);
    return {.id = interface.id.value,
            .title = title_of(context_.estate(), interface),
            .approach = approach,
            .is_in_part = approach != nullptr && approach->hops == 1 &&
                          context_.exposure().world_of(interface).empty(),
            .is_data_tier = context_.estate().is_data_tier(interface),
            .role = instance == nullptr ? std::string() : role_name(*instance)};
  }

  [[nodiscard]] std::string title_of_source(const std::string& id) const {
    const auto* interface = context_.snapshot().find(NetworkInterfaceId{id});
    const auto* balancer = context_.snapshot().find(LoadBalancerId{id});
    return interface != nullptr  ? title_of(context_.estate(), *interface)
           : balancer != nullptr ? balancer->balancer_name
                                 : id;
  }

  [[nodiscard]] std::string way_text(const Place& place) const {
    const Approach* approach = place.approach;
    if (approach == nullptr) {
      return follows_
                 ? fmt::format("no connections are known that lead from the internet to {}",
                               place.title)
                 : fmt::format(
                       "the internet does not connect to {} itself; what leads there by others "
                       "is not looked for among so many classes of hosts",
                       place.title);
    }
    if (approach->hops == 1) {
      return fmt::format("{} connects to {} on {}",
                         place.is_in_part ? "a part of the internet" : "the internet", place.title,
                         approach->services);
    }
    return fmt::format("{} connections lead from the internet to {}, the last from {} on {}",
                       approach->hops, place.title, title_of_source(approach->from),
                       approach->services);
  }

  [[nodiscard]] Standing told(const Place& place) const {
    Standing standing{.hops = {},
                      .at = place.id,
                      .from = {},
                      .services = {},
                      .is_data_tier = place.is_data_tier,
                      .role = place.role,
                      .text = way_text(place)};
    if (place.approach != nullptr) {
      standing.hops = place.approach->hops;
      standing.from = place.approach->from;
      standing.services = place.approach->services;
    }
    standing.text += place.is_data_tier ? "; it is of the data tier" : "";
    standing.text += place.role.empty() ? "" : fmt::format("; it has the role of {}", place.role);
    return standing;
  }

  const Context& context_;
  bool follows_ = false;
  std::unordered_map<std::string, Approach> approaches_;  // by id of an interface or balancer
};

/// True of what connections can lead to.
bool has_place(const Finding& finding) {
  return finding.resource.starts_with("arn:aws") ||
         std::any_of(finding.affected.begin(), finding.affected.end(), [](const std::string& id) {
           return id.starts_with("eni-") || id.starts_with("i-");
         });
}

/// What `ranks_before` says of risk and latency comes first.
auto key_of(const Finding& finding, const Standing& standing) {
  return std::make_tuple(-static_cast<int>(finding.risk), finding.is_latent,
                         standing.hops.value_or(kHopsMost + 1), !standing.is_data_tier,
                         standing.role.empty());
}

}  // namespace

std::vector<Standing> rank(const Context& context, std::vector<Finding>& findings) {
  const auto end = std::find_if(findings.begin(), findings.end(), [](const Finding& finding) {
    return finding.outcome != Outcome::Fail;
  });
  const auto count = static_cast<std::size_t>(end - findings.begin());
  std::vector<std::pair<Standing, Finding>> failing;
  failing.reserve(count);
  std::optional<Placer> placer;
  for (std::size_t i = 0; i < count; ++i) {
    Standing standing;
    if (has_place(findings[i])) {
      if (!placer) {
        placer.emplace(context);
      }
      standing = placer->standing_of(findings[i]);
    }
    failing.emplace_back(std::move(standing), std::move(findings[i]));
  }
  std::stable_sort(failing.begin(), failing.end(), [](const auto& a, const auto& b) {
    return key_of(a.second, a.first) < key_of(b.second, b.first);
  });
  std::vector<Standing> standings;
  standings.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    findings[i] = std::move(failing[i].second);
    standings.push_back(std::move(failing[i].first));
  }
  return standings;
}

}  // namespace portolan::checks
