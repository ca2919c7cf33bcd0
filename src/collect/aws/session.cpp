#include "collect/aws/session.h"

#include "collect/aws/clock.h"

namespace portolan::collect::aws {

namespace {

constexpr std::int64_t kEarly_s = 300;

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
