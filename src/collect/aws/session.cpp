#include "collect/aws/session.h"

#include "collect/aws/clock.h"

namespace portolan::collect::aws {

namespace {

constexpr std::int64_t kEarly_s = 300;
/// Many requests learn at the same time that their keys have expired; whoever gives keys is asked
/// for all of them once.
constexpr std::int64_t kPause_s = 10;

bool is_same(const Keys& a, const Keys& b) { return a.id == b.id && a.token == b.token; }

}  // namespace

Keys Session::keys() {
  if (credentials_.expires && credentials_.expires->seconds() - seconds_now() < kEarly_s) {
    find_newer();
  }
  return credentials_.keys;
}

bool Session::renew(const Keys& expired) {
  return !is_same(expired, credentials_.keys) || find_newer();
}

bool Session::find_newer() {
  const std::int64_t now_s = seconds_now();
  if (asked_in_vain_s_ && now_s - *asked_in_vain_s_ < kPause_s) {
    return false;
  }
  auto found = find_();
  if (!found || is_same(found->keys, credentials_.keys)) {
    asked_in_vain_s_ = now_s;
    return false;
  }
  asked_in_vain_s_.reset();
  credentials_ = *std::move(found);
  return true;
}

}  // namespace portolan::collect::aws
