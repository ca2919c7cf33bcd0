#include "tools/trail/calls.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <map>

#include <fmt/format.h>

#include "core/text.h"

namespace portolan::trail {

namespace {

char lower(char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); }

std::string lowered(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), lower);
  return out;
}

std::string first_lowered(std::string_view text) {
  std::string out(text);
  out.front() = lower(out.front());
  return out;
}

/// `SubnetIds`: `SubnetId`, as the elements of a list are called in XML.
std::string singular(std::string_view text) {
  if (text.ends_with("ies")) {
    return std::string(text.substr(0, text.size() - 3)) + "y";
  }
  return std::string(text.substr(0, text.size() - (text.ends_with('s') ? 1 : 0)));
}

/// A member of a request: with inner members, or a value.
struct Member {
  std::map<std::string, Member> inner;
  bool is_list = false;
};

void add_path(std::string_view path, Member& root) {
  Member* at = &root;
  for (const std::string_view step : split(path, '.')) {
    const bool is_list = step.ends_with("[]");
    at = &at->inner[std::string(is_list ? step.substr(0, step.size() - 2) : step)];
    at->is_list |= is_list;
  }
}

struct ValueShape {
  std::string_view ending;  // of the member's name in lower case
  std::string_view text;    // JSON; `#` stands for the number, `%` for one of 0 to 250
};

/// What a member holds, by how its name ends; the first that fits. None of them opens anything.
constexpr std::array kValues = {
    ValueShape{"ipv6cidrblock", R"("fd00:%::/64")"},
    ValueShape{"ipv6", R"("fd00:%::/64")"},
    ValueShape{"cidrblock", R"("10.77.%.0/24")"},
    ValueShape{"cidrblocks", R"("10.77.%.0/24")"},
    ValueShape{"cidr", R"("10.77.%.0/24")"},
    ValueShape{"cidrs", R"("10.77.%.0/24")"},
    ValueShape{"cidrip", R"("10.77.%.0/24")"},
    ValueShape{"publicip", R"("198.51.100.%")"},
    ValueShape{"createpublicip", "false"},
    ValueShape{"mappubliciponlaunch", "false"},
    ValueShape{"assignpublicip", R"("DISABLED")"},
    ValueShape{"publiclyaccessible", "false"},
    ValueShape{"publicaccess", "false"},
    ValueShape{"publicipaddress", "false"},
    ValueShape{"egress", "false"},
    ValueShape{"enabled", "false"},
    ValueShape{"securitygroup", R"("sg-%%%#")"},
    ValueShape{"securitygroups", R"("sg-%%%#")"},
    ValueShape{"groupid", R"("sg-%%%#")"},
    ValueShape{"groupids", R"("sg-%%%#")"},
    ValueShape{"groupsids", R"("sg-%%%#")"},
    ValueShape{"subnetid", R"("subnet-%%%#")"},
    ValueShape{"subnetids", R"("subnet-%%%#")"},
    ValueShape{"subnets", R"("subnet-%%%#")"},
    ValueShape{"vpcid", R"("vpc-%%%#")"},
    ValueShape{"networkinterfaceid", R"("eni-%%%#")"},
    ValueShape{"instanceid", R"("i-%%%#")"},
    ValueShape{"prefixlistid", R"("pl-%%%#")"},
    ValueShape{"networkaclid", R"("acl-%%%#")"},
    ValueShape{"routetableid", R"("rtb-%%%#")"},
    ValueShape{"gatewayid", R"("nat-%%%#")"},
    ValueShape{"arn", R"("arn:aws:made:eu-west-1:210000000001:up/#")"},
    ValueShape{"arns", R"("arn:aws:made:eu-west-1:210000000001:up/#")"},
    ValueShape{"protocol", R"("6")"},
    ValueShape{"port", "443"},
    ValueShape{"ports", "443"},
    ValueShape{"portrange", R"({"from":443,"to":443})"},
    ValueShape{"ruleaction", R"("deny")"},
    ValueShape{"rulenumber", "30000"},
    ValueShape{"blockmode", R"("block-bidirectional")"},
    ValueShape{"scheme", R"("internal")"},
    ValueShape{"authtype", R"("AWS_IAM")"},
    ValueShape{"authorizationtype", R"("AWS_IAM")"},
    ValueShape{"ippermissions", "{}"},
    ValueShape{"securitygrouprules", "{}"},
    ValueShape{"entries", "{}"},
};

std::string value_of(std::string_view name, int number) {
  const std::string key = lowered(name);
  std::string_view text = R"("x-#")";
  for (const ValueShape& each : kValues) {
    if (key.ends_with(each.ending)) {
      text = each.text;
      break;
    }
  }
  std::string out;
  for (const char c : text) {
    out += c == '#'   ? fmt::format("{:08x}", number)
           : c == '%' ? std::to_string(number % 250)
                      : std::string(1, c);
  }
  return out;
}

bool holds_list(std::string_view name, const Member& member) {
  static constexpr std::array<std::string_view, 10> kLists = {
      "ids", "groups", "subnets", "cidrs", "blocks", "arns", "ports", "names", "targets", "sids"};
  const std::string key = lowered(name);
  return member.is_list || std::any_of(kLists.begin(), kLists.end(), [&](std::string_view ending) {
           return key.ends_with(ending);
         });
}

std::string object_of(const Member& root, Dialect dialect, int number);

/// One element or two, in the dialect's spelling of a list.
std::string list_of(const std::vector<std::string>& elements, const std::string& name,
                    Dialect dialect) {
  switch (dialect) {
    case Dialect::Flat: {
      std::vector<std::string> items;
      for (const std::string& each : elements) {
        items.push_back(each.starts_with('{')
                            ? each
                            : fmt::format(R"({{"{}":{}}})", first_lowered(singular(name)), each));
      }
      return fmt::format(R"({{"items":[{}]}})", fmt::join(items, ","));
    }
    case Dialect::Wrapped: {
      std::vector<std::string> tagged;
      for (const std::string& each : elements) {
        const std::string inner = each.starts_with('{') ? each.substr(1, each.size() - 2)
                                                        : fmt::format(R"("content":{})", each);
        tagged.push_back(
            fmt::format(R"({{"tag":{}{}{}}})", tagged.size() + 1, inner.empty() ? "" : ",", inner));
      }
      return tagged.size() == 1 ? tagged.front() : fmt::format("[{}]", fmt::join(tagged, ","));
    }
    case Dialect::Query:
    case Dialect::Json:
      return fmt::format("[{}]", fmt::join(elements, ","));
  }
  return "[]";
}

std::string member_of(const std::string& name, const Member& member, Dialect dialect, int number) {
  const std::string spelled = dialect == Dialect::Json      ? name
                              : dialect == Dialect::Wrapped ? name
                                                            : first_lowered(name);
  const auto one = [&](int of) {
    return member.inner.empty() ? value_of(name, of) : object_of(member, dialect, of);
  };
  if (!holds_list(name, member)) {
    return fmt::format(R"("{}":{})", spelled, one(number));
  }
  std::vector<std::string> elements = {one(number)};
  if (number % 2 == 0) {
    elements.push_back(one(number + 1));
  }
  return fmt::format(R"("{}":{})", dialect == Dialect::Wrapped ? singular(spelled) : spelled,
                     list_of(elements, name, dialect));
}

std::string object_of(const Member& root, Dialect dialect, int number) {
  std::vector<std::string> members;
  for (const auto& [name, member] : root.inner) {
    members.push_back(member_of(name, member, dialect, number));
  }
  return fmt::format("{{{}}}", fmt::join(members, ","));
}

Dialect dialect_of(char letter) {
  return letter == 'w'                    ? Dialect::Wrapped
         : letter == 'f' || letter == 'e' ? Dialect::Flat
         : letter == 'q'                  ? Dialect::Query
                                          : Dialect::Json;
}

}  // namespace

std::vector<ListedCall> listed_calls() {
  std::vector<ListedCall> all;
  for (const ServiceCalls& service : kServiceCalls) {
    for (const std::string_view word : split(service.calls, ' ')) {
      const auto parts = split(word, ':');
      ListedCall call{.source = std::string(service.source),
                      .name = std::string(parts[0]),
                      .dialect = dialect_of(parts[1].front()),
                      .members = {}};
      for (const std::string_view member : split(parts[2], ',')) {
        if (!member.empty()) {
          call.members.emplace_back(member);
        }
      }
      all.push_back(std::move(call));
    }
  }
  return all;
}

CallTexts texts_of(const ListedCall& call, int number) {
  Member root;
  for (const std::string& path : call.members) {
    add_path(path, root);
  }
  const std::string request = object_of(root, call.dialect, number);
  switch (call.dialect) {
    case Dialect::Flat:
      return {.request = request, .response = R"({"_return":true,"requestId":"x"})"};
    case Dialect::Wrapped:
      return {.request = fmt::format(R"({{"{}Request":{}}})", call.name, request),
              .response = fmt::format(
                  R"({{"{}Response":{{"xmlns":"http://ec2.amazonaws.com/doc/2016-11-15/",)"
                  R"("requestId":"x","return":true}}}})",
                  call.name)};
    case Dialect::Query:
    case Dialect::Json:
      return {.request = request, .response = "null"};
  }
  return {};
}

}  // namespace portolan::trail
