#include "events/names.h"

#include <array>
#include <cstring>
#include <vector>

#include "core/assert.h"
#include "core/text.h"
#include "events/names_table.h"

namespace portolan::events {

namespace {

constexpr std::array<std::string_view, 29> kClassTexts = {
    "attach_other", "client_access", "compute",    "db",      "dir",         "dns",
    "edge",         "endpoint",      "firewall",   "gateway", "lattice",     "lb",
    "logging",      "media",         "nacl",       "peering", "prefix_list", "public_addr",
    "route",        "sg_attach",     "sg_life",    "sg_rule", "sharing",     "storage",
    "stream",       "tgw",           "visibility", "vpc_bpa", "vpc_subnet",
};

constexpr std::size_t kWord = sizeof(std::uint64_t);
constexpr std::uint64_t kMultiplier = 0x9E3779B97F4A7C15;

/// Little-endian, as the generator reads it; past the end of the text zero.
std::uint64_t word_at(std::string_view text, std::size_t at) {
  std::uint64_t word = 0;
  if (text.size() - at >= kWord) {
    std::memcpy(&word, text.data() + at, kWord);  // of a known size: one instruction
  } else {
    std::memcpy(&word, text.data() + at, text.size() - at);
  }
  return word;
}

/// Looks at the first, middle and last eight bytes, in which no two listed names agree.
inline std::uint64_t hash_of(std::string_view name) {
  const std::size_t last = name.size() < kWord ? 0 : name.size() - kWord;
  std::uint64_t value = (word_at(name, 0) ^ name.size()) * kMultiplier;
  value = ((value ^ (value >> 32)) + word_at(name, last / 2)) * kMultiplier;
  value = ((value ^ (value >> 32)) + word_at(name, last)) * kMultiplier;
  return value ^ (value >> 32);
}

/// No two listed names have the same slot.
std::size_t slot_of(std::uint64_t hash) {
  const std::uint64_t displacement = kNameDisplacements[hash % kNameBuckets];
  return ((hash >> 8) + displacement * ((hash >> 40) | 1)) % kNameSlots;
}

/// A set of how names begin, small enough to stay near. Others may be in it as well.
class Beginnings {
 public:
  void add(std::string_view name) { bits_[place_of(name) / kBits] |= bit_of(name); }
  [[nodiscard]] bool may_have(std::string_view name) const {
    return (bits_[place_of(name) / kBits] & bit_of(name)) != 0;
  }

 private:
  static constexpr std::size_t kBits = 64;
  static constexpr unsigned kPlaces = 12;  // as a power of two

  static std::size_t place_of(std::string_view name) {
    std::uint32_t word = 0;
    std::memcpy(&word, name.data(), kNameBeginning);
    return (word * std::uint32_t{0x9E3779B1}) >> (32 - kPlaces);
  }
  static std::uint64_t bit_of(std::string_view name) {
    return std::uint64_t{1} << (place_of(name) % kBits);
  }

  std::array<std::uint64_t, (std::size_t{1} << kPlaces) / kBits> bits_ = {};
};

struct Call {
  std::string_view source;
  EventClass event_class;
};

struct Name {
  std::string_view text;
  std::vector<Call> calls;
};

struct NameSlots {
  /// The upper bits of the hash of the name in each slot: small, so that the names that are not
  /// listed, which are nearly all, are told without a look at the rest.
  std::array<std::uint16_t, kNameSlots> prints = {};
  std::array<Name, kNameSlots> names;
  Beginnings beginnings;
};

std::uint16_t print_of(std::uint64_t hash) { return static_cast<std::uint16_t>(hash >> 48); }

NameSlots make_slots() {
  NameSlots slots;
  for (const NameGroup& group : kNameTable) {
    for (const std::string_view name : split(group.names, ' ')) {
      const std::uint64_t hash = hash_of(name);
      Name& slot = slots.names[slot_of(hash)];
      PORTOLAN_ASSERT(slot.text.empty() || slot.text == name);
      slots.prints[slot_of(hash)] = print_of(hash);
      PORTOLAN_ASSERT(name.size() >= kNameBeginning);
      slots.beginnings.add(name);
      slot.text = name;
      slot.calls.push_back({group.source, group.event_class});
    }
  }
  return slots;
}

const NameSlots& slots() {
  static const NameSlots kSlots = make_slots();
  return kSlots;
}

}  // namespace

std::string_view text(EventClass event_class) {
  return kClassTexts[static_cast<std::size_t>(event_class)];
}

bool may_begin_name(std::string_view text) {
  return text.size() >= kNameBeginning && slots().beginnings.may_have(text);
}

std::optional<std::uint16_t> find_name(std::string_view name) {
  if (name.empty()) {
    return std::nullopt;
  }
  const std::uint64_t hash = hash_of(name);
  const std::size_t slot = slot_of(hash);
  if (slots().prints[slot] != print_of(hash) || slots().names[slot].text != name) {
    return std::nullopt;
  }
  return static_cast<std::uint16_t>(slot);
}

std::optional<EventClass> class_of(std::string_view source, std::string_view name) {
  static constexpr std::string_view kChina = ".cn";
  if (source.ends_with(kChina)) {
    source.remove_suffix(kChina.size());
  }
  if (const auto slot = find_name(name)) {
    for (const Call& call : slots().names[*slot].calls) {
      if (call.source == source) {
        return call.event_class;
      }
    }
  }
  return std::nullopt;
}

std::size_t listed_calls() {
  std::size_t count = 0;
  for (const Name& name : slots().names) {
    count += name.calls.size();
  }
  return count;
}

}  // namespace portolan::events
