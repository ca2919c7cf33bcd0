#include "events/decode/decode.h"

#include <map>

#include <fmt/format.h>

#include "core/text.h"
#include "events/decode/call.h"

namespace portolan::events {

namespace {

using Decode = void (*)(Call& call);

const std::map<std::string_view, Decode>& decoders() {
  static const auto kDecoders = [] {
    std::map<std::string_view, Decode> all;
    for (const auto family : {rule_decoders, group_decoders, compute_decoders,
                              acl_and_route_decoders, prefix_list_decoders, address_decoders}) {
      for (const Decoder& decoder : family()) {
        all.emplace(decoder.name, decoder.decode);
      }
    }
    return all;
  }();
  return kDecoders;
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

std::vector<std::string> decode(const Value& record, Event& event) {
  std::vector<std::string> faults;
  Value request = record["requestParameters"];
  Value response = record["responseElements"];
  const bool is_ec2 = event.source.starts_with("ec2.");
  if (is_ec2) {
    request = request.unwrapped();
    response = response.unwrapped();
  }
  if (!event.took_effect()) {
    response = {};
  }
  Call call{request, response, event, faults};
  const auto found = decoders().find(event.name);
  if (is_ec2 && found != decoders().end()) {
    found->second(call);
  } else {
    decode_by_names(call);
  }
  if (event.edits.empty()) {
    call.add(Noted{});
  }
  return faults;
}

}  // namespace portolan::events
