#include "fuzz/support/family.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "collect/collect.h"
#include "core/assert.h"
#include "core/text.h"

namespace portolan::fuzz {

namespace {

template <class Resource>
void expect_ids(const Snapshot& snapshot) {
  for (const Resource& row : snapshot.all<Resource>()) {
    PORTOLAN_ASSERT(!row.id.empty());
  }
}

void expect_order(const Snapshot& snapshot) {
  for (const SecurityGroup& group : snapshot.all<SecurityGroup>()) {
    PORTOLAN_ASSERT(std::is_sorted(group.rules.begin(), group.rules.end()));
  }
  for (const NetworkAcl& acl : snapshot.all<NetworkAcl>()) {
    for (std::size_t i = 1; i < acl.entries.size(); ++i) {
      const auto key = [&](std::size_t at) {
        return std::pair(acl.entries[at].is_egress, acl.entries[at].number);
      };
      PORTOLAN_ASSERT(key(i - 1) <= key(i));
    }
  }
  for (const NetworkInterface& interface : snapshot.all<NetworkInterface>()) {
    PORTOLAN_ASSERT(std::is_sorted(interface.groups.begin(), interface.groups.end()));
  }
}

void expect_sound(const collect::Decoded& decoded) {
  expect_ids<Vpc>(decoded.snapshot);
  expect_ids<SecurityGroup>(decoded.snapshot);
  expect_ids<NetworkInterface>(decoded.snapshot);
  expect_ids<TransitGatewayAttachment>(decoded.snapshot);
  expect_ids<LoadBalancer>(decoded.snapshot);
  expect_order(decoded.snapshot);
  for (const Diagnostic& diagnostic : decoded.diagnostics.sorted()) {
    PORTOLAN_ASSERT(!diagnostic.code.empty());
    PORTOLAN_ASSERT(diagnostic.pointer.empty() || diagnostic.pointer.front() == '/');
  }
}

void decode_twice(const std::string& bytes) {
  // The same answers seen by two accounts, so that duplicates are merged too.
  expect_sound(
      collect::decode({{"123456789012/eu-west-1/a.json", bytes}, {"b.json", bytes}}, {}, 1));
}

}  // namespace

void decode_family(const std::uint8_t* data, std::size_t size,
                   std::initializer_list<std::string_view> members) {
  if (size == 0) {
    return;
  }
  const std::string_view chosen = *(members.begin() + data[0] % members.size());
  const std::string_view value(reinterpret_cast<const char*>(data) + 1, size - 1);
  std::string text = "{";
  for (const std::string_view member : split(chosen, '|')) {
    text += text.size() == 1 ? "\"" : ", \"";
    text += std::string(member) + "\": " + std::string(value);
  }
  decode_twice(text + "}");
}

void decode_document(std::string_view bytes) { decode_twice(std::string(bytes)); }

}  // namespace portolan::fuzz
