#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "collect/decode/answer.h"

/// Private to the module.
namespace portolan::collect {

/// Whose the name of a member is.
enum class NameUse : std::uint8_t {
  Own,            // of one call alone
  Shared,         // other services print it too: what does not fit is theirs, and no problem
  SharedNotEmpty  // as `Shared`, and an empty list tells nothing
};

/// A member of AWS's answers that is understood.
struct Member {
  std::string_view key;
  void (*decode)(Answer&);
  std::optional<Noun> noun;
  NameUse name_use = NameUse::Own;
  /// True if a group's id inside says that the group is in use; false where AWS describes the
  /// groups themselves and the interfaces, which are counted apart.
  bool mentions_count = true;
};

/// Null if the member is not understood.
const Member* find_member(std::string_view key);

/// True for members that name groups without using them: lists of tags, of stacks' resources.
bool only_lists_groups(std::string_view key);

/// An array of answers, as wrappers of several calls print it: `[{"LoadBalancerArn": …,
/// "Listeners": […]}]`.
void decode_nested_answers(Answer& answer);

}  // namespace portolan::collect
