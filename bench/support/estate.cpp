#include "bench/support/estate.h"

#include <fmt/format.h>

#include "tools/estate/estate.h"

namespace portolan::bench {

std::vector<collect::Document> documents_of(int interfaces, bool groups_follow_roles) {
  estate::Size size = estate::size_of(interfaces);
  size.groups_follow_roles = groups_follow_roles;
  std::vector<collect::Document> documents;
  estate::generate(size, 1, [&](const std::string& path, const std::string& bytes) {
    documents.push_back({.path = path, .bytes = bytes});
  });
  return documents;
}

Snapshot estate_of(int interfaces, bool groups_follow_roles) {
  constexpr int kThreads = 2;
  return collect::decode(documents_of(interfaces, groups_follow_roles), {}, kThreads).snapshot;
}

std::string estate_name(int interfaces, bool groups_follow_roles) {
  const bool is_round = interfaces % 1000 == 0;
  return fmt::format("{}{}/{}", is_round ? interfaces / 1000 : interfaces, is_round ? "k" : "",
                     groups_follow_roles ? "roles" : "random");
}

}  // namespace portolan::bench
