#pragma once

#include <compare>
#include <functional>
#include <string>
#include <string_view>

#include "core/result.h"

namespace portolan {

/// A twelve-digit AWS account number. Text form: the digits.
class AccountId {
 public:
  /// The unknown account; `known()` is false and the text is empty.
  AccountId() = default;
  /// Error `bad_account` unless `text` is twelve digits.
  static Result<AccountId> parse(std::string_view text);

  [[nodiscard]] bool known() const { return !digits_.empty(); }
  [[nodiscard]] const std::string& text() const { return digits_; }
  friend auto operator<=>(const AccountId&, const AccountId&) = default;

 private:
  std::string digits_;
};

/// An AWS region such as `eu-west-1` or `us-gov-east-1`. Text form: its name.
class Region {
 public:
  /// The unknown region; `known()` is false and the text is empty.
  Region() = default;
  /// Error `bad_region` unless `text` has the shape letters-letters[-letters]-digits.
  static Result<Region> parse(std::string_view text);

  [[nodiscard]] bool known() const { return !name_.empty(); }
  [[nodiscard]] const std::string& text() const { return name_; }
  friend auto operator<=>(const Region&, const Region&) = default;

 private:
  std::string name_;
};

/// The region of an availability zone name (`us-east-1a` is in `us-east-1`; a local zone
/// `us-west-2-lax-1a` in `us-west-2`); unknown if the text has not that shape.
Region region_of_zone(std::string_view zone);

/// `arn:partition:service:region:account:resource`. Text form: the whole ARN.
class Arn {
 public:
  /// The empty ARN, of no resource.
  Arn() = default;
  /// Error `bad_arn` unless `text` has six colon-separated parts and begins with `arn`.
  static Result<Arn> parse(std::string_view text);

  [[nodiscard]] bool empty() const { return text_.empty(); }
  [[nodiscard]] std::string_view service() const { return part(2); }
  [[nodiscard]] std::string_view region() const { return part(3); }
  [[nodiscard]] std::string_view account() const { return part(4); }
  /// All after the fifth colon, e.g. `loadbalancer/app/shop/50dc6c495c0c9188`.
  [[nodiscard]] std::string_view resource() const { return part(5); }
  [[nodiscard]] const std::string& text() const { return text_; }
  friend auto operator<=>(const Arn&, const Arn&) = default;

 private:
  [[nodiscard]] std::string_view part(int index) const;

  std::string text_;
};

/// The id of one kind of AWS resource, so that a VPC's id cannot stand where a subnet's belongs.
/// `Noun` is the resource type, only declared. Text form: the id as AWS writes it.
template <class Noun>
struct Id {
  std::string value;

  [[nodiscard]] bool empty() const { return value.empty(); }
  [[nodiscard]] const std::string& text() const { return value; }
  friend auto operator<=>(const Id&, const Id&) = default;
};

}  // namespace portolan

template <>
struct std::hash<portolan::AccountId> {
  std::size_t operator()(const portolan::AccountId& id) const noexcept {
    return std::hash<std::string>{}(id.text());
  }
};

template <>
struct std::hash<portolan::Arn> {
  std::size_t operator()(const portolan::Arn& arn) const noexcept {
    return std::hash<std::string>{}(arn.text());
  }
};

template <class Noun>
struct std::hash<portolan::Id<Noun>> {
  std::size_t operator()(const portolan::Id<Noun>& id) const noexcept {
    return std::hash<std::string>{}(id.value);
  }
};
