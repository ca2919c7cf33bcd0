#include "reach/names.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "core/text.h"
#include "reach/members.h"
#include "reach/network_index.h"

namespace portolan::reach {

namespace {

/// One resource that a name fits.
struct Match {
  std::string id;
  std::vector<Place> places;
};

using Matches = std::vector<Match>;

bool goes_by(const Names& names, std::string_view value) {
  return std::find(names.begin(), names.end(), value) != names.end();
}

bool fits(const Names& names, std::string_view pattern) {
  return std::any_of(names.begin(), names.end(), [&](std::string_view name) {
    return !name.empty() && matches_glob(name, pattern);
  });
}

template <class Resource>
void add_named(const Network& network, std::string_view value, Matches& matches) {
  for (const Resource& resource : network.snapshot().all<Resource>()) {
    if (goes_by(names_of(resource), value)) {
      matches.push_back({.id = resource.id.value, .places = members(network, resource)});
    }
  }
}

/// By id; if nothing has that id, by name, with wildcards.
template <class Resource>
Matches find_all(const Network& network, const std::string& value) {
  if (const auto* resource = network.snapshot().find(Id<Resource>{value}); resource != nullptr) {
    return {{.id = resource->id.value, .places = members(network, *resource)}};
  }
  Matches matches;
  for (const Resource& resource : network.snapshot().all<Resource>()) {
    if (fits(names_of(resource), value)) {
      matches.push_back({.id = resource.id.value, .places = members(network, resource)});
    }
  }
  return matches;
}

template <class Resource>
void add_names(const Network& network, std::set<std::string>& names) {
  for (const Resource& resource : network.snapshot().all<Resource>()) {
    names.insert(resource.id.value);
    for (const std::string_view name : names_of(resource)) {
      names.insert(std::string(name));
    }
  }
}

/// The kinds of resource that a bare name can mean.
template <template <class> class Action, class... Arguments>
void for_each_kind(Arguments&&... arguments) {
  Action<Instance>{}(arguments...);
  Action<NetworkInterface>{}(arguments...);
  Action<SecurityGroup>{}(arguments...);
  Action<Subnet>{}(arguments...);
  Action<Vpc>{}(arguments...);
  Action<LoadBalancer>{}(arguments...);
  Action<DbInstance>{}(arguments...);
  Action<NatGateway>{}(arguments...);
  Action<VpcEndpoint>{}(arguments...);
}

template <class Resource>
struct FindById {
  void operator()(const Network& network, const std::string& id, std::optional<Match>& match) {
    const auto* resource = network.snapshot().find(Id<Resource>{id});
    if (!match && resource != nullptr) {
      match = Match{.id = id, .places = members(network, *resource)};
    }
  }
};

template <class Resource>
struct FindByName {
  void operator()(const Network& network, const std::string& name, Matches& matches) {
    add_named<Resource>(network, name, matches);
  }
};

template <class Resource>
struct CollectNames {
  void operator()(const Network& network, std::set<std::string>& names) {
    add_names<Resource>(network, names);
  }
};

tl::unexpected<Error> unknown_name(const std::string& value, const std::set<std::string>& known) {
  const std::vector<std::string> candidates(known.begin(), known.end());
  std::vector<std::string> near = suggestions(value, candidates);
  std::string message = fmt::format("`{}` is no id or name in the snapshot", printable(value));
  if (!near.empty()) {
    for (std::string& each : near) {
      each = printable(each);
    }
    message += fmt::format(", did you mean `{}`", fmt::join(near, "` or `"));
  }
  return fail("unknown_name", std::move(message), value);
}

tl::unexpected<Error> ambiguous_name(const std::string& value, const Matches& matches) {
  constexpr std::size_t kMostShown = 8;
  std::vector<std::string> ids;
  for (const Match& match : matches) {
    if (ids.size() < kMostShown) {
      ids.push_back(fmt::format("`{}`", printable(match.id)));
    }
  }
  const std::string more =
      matches.size() > ids.size() ? fmt::format(" and {} more", matches.size() - ids.size()) : "";
  return fail("ambiguous_name",
              fmt::format("`{}` fits {}{}, write the one you mean", printable(value),
                          joined(ids, ", "), more),
              value);
}

/// An instance's interfaces often bear its name, too: then the instance is meant.
void drop_parts(Matches& matches) {
  const auto is_part = [&](const Match& part) {
    return std::any_of(matches.begin(), matches.end(), [&](const Match& whole) {
      return part.id.starts_with("eni-") && whole.id.starts_with("i-") &&
             std::find(whole.places.begin(), whole.places.end(), part.places.front()) !=
                 whole.places.end();
    });
  };
  Matches kept;
  std::copy_if(matches.begin(), matches.end(), std::back_inserter(kept),
               [&](const Match& match) { return match.places.empty() || !is_part(match); });
  matches = std::move(kept);
}

std::vector<Place> gathered(Matches matches) {
  std::vector<Place> places;
  for (Match& match : matches) {
    places.insert(places.end(), match.places.begin(), match.places.end());
  }
  return places;
}

template <class Resource>
Result<std::vector<Place>> places_of_kind(const Network& network, const std::string& value) {
  Matches matches = find_all<Resource>(network, value);
  if (matches.empty()) {
    std::set<std::string> known;
    add_names<Resource>(network, known);
    return unknown_name(value, known);
  }
  return gathered(std::move(matches));
}

/// `tier=db`, both sides with wildcards.
struct TagPattern {
  std::string_view key;
  std::string_view value;

  explicit TagPattern(std::string_view text)
      : key(text.substr(0, text.find('=', 1))), value(text.substr(key.size() + 1)) {}

  [[nodiscard]] bool fits(const Owned& owned) const {
    return std::any_of(owned.tags.begin(), owned.tags.end(), [&](const Tag& tag) {
      return matches_glob(tag.key, key) && matches_glob(tag.value, value);
    });
  }
};

template <class Resource>
void add_tagged(const Network& network, const TagPattern& pattern, Matches& matches,
                std::set<std::string>& known) {
  for (const Resource& resource : network.snapshot().all<Resource>()) {
    if (pattern.fits(resource.owned)) {
      matches.push_back({.id = resource.id.value, .places = members(network, resource)});
    }
    for (const Tag& tag : resource.owned.tags) {
      known.insert(tag.key + "=" + tag.value);
    }
  }
}

/// Interfaces that have the tag, or belong to something that has it.
Result<std::vector<Place>> places_tagged(const Network& network, const std::string& text) {
  const TagPattern pattern(text);
  Matches matches;
  std::set<std::string> known;
  add_tagged<NetworkInterface>(network, pattern, matches, known);
  add_tagged<Instance>(network, pattern, matches, known);
  add_tagged<DbInstance>(network, pattern, matches, known);
  add_tagged<LoadBalancer>(network, pattern, matches, known);
  if (matches.empty()) {
    return unknown_name(text, known);
  }
  return gathered(std::move(matches));
}

Result<std::vector<Place>> places_of_account(const Network& network, const std::string& account) {
  std::vector<Place> places;
  std::set<std::string> known;
  for (const NetworkInterface& interface : network.snapshot().all<NetworkInterface>()) {
    known.insert(interface.owned.account.text());
    if (interface.owned.account.text() == account) {
      places.push_back(members(network, interface).front());
    }
  }
  for (const LoadBalancer& balancer : network.snapshot().all<LoadBalancer>()) {
    known.insert(balancer.owned.account.text());
    if (balancer.owned.account.text() == account && lacks_nodes(network, balancer)) {
      places.push_back(members(network, balancer).front());
    }
  }
  for (const Vpc& vpc : network.snapshot().all<Vpc>()) {
    known.insert(vpc.owned.account.text());
  }
  if (!known.contains(account)) {
    return unknown_name(account, known);
  }
  return places;
}

}  // namespace

Result<std::vector<Place>> places_named(const Network& network, const std::string& value) {
  std::optional<Match> exact;
  for_each_kind<FindById>(network, value, exact);
  if (exact) {
    return std::move(exact->places);
  }
  Matches matches;
  for_each_kind<FindByName>(network, value, matches);
  drop_parts(matches);
  if (matches.size() > 1) {
    return ambiguous_name(value, matches);
  }
  if (matches.empty()) {
    std::set<std::string> known;
    for_each_kind<CollectNames>(network, known);
    return unknown_name(value, known);
  }
  return std::move(matches.front().places);
}

Result<std::vector<Place>> places_in(const Network& network, const Selector& selector) {
  switch (selector.kind) {
    case SelectorKind::Group:
      return places_of_kind<SecurityGroup>(network, selector.value);
    case SelectorKind::Subnet:
      return places_of_kind<Subnet>(network, selector.value);
    case SelectorKind::VpcOf:
      return places_of_kind<Vpc>(network, selector.value);
    case SelectorKind::Balancer:
      return places_of_kind<LoadBalancer>(network, selector.value);
    case SelectorKind::TagOf:
      return places_tagged(network, selector.value);
    case SelectorKind::AccountOf:
      return places_of_account(network, selector.value);
    case SelectorKind::Internet:
    case SelectorKind::Any:
    case SelectorKind::Cidr:
    case SelectorKind::Address:
    case SelectorKind::Name:
      break;
  }
  return std::vector<Place>{};
}

Result<VpcId> vpc_named(const Network& network, const std::string& value) {
  if (const Vpc* vpc = network.snapshot().find(VpcId{value}); vpc != nullptr) {
    return vpc->id;
  }
  Matches matches;
  add_named<Vpc>(network, value, matches);
  if (matches.size() > 1) {
    return ambiguous_name(value, matches);
  }
  if (matches.empty()) {
    std::set<std::string> known;
    add_names<Vpc>(network, known);
    return unknown_name(value, known);
  }
  return VpcId{matches.front().id};
}

}  // namespace portolan::reach
