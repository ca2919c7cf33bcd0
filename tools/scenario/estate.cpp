#include "tools/scenario/estate.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/text.h"
#include "tools/scenario/noun.h"

namespace portolan::scenario {

std::string name_of(const Statement& statement) {
  if (statement.words.empty()) {
    return {};
  }
  const std::string& name = statement.words.front();
  const bool is_default_group = statement.noun == "sg" && name == "default";
  return is_default_group && statement.words.size() > 1 ? statement.words[1] + ".default" : name;
}

Thing& Estate::declare(std::string_view noun, std::string_view name, std::string id,
                       const Place& place) {
  Thing& thing = things_[std::string(name)];
  thing.noun = noun;
  thing.name = name;
  thing.id = std::move(id);
  thing.place = place;
  return thing;
}

const Thing* Estate::find(std::string_view name) const {
  const auto found = things_.find(name);
  return found == things_.end() ? nullptr : &found->second;
}

const Thing* Estate::find_id(std::string_view id) const {
  const auto found = std::find_if(things_.begin(), things_.end(),
                                  [&](const auto& entry) { return entry.second.id == id; });
  return found == things_.end() ? nullptr : &found->second;
}

Thing& Estate::self(Arguments& arguments) {
  const std::string word = arguments.word("a name");
  const std::string name = name_of(arguments.statement());
  const auto found = things_.find(word.empty() ? word : name);
  return found == things_.end() ? nothing_ : found->second;
}

const Thing& Estate::need(Arguments& arguments, std::string_view name,
                          std::initializer_list<std::string_view> nouns) {
  const Thing* thing = find(name);
  if (thing != nullptr && std::find(nouns.begin(), nouns.end(), thing->noun) != nouns.end()) {
    return *thing;
  }
  for (const std::string_view noun : nouns) {
    if (thing == nullptr && is_id_of(noun, name)) {
      return declare(noun, name, std::string(name), here);
    }
  }
  std::vector<std::string> wanted(nouns.begin(), nouns.end());
  arguments.complain(fmt::format("`{}` is no {}", name, joined(wanted, " or ")));
  return nothing_;
}

const Thing& Estate::vpc_of(Arguments& arguments) {
  std::vector<const Thing*> vpcs;
  for (const auto& [name, thing] : things_) {
    if (thing.noun == "vpc" && arguments.flag(name)) {
      return thing;
    }
    if (thing.noun == "vpc" && thing.place == here) {
      vpcs.push_back(&thing);
    }
  }
  if (vpcs.size() == 1) {
    return *vpcs.front();
  }
  arguments.complain(fmt::format("`{}` must name its VPC", arguments.statement().noun));
  return nothing_;
}

Row& Estate::add(Kind kind, const Place& place, std::string id, json::object value) {
  return rows_.emplace_back(
      Row{.kind = kind, .place = place, .id = std::move(id), .value = std::move(value)});
}

Row* Estate::row(Kind kind, std::string_view id) {
  const auto found = std::find_if(rows_.begin(), rows_.end(), [&](const Row& candidate) {
    return candidate.kind == kind && candidate.id == id;
  });
  return found == rows_.end() ? nullptr : &*found;
}

IpAddress Estate::free_address(const Thing& subnet) {
  for (const IpPrefix& cidr : subnet.cidrs) {
    if (cidr.family() == IpFamily::V4) {
      // The last address of a subnet is its broadcast address.
      const std::uint32_t given = ++addresses_given_[subnet.id];
      return IpAddress::v4(cidr.last().v4_bits() - given);
    }
  }
  return {};
}

std::string digest(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325ULL;  // FNV-1a
  for (const char letter : text) {
    hash = (hash ^ static_cast<unsigned char>(letter)) * 0x100000001b3ULL;
  }
  hash ^= hash >> 29;
  hash *= 0xd6e8feb86659fd93ULL;
  return fmt::format("{:016x}", hash ^ (hash >> 32));
}

json::array tags_of(const Thing& self, Arguments& arguments) {
  json::array tags;
  const std::string name = arguments.option("name", self.name == self.id ? "" : self.name);
  if (!name.empty()) {
    tags.push_back(object({{"Key", "Name"}, {"Value", name}}));
  }
  for (const std::string& tag : arguments.list("tags")) {
    const std::size_t equal = tag.find('=');
    if (equal == std::string::npos) {
      arguments.complain(fmt::format("a tag is `key=value`, not `{}`", tag));
      continue;
    }
    tags.push_back(object({{"Key", tag.substr(0, equal)}, {"Value", tag.substr(equal + 1)}}));
  }
  return tags;
}

json::array ids_of(Estate& estate, std::string_view noun, const std::vector<std::string>& names,
                   Arguments& arguments) {
  json::array ids;
  for (const std::string& name : names) {
    ids.push_back(json::value(estate.need(arguments, name, {noun}).id));
  }
  return ids;
}

json::object object(std::initializer_list<Member> members) {
  json::object made;
  for (const Member& member : members) {
    made[member.name] = member.value;
  }
  return made;
}

bool is(const json::value& value, std::string_view text) {
  return value.is_string() && std::string_view(value.as_string()) == text;
}

json::array& array_of(json::object& owner, std::string_view member) {
  json::value& value = owner[member];
  if (!value.is_array()) {
    value = json::array{};
  }
  return value.as_array();
}

}  // namespace portolan::scenario
