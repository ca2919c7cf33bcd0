#include <algorithm>
#include <utility>

#include "collect/decode/families.h"
#include "collect/decode/members.h"

namespace portolan::collect {

namespace {

void zone_addresses(Reader& in, BalancerZone& zone) {
  in.objects([&] {
    in.object([&](std::string_view key) {
      std::optional<IpAddress> address;
      if (key == "IpAddress" || key == "PrivateIPv4Address" || key == "IPv6Address") {
        in.read(address);
      } else {
        in.skip();
      }
      if (address) {
        zone.addresses.push_back(*address);
      }
    });
  });
  std::sort(zone.addresses.begin(), zone.addresses.end());
}

constexpr Field<BalancerZone> kZoneFields[] = {
    {"ZoneName", value<&BalancerZone::zone>},
    {"SubnetId", value<&BalancerZone::subnet>},
    {"LoadBalancerAddresses", zone_addresses},
};

void zones(Reader& in, LoadBalancer& row) {
  in.objects([&] { read_fields(in, kZoneFields, row.zones.emplace_back()); });
  std::sort(row.zones.begin(), row.zones.end());
}

/// The type is a member; older answers have it in the ARN only.
void kind(Reader& in, LoadBalancer& row) {
  const auto text = in.string();
  if (text == "network") {
    row.kind = BalancerKind::Network;
  } else if (text == "gateway") {
    row.kind = BalancerKind::Gateway;
  }
}

void state(Reader& in, LoadBalancer& row) {
  const std::string code = member_of(in, "Code");
  row.is_active = code.empty() || code == "active" || code == "active_impaired";
}

template <class Row>
void scheme(Reader& in, Row& row) {
  const auto text = in.string();
  row.scheme = text == "internet-facing" ? BalancerScheme::InternetFacing
               : text == "internal"      ? BalancerScheme::Internal
                                         : BalancerScheme::Unknown;
}

/// SOURCE: ELBv2 API, LoadBalancer.
constexpr Field<LoadBalancer> kBalancerFields[] = {
    {"LoadBalancerArn", arn_id<LoadBalancer>},
    {"DNSName", value<&LoadBalancer::dns_name>},
    {"LoadBalancerName", value<&LoadBalancer::balancer_name>},
    {"Scheme", scheme<LoadBalancer>},
    {"VpcId", value<&LoadBalancer::vpc>},
    {"State", state},
    {"Type", kind},
    {"AvailabilityZones", zones},
    {"SecurityGroups", value<&LoadBalancer::groups>},
    {"IpAddressType",
     [](Reader& in, LoadBalancer& row) {
       row.is_dualstack = in.string().value_or("").starts_with("dualstack");
     }},
    {"EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic",
     [](Reader& in, LoadBalancer& row) { row.checks_private_link = in.string() != "off"; }},
};

struct ClassicListener {
  std::string protocol;
  int port = 0;
  int instance_port = 0;
};

constexpr Field<ClassicListener> kClassicListenerFields[] = {
    {"Protocol", value<&ClassicListener::protocol>},
    {"LoadBalancerPort", value<&ClassicListener::port>},
    {"InstancePort", value<&ClassicListener::instance_port>},
};

void classic_listeners(Reader& in, LoadBalancer& row) {
  row.listeners.emplace();
  in.objects([&] {
    Listener& listener = row.listeners->emplace_back();
    in.object([&](std::string_view key) {
      if (key == "Listener") {
        ClassicListener read;
        read_fields(in, kClassicListenerFields, read);
        listener.protocol = std::move(read.protocol);
        listener.port = read.port;
        listener.instance_port = read.instance_port;
      } else if (key == "PolicyNames") {
        in.read(listener.policies);
      } else {
        in.skip();
      }
    });
  });
  std::sort(row.listeners->begin(), row.listeners->end());
}

void classic_subnets(Reader& in, LoadBalancer& row) {
  std::vector<SubnetId> subnets;
  in.read(subnets);
  for (SubnetId& subnet : subnets) {
    row.zones.push_back({.subnet = std::move(subnet)});
  }
  std::sort(row.zones.begin(), row.zones.end());
}

void classic_zones(Reader& in, LoadBalancer& row) {
  std::vector<std::string> names;
  in.read(names);
  for (const std::string& name : names) {
    if (!row.owned.region.known()) {
      row.owned.region = region_of_zone(name);
    }
  }
}

/// The group that the balancer offers as a source is named with the account that owns both.
void source_group(Reader& in, LoadBalancer& row) {
  row.owned.account = AccountId::parse(member_of(in, "OwnerAlias")).value_or(row.owned.account);
}

/// SOURCE: ELB API (2012), LoadBalancerDescription. It has no ARN: one is made when account and
/// region are known.
constexpr Field<LoadBalancer> kClassicFields[] = {
    {"LoadBalancerName", value<&LoadBalancer::balancer_name>},
    {"DNSName", value<&LoadBalancer::dns_name>},
    {"ListenerDescriptions", classic_listeners},
    {"AvailabilityZones", classic_zones},
    {"Subnets", classic_subnets},
    {"VPCId", value<&LoadBalancer::vpc>},
    {"Instances",
     [](Reader& in, LoadBalancer& row) { members_of(in, "InstanceId", row.instances); }},
    {"SourceSecurityGroup", source_group},
    {"SecurityGroups", value<&LoadBalancer::groups>},
    {"Scheme", scheme<LoadBalancer>},
};

void set_attribute(AttributesPart& part, std::string_view name, std::string text) {
  if (name == "load_balancing.cross_zone.enabled") {
    part.cross_zone = std::move(text);
  } else if (name == "preserve_client_ip.enabled") {
    part.preserves_client_ip = text == "true";
  } else if (name == "access_logs.s3.enabled") {
    part.logs_access = text == "true";
  } else if (name == "routing.http.drop_invalid_header_fields.enabled") {
    part.drops_invalid_headers = text == "true";
  } else if (name == "routing.http.desync_mitigation_mode") {
    part.desync_mode = std::move(text);
  }
}

bool is_of_target_group(std::string_view key) {
  static constexpr std::string_view kPrefixes[] = {
      "deregistration_delay.", "stickiness.",         "preserve_client_ip.", "slow_start.",
      "proxy_protocol_v2.",    "target_group_health", "target_failover.",    "lambda."};
  return std::any_of(std::begin(kPrefixes), std::end(kPrefixes),
                     [&](std::string_view prefix) { return key.starts_with(prefix); });
}

}  // namespace

void decode_load_balancers(Answer& answer) {
  read_rows(answer, kBalancerFields, [](LoadBalancer& row) {
    if (row.id.value.find(":loadbalancer/net/") != std::string::npos) {
      row.kind = BalancerKind::Network;
    } else if (row.id.value.find(":loadbalancer/gwy/") != std::string::npos) {
      row.kind = BalancerKind::Gateway;
    }
    std::sort(row.groups.begin(), row.groups.end());
  });
}

void decode_classic_load_balancers(Answer& answer) {
  answer.in.objects([&] {
    const std::size_t place = answer.in.offset();
    const std::size_t problems = answer.in.problems().size();
    LoadBalancer row;
    read_fields(answer.in, kClassicFields, row);
    if (!answer.in.ok() || row.balancer_name.empty()) {
      answer.in.missing_id(place);
      return;
    }
    row.kind = BalancerKind::Classic;
    std::sort(row.groups.begin(), row.groups.end());
    std::sort(row.instances.begin(), row.instances.end());
    answer.in.name_problems(problems, row.balancer_name);
    add_row(answer, std::move(row), place);
  });
}

void decode_attributes(Answer& answer) {
  const std::size_t place = answer.in.offset();
  AttributesPart part;
  answer.in.objects([&] {
    std::string name;
    std::string text;
    answer.in.object([&](std::string_view key) {
      if (key == "Key") {
        answer.in.read(name);
      } else if (key == "Value") {
        answer.in.read(text);
      } else {
        answer.in.skip();
      }
    });
    part.is_of_target_group |= is_of_target_group(name);
    set_attribute(part, name, std::move(text));
  });
  const bool is_telling = part.cross_zone || part.preserves_client_ip || part.logs_access ||
                          part.drops_invalid_headers || part.desync_mode;
  if (answer.in.ok() && is_telling) {
    answer.out.loose<AttributesPart>().push_back(
        {.part = std::move(part), .origin = answer.origin(place)});
  }
}

namespace {

void classic_attribute(Reader& in, AttributesPart& part) {
  std::string name;
  std::string text;
  in.object([&](std::string_view key) {
    if (key == "Key") {
      in.read(name);
    } else if (key == "Value") {
      in.read(text);
    } else {
      in.skip();
    }
  });
  if (name == "elb.http.desyncmitigationmode") {
    part.desync_mode = std::move(text);
  }
}

std::optional<bool> is_enabled(Reader& in) {
  std::optional<bool> result;
  in.object([&](std::string_view key) {
    if (key == "Enabled") {
      in.read(result);
    } else {
      in.skip();
    }
  });
  return result;
}

}  // namespace

/// SOURCE: ELB API (2012), LoadBalancerAttributes; Classic Load Balancer guide, "Configure desync
/// mitigation mode".
void decode_balancer_attributes(Answer& answer) {
  if (answer.in.kind() != '{') {
    decode_nested_answers(answer);
    return;
  }
  const std::size_t place = answer.in.offset();
  AttributesPart part{.is_of_classic = true};
  answer.in.object([&](std::string_view key) {
    if (key == "CrossZoneLoadBalancing") {
      if (const std::optional<bool> is_on = is_enabled(answer.in)) {
        part.cross_zone = *is_on ? "true" : "false";
      }
    } else if (key == "AccessLog") {
      part.logs_access = is_enabled(answer.in);
    } else if (key == "AdditionalAttributes") {
      answer.in.objects([&] { classic_attribute(answer.in, part); });
    } else {
      answer.in.skip();
    }
  });
  if (answer.in.ok()) {
    answer.out.loose<AttributesPart>().push_back(
        {.part = std::move(part), .origin = answer.origin(place)});
  }
}

void decode_tag_descriptions(Answer& answer) {
  answer.in.objects([&] {
    const std::size_t place = answer.in.offset();
    std::string holder;
    TagsPart part;
    answer.in.object([&](std::string_view key) {
      if (key == "ResourceArn" || key == "LoadBalancerName") {
        answer.in.read(holder);
      } else if (key == "Tags") {
        answer.in.read(part.tags);
      } else {
        answer.in.skip();
      }
    });
    if (!answer.in.ok() || holder.empty()) {
      answer.in.missing_id(place);
    } else if (!part.tags.empty()) {
      answer.out.loose<TagsPart>().push_back(
          {std::move(holder), std::move(part), answer.origin(place)});
    }
  });
}

}  // namespace portolan::collect
