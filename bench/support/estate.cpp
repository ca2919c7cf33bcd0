#include "bench/support/estate.h"

#include <utility>
#include <vector>

#include <fmt/format.h>

#include "collect/collect.h"
#include "tools/estate/estate.h"

namespace portolan::bench {

Snapshot estate_of(int interfaces, bool groups_follow_roles) {
  constexpr int kThreads = 2;
  estate::Size size = estate::size_of(interfaces);
  size.groups_follow_roles = groups_follow_roles;
  std::vector<collect::Document> documents;
  estate::generate(size, 1, [&](const std::string& path, const std::string& bytes) {
    documents.push_back({.path = path, .bytes = bytes});
  });
  return collect::decode(std::move(documents), {}, kThreads).snapshot;
}

std::string estate_name(int interfaces, bool groups_follow_roles) {
  return fmt::format("{}k/{}", interfaces / 1000, groups_follow_roles ? "roles" : "random");
}

}  // namespace portolan::bench
