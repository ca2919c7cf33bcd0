#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Private to the module.
namespace portolan::collect {

/// The RFC 6901 pointers of the values (or members) in which the `offsets` lie. If the text is
/// several documents one after the other, the number of the document comes first, as though they
/// stood in an array. In text that is not JSON: of the last place that was understood before.
/// `offsets` must be sorted. Cost: one walk over the text.
std::vector<std::string> pointers_of(std::string_view text, std::span<const std::size_t> offsets);

}  // namespace portolan::collect
