#include "collect/aws/session.h"

#include <chrono>

namespace portolan::collect::aws {

namespace {

constexpr std::int64_t kEarly_s = 300;

std::int64_t seconds_now() {
  const auto since_1970 = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::seconds>(since_1970).count();
}

}  // namespace

Keys Session::keys() {
  if (credentials_.expires && credentials_.expires->seconds() - seconds_now() < kEarly_s) {
    renew();
  }
  return credentials_.keys;
}

bool Session::renew() {
  auto found = find_();
  if (!found || found->keys.token == credentials_.keys.token) {
    return false;
  }
  credentials_ = *std::move(found);
  return true;
}

}  // namespace portolan::collect::aws
