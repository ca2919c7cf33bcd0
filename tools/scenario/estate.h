#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/json.hpp>

#include "core/ip.h"
#include "tools/scenario/kind.h"
#include "tools/scenario/statement.h"

namespace portolan::scenario {

namespace json = boost::json;

/// An account and one of its regions.
struct Place {
  std::string account;
  std::string region;
  friend auto operator<=>(const Place&, const Place&) = default;
};

/// Something that a scenario gives a name to.
struct Thing {
  std::string noun;  // as the notation spells it: `vpc`, `nat`
  std::string name;
  std::string id;  // or ARN
  Place place;
  std::string vpc;     // id of the VPC that it is in
  std::string subnet;  // id of the subnet that it is in
  std::string zone;
  std::vector<IpPrefix> cidrs;
};

/// One resource as AWS prints it, in the document of its kind, account and region.
struct Row {
  Kind kind = Kind::Vpcs;
  Place place;
  std::string id;
  json::object value;
};

/// The estate that a scenario describes, while it is put together.
class Estate {
 public:
  /// Gives a thing its name and an id made from it: the same in every run.
  Thing& declare(std::string_view noun, std::string_view name, std::string id, const Place& place);
  [[nodiscard]] const Thing* find(std::string_view name) const;
  [[nodiscard]] const Thing* find_id(std::string_view id) const;
  /// The thing that the statement is about: its first word names it.
  Thing& self(Arguments& arguments);
  /// The thing of one of the nouns that `name` means; complains and gives an empty thing if there
  /// is none. An id of the right shape need not be declared: it is something outside the scenario.
  const Thing& need(Arguments& arguments, std::string_view name,
                    std::initializer_list<std::string_view> nouns);
  /// The VPC that a word names or, if there is but one in the account and region at hand, that one.
  const Thing& vpc_of(Arguments& arguments);
  [[nodiscard]] const std::map<std::string, Thing, std::less<>>& things() const { return things_; }

  Row& add(Kind kind, const Place& place, std::string id, json::object value);
  /// Null if there is no such row.
  Row* row(Kind kind, std::string_view id);
  [[nodiscard]] const std::deque<Row>& rows() const { return rows_; }
  [[nodiscard]] std::deque<Row>& rows() { return rows_; }

  /// An address of the subnet that nobody has asked for, from its upper end.
  IpAddress free_address(const Thing& subnet);

  Place here;                 // where the statement at hand is
  std::vector<Place> places;  // all accounts and regions, in order
  std::vector<std::pair<Kind, std::optional<Place>>> not_collected;

 private:
  std::map<std::string, Thing, std::less<>> things_;
  std::deque<Row> rows_;
  std::map<std::string, std::uint32_t, std::less<>> addresses_given_;
  Thing nothing_;
};

/// The name of what a statement describes: its first word; `sg default v` is `v.default`.
std::string name_of(const Statement& statement);

/// Sixteen hexadecimal digits made from a text.
std::string digest(std::string_view text);

/// The `Tags` of a thing: its name, and what the options `name` and `tags` (`k=v,k=v`) say.
json::array tags_of(const Thing& self, Arguments& arguments);

/// The ids of the things of one noun that have those names.
json::array ids_of(Estate& estate, std::string_view noun, const std::vector<std::string>& names,
                   Arguments& arguments);

/// One member of an object, of any type that JSON has.
struct Member {
  template <class Value>
  Member(std::string_view member, const Value& content)
      : name(member), value(json::value_from(content)) {}

  std::string_view name;
  json::value value;
};
json::object object(std::initializer_list<Member> members);

/// True if the value is that text.
bool is(const json::value& value, std::string_view text);

/// Appends to the array `member` of `owner`, making it if need be.
json::array& array_of(json::object& owner, std::string_view member);

}  // namespace portolan::scenario
