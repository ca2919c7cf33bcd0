#include "core/ip.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <iterator>
#include <limits>

#include <fmt/format.h>

#include "core/assert.h"
#include "core/text.h"

namespace portolan {
namespace {

constexpr std::uint64_t kOnes = std::numeric_limits<std::uint64_t>::max();
constexpr std::uint64_t kOnesV4 = std::numeric_limits<std::uint32_t>::max();

/// Reads one number of a dotted quad and moves `text` behind it.
bool take_octet(std::string_view& text, std::uint32_t& bits) {
  std::size_t digits = 0;
  std::uint32_t value = 0;
  while (digits < text.size() && digits < 4 && text[digits] >= '0' && text[digits] <= '9') {
    value = value * 10 + static_cast<std::uint32_t>(text[digits] - '0');
    ++digits;
  }
  // A leading zero means octal to some readers, so it means nothing to this one.
  if (digits == 0 || digits > 3 || value > 255 || (digits > 1 && text.front() == '0')) {
    return false;
  }
  text.remove_prefix(digits);
  bits = (bits << 8U) | value;
  return true;
}

std::optional<std::uint32_t> parse_v4(std::string_view text) {
  std::uint32_t bits = 0;
  for (int octet = 0; octet < 4; ++octet) {
    if (octet > 0) {
      if (text.empty() || text.front() != '.') {
        return std::nullopt;
      }
      text.remove_prefix(1);
    }
    if (!take_octet(text, bits)) {
      return std::nullopt;
    }
  }
  return text.empty() ? std::optional(bits) : std::nullopt;
}

std::uint64_t big_endian(const unsigned char* bytes) {
  std::uint64_t value = 0;
  for (int i = 0; i < 8; ++i) {
    value = (value << 8U) | bytes[i];
  }
  return value;
}

std::optional<IpAddress> parse_v6(std::string_view text) {
  std::array<char, INET6_ADDRSTRLEN> buffer{};  // zeroes, so what is copied is terminated
  if (text.size() >= buffer.size() || text.find('\0') != std::string_view::npos) {
    return std::nullopt;
  }
  std::copy(text.begin(), text.end(), buffer.begin());
  std::array<unsigned char, 16> bytes{};
  if (::inet_pton(AF_INET6, buffer.data(), bytes.data()) != 1) {
    return std::nullopt;
  }
  return IpAddress::v6(big_endian(bytes.data()), big_endian(bytes.data() + 8));
}

std::string text_v4(std::uint64_t bits) {
  return fmt::format("{}.{}.{}.{}", bits >> 24U & 255U, bits >> 16U & 255U, bits >> 8U & 255U,
                     bits & 255U);
}

struct Run {
  int first = 0;
  int size = 0;
};

/// The groups that `::` stands for: the longest run of two or more zeros, the first of equals.
/// SOURCE: RFC 5952 section 4.2.
Run longest_zeros(const std::array<unsigned, 8>& groups) {
  Run best{-1, 1};
  Run current;
  for (int i = 0; i < 8; ++i) {
    if (groups[static_cast<std::size_t>(i)] != 0) {
      current.size = 0;
      continue;
    }
    current.first = current.size == 0 ? i : current.first;
    ++current.size;
    if (current.size > best.size) {
      best = current;
    }
  }
  return best;
}

std::string text_v6(std::uint64_t high, std::uint64_t low) {
  if (high == 0 && low >> 32U == 0xffffU) {  // IPv4-mapped: RFC 5952 section 5
    return "::ffff:" + text_v4(low & kOnesV4);
  }
  std::array<unsigned, 8> groups{};
  for (std::size_t i = 0; i < 8; ++i) {
    groups[i] = static_cast<unsigned>((i < 4 ? high : low) >> (48U - 16U * (i % 4)) & 0xffffU);
  }
  const Run zeros = longest_zeros(groups);
  std::string result;
  for (int i = 0; i < 8; ++i) {
    if (i == zeros.first) {
      result += "::";
      i += zeros.size - 1;
      continue;
    }
    if (!result.empty() && result.back() != ':') {
      result += ':';
    }
    fmt::format_to(std::back_inserter(result), "{:x}", groups[static_cast<std::size_t>(i)]);
  }
  return result;
}

/// The low `count` bits set, 0 <= count <= 64.
constexpr std::uint64_t low_ones(int count) { return count == 0 ? 0 : kOnes >> (64 - count); }

struct Halves {
  std::uint64_t high;
  std::uint64_t low;
};

/// The bits of an address that a prefix of this length leaves free.
Halves host_bits(int width, int length) {
  const int free = width - length;
  return {low_ones(std::max(free - 64, 0)), low_ones(std::min(free, 64))};
}

}  // namespace

IpAddress IpAddress::v4(std::uint32_t bits) {
  IpAddress address;
  address.low_ = bits;
  return address;
}

IpAddress IpAddress::v6(std::uint64_t high, std::uint64_t low) {
  IpAddress address;
  address.family_ = IpFamily::V6;
  address.high_ = high;
  address.low_ = low;
  return address;
}

Result<IpAddress> IpAddress::parse(std::string_view text) {
  if (const auto bits = parse_v4(text)) {
    return v4(*bits);
  }
  if (const auto address = parse_v6(text)) {
    return *address;
  }
  return fail(
      "bad_address",
      fmt::format("`{}` is not an IP address, write one like `10.0.0.1` or `2001:db8::1`", text));
}

std::uint32_t IpAddress::v4_bits() const {
  PORTOLAN_ASSERT(is_v4());
  return static_cast<std::uint32_t>(low_);
}

std::optional<IpAddress> IpAddress::next() const {
  if (is_v4()) {
    return low_ == kOnesV4 ? std::nullopt : std::optional(v4(v4_bits() + 1));
  }
  if (low_ == kOnes) {
    return high_ == kOnes ? std::nullopt : std::optional(v6(high_ + 1, 0));
  }
  return v6(high_, low_ + 1);
}

std::optional<IpAddress> IpAddress::previous() const {
  if (is_v4()) {
    return low_ == 0 ? std::nullopt : std::optional(v4(v4_bits() - 1));
  }
  if (low_ == 0) {
    return high_ == 0 ? std::nullopt : std::optional(v6(high_ - 1, kOnes));
  }
  return v6(high_, low_ - 1);
}

bool IpAddress::is_public() const { return IpSet::public_space(family_).contains(*this); }

std::string IpAddress::text() const { return is_v4() ? text_v4(low_) : text_v6(high_, low_); }

IpPrefix::IpPrefix(IpAddress address, int length) : length_(length) {
  PORTOLAN_ASSERT(length >= 0);
  PORTOLAN_ASSERT(length <= address.width());
  const Halves host = host_bits(address.width(), length);
  address_ = address.is_v4()
                 ? IpAddress::v4(address.v4_bits() & ~static_cast<std::uint32_t>(host.low))
                 : IpAddress::v6(address.high() & ~host.high, address.low() & ~host.low);
}

IpPrefix IpPrefix::all(IpFamily family) {
  return {family == IpFamily::V4 ? IpAddress::v4(0) : IpAddress::v6(0, 0), 0};
}

Result<IpPrefix> IpPrefix::parse(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash != std::string_view::npos) {
    const auto address = IpAddress::parse(text.substr(0, slash));
    const auto length = decimal(text.substr(slash + 1), 128);
    if (address && length && static_cast<int>(*length) <= address->width()) {
      return IpPrefix(*address, static_cast<int>(*length));
    }
  }
  return fail("bad_prefix",
              fmt::format("`{}` is not an address prefix, write one like `10.0.0.0/8` or "
                          "`2001:db8::/32`",
                          text));
}

IpAddress IpPrefix::last() const {
  const Halves host = host_bits(address_.width(), length_);
  return address_.is_v4() ? IpAddress::v4(address_.v4_bits() | static_cast<std::uint32_t>(host.low))
                          : IpAddress::v6(address_.high() | host.high, address_.low() | host.low);
}

bool IpPrefix::contains(const IpAddress& address) const {
  if (address.family() != family()) {
    return false;
  }
  const Halves host = host_bits(address_.width(), length_);
  return ((address.high() ^ address_.high()) & ~host.high) == 0 &&
         ((address.low() ^ address_.low()) & ~host.low) == 0;
}

bool IpPrefix::contains(const IpPrefix& other) const {
  return length_ <= other.length_ && contains(other.address_);
}

bool IpPrefix::overlaps(const IpPrefix& other) const {
  return contains(other) || other.contains(*this);
}

std::string IpPrefix::text() const { return fmt::format("{}/{}", address_.text(), length_); }

}  // namespace portolan
