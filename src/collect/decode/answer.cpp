#include "collect/decode/answer.h"

namespace portolan::collect {

void read_arn(std::string_view text, Owned& owned) {
  const auto parsed = Arn::parse(text);
  if (!parsed) {
    return;
  }
  if (!owned.account.known()) {
    owned.account = AccountId::parse(parsed->account()).value_or(AccountId{});
  }
  if (!owned.region.known()) {
    owned.region = Region::parse(parsed->region()).value_or(Region{});
  }
}

void add_gap(Answer& answer, std::string_view code, std::string_view resource,
             std::string_view message) {
  answer.out.gaps.push_back({.code = std::string(code),
                             .resource = std::string(resource),
                             .message = std::string(message)});
}

std::string member_of(Reader& in, std::string_view key) {
  std::string value;
  in.object([&](std::string_view name) {
    if (name == key) {
      in.read(value);
    } else {
      in.skip();
    }
  });
  return value;
}

}  // namespace portolan::collect
