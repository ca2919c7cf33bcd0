#include <algorithm>

#include <fmt/format.h>

#include "reach/connect.h"

namespace portolan::reach {

namespace {

using Addresses = std::vector<IpAddress>;

/// The private address by which an interface sends when it is named by `address`.
IpAddress behind(const NetworkInterface& interface, const IpAddress& address) {
  for (const InterfaceAddress& each : interface.addresses) {
    if (each.public_ip == address) {
      return each.private_ip;
    }
  }
  return address;
}

/// The public addresses of an interface, the primary one's first.
Addresses public_addresses(const NetworkInterface& interface, IpFamily family) {
  Addresses result;
  if (family == IpFamily::V6) {
    std::copy_if(interface.ipv6.begin(), interface.ipv6.end(), std::back_inserter(result),
                 [](const IpAddress& address) { return address.is_public(); });
    return result;
  }
  for (const InterfaceAddress& each : interface.addresses) {
    if (each.public_ip) {
      result.insert(each.is_primary ? result.begin() : result.end(), *each.public_ip);
    }
  }
  return result;
}

/// By which address a host on the internet asks for what the question calls `address`.
Addresses as_seen_from_internet(const NetworkInterface& interface, const IpAddress& address) {
  for (const InterfaceAddress& each : interface.addresses) {
    if (each.private_ip == address) {
      return each.public_ip ? Addresses{*each.public_ip} : Addresses{};
    }
  }
  return {address};
}

/// How `from` may address the interface, in order of preference.
Addresses destinations(const Place& from, const NetworkInterface& interface,
                       const std::optional<IpAddress>& named) {
  const bool is_outside = from.kind == Place::Kind::Outside && from.address;
  const bool is_internet = is_outside && from.address->is_public();
  if (named) {
    return is_internet ? as_seen_from_internet(interface, *named) : Addresses{*named};
  }
  if (is_internet) {
    return public_addresses(interface, from.address->family());
  }
  Addresses result;
  for (const IpFamily family : {IpFamily::V4, IpFamily::V6}) {
    const auto address = private_address(interface, family);
    if (address && (!is_outside || from.address->family() == family)) {
      result.push_back(*address);
    }
  }
  return result;
}

void explain_no_destination(const Place& from, const NetworkInterface& interface,
                            EndChoice& choice) {
  choice.component = interface.id.value;
  if (from.address && from.address->is_v4()) {
    choice.reason = Reason::NoPublicAddress;
    choice.detail = fmt::format("{} has no public IPv4 address", interface.id.value);
  } else {
    choice.reason = Reason::AddressFamilyMismatch;
    choice.detail = fmt::format("{} has no IPv6 address for that", interface.id.value);
  }
}

std::string_view name_of(IpFamily family) { return family == IpFamily::V4 ? "IPv4" : "IPv6"; }

}  // namespace

std::optional<IpAddress> private_address(const NetworkInterface& interface, IpFamily family) {
  if (family == IpFamily::V6) {
    return interface.ipv6.empty() ? std::nullopt : std::optional(interface.ipv6.front());
  }
  const auto found = std::find_if(interface.addresses.begin(), interface.addresses.end(),
                                  [](const InterfaceAddress& each) { return each.is_primary; });
  if (found != interface.addresses.end()) {
    return found->private_ip;
  }
  return interface.addresses.empty() ? std::nullopt
                                     : std::optional(interface.addresses.front().private_ip);
}

std::optional<End> sending_end(const Network& network, const Place& place, IpFamily family) {
  End end;
  end.interface = place.kind == Place::Kind::Interface
                      ? network.snapshot().find(NetworkInterfaceId{place.id})
                      : nullptr;
  std::optional<IpAddress> address = place.address;
  if (end.interface != nullptr) {
    address = address ? behind(*end.interface, *address) : private_address(*end.interface, family);
  }
  if (!address || address->family() != family) {
    return std::nullopt;
  }
  end.address = *address;
  return end;
}

EndChoice choose_ends(const Network& network, const Place& from, const Place& to) {
  EndChoice choice;
  End target;
  Addresses addresses;
  if (to.kind == Place::Kind::Interface) {
    target.interface = network.snapshot().find(NetworkInterfaceId{to.id});
    addresses = target.interface == nullptr ? Addresses{}
                                            : destinations(from, *target.interface, to.address);
    if (addresses.empty() && target.interface != nullptr) {
      explain_no_destination(from, *target.interface, choice);
      return choice;
    }
  } else if (to.address) {
    addresses = {*to.address};
  }
  for (const IpAddress& address : addresses) {
    target.address = address;
    if (const auto source = sending_end(network, from, address.family())) {
      choice.pairs.push_back({.from = *source, .to = target});
    } else {
      choice.component = from.id.empty() ? to.id : from.id;
      choice.detail = fmt::format("{} has no {} address", from.text(), name_of(address.family()));
    }
  }
  return choice;
}

}  // namespace portolan::reach
