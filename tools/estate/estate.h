#pragma once

#include <cstdint>
#include <functional>
#include <string>

/// A made-up estate of any size, as the AWS CLI would print it: for benches, and to try Portolan on
/// something large. Same seed and size, same bytes.
namespace portolan::estate {

struct Size {
  int interfaces = 1000;
  int groups = 100;
  int rules = 3000;
  /// true: interfaces of one subnet and role share their groups, as estates do; false: each
  /// interface has groups of its own choice, the hardest case.
  bool groups_follow_roles = true;
};

/// 100,000 interfaces come with 10,000 groups and 300,000 rules; other sizes in proportion.
Size size_of(int interfaces);

/// Receives one file: its path inside the dump, and its bytes.
using Sink = std::function<void(const std::string& path, const std::string& bytes)>;

/// Writes the `describe-*` answers of one account and region: at most 10,000 resources a file.
/// About 2,500 interfaces a VPC. Files go to the sink as they are made.
void generate(const Size& size, std::uint64_t seed, const Sink& sink);

}  // namespace portolan::estate
