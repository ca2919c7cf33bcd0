#include "events/decode/decode.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/assert.h"
#include "core/text.h"
#include "events/decode/call.h"

namespace portolan::events {

namespace {

using Decode = void (*)(Call& call);

/// By the number of the name, which is looked up as fast as that the name is listed.
Decode decoder_of(std::string_view name) {
  static const auto kDecoders = [] {
    std::vector<Decode> all;
    for (const auto family : {rule_decoders, group_decoders, compute_decoders,
                              acl_and_route_decoders, prefix_list_decoders, address_decoders}) {
      for (const Decoder& decoder : family()) {
        const auto number = find_name(decoder.name);
        PORTOLAN_ASSERT(number.has_value());
        all.resize(std::max<std::size_t>(all.size(), *number + std::size_t{1}), decode_by_names);
        all[*number] = decoder.decode;
      }
    }
    return all;
  }();
  const auto number = find_name(name);
  return number && *number < kDecoders.size() ? kDecoders[*number] : decode_by_names;
}

}  // namespace

Value any_of(const Value& value, std::initializer_list<std::string_view> keys) {
  for (const std::string_view key : keys) {
    if (const Value member = value[key]; member.exists()) {
      return member;
    }
  }
  return {};
}

void Call::fault(std::string_view member, const Value& value) {
  faults.push_back(fmt::format("`{}` of {} is `{}`, which is not understood", member,
                               printable(event.name), printable(value.text())));
}

std::optional<IpPrefix> Call::prefix(std::string_view member, const Value& value) {
  const std::string text = value.text();
  if (const auto block = IpPrefix::parse(text)) {
    return *block;
  }
  if (const auto address = IpAddress::parse(text)) {
    return IpPrefix::host(*address);
  }
  fault(member, value);
  return std::nullopt;
}

std::optional<IpAddress> Call::address(const Value& value) {
  const auto parsed = IpAddress::parse(value.text());
  return parsed ? std::optional(*parsed) : std::nullopt;
}

std::vector<SecurityGroupId> Call::groups(const Value& list) {
  std::vector<SecurityGroupId> found;
  list.each([&](const Value& each) {
    const std::string id = each.is_object()
                               ? any_of(each, {"groupId", "securityGroupId", "content"}).text()
                               : each.text();
    if (!id.empty()) {
      found.push_back({id});
    }
  });
  return found;
}

SecurityGroupId Call::group() const {
  std::string id = request["groupId"].text();
  if (id.empty()) {
    id = response["groupId"].text();
  }
  if (id.empty()) {
    if (const std::string name = request["groupName"].text(); !name.empty()) {
      id = "name:" + name;
    }
  }
  return {id};
}

std::vector<std::string> decode(const Record& record, Event& event) {
  std::vector<std::string> faults;
  Value request = record.request;
  Value response = record.response;
  const bool is_ec2 = event.source.starts_with("ec2.");
  if (is_ec2) {
    request = request.unwrapped();
    response = response.unwrapped();
  }
  if (!event.took_effect()) {
    response = {};
  }
  Call call{request, response, event, faults};
  if (is_ec2) {
    decoder_of(event.name)(call);
  } else {
    decode_by_names(call);
  }
  if (event.edits.empty()) {
    call.add(Noted{});
  }
  return faults;
}

}  // namespace portolan::events
