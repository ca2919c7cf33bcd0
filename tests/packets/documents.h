#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json.hpp>

#include "collect/collect.h"

/// Packets as referee: the network that documents describe is built in the kernel, and what really
/// passes there is held against what `reach::trace` says.
namespace portolan::packets {

namespace json = boost::json;

/// The raw answers of AWS, row by row. They are read here once more, past our own decoders and
/// model, so that an error there shows, too.
class Documents {
 public:
  explicit Documents(const std::vector<collect::Document>& documents);

  /// The rows under a member such as `Vpcs`, of all documents. Instances are rows of `Instances`.
  [[nodiscard]] const std::vector<json::object>& rows(std::string_view member) const;
  /// The entries of a prefix list, as CIDRs.
  [[nodiscard]] std::vector<std::string> prefix_list(std::string_view id) const;
  /// The row whose `key` is `id`; null if there is none.
  [[nodiscard]] const json::object* find(std::string_view member, std::string_view key,
                                         std::string_view id) const;

 private:
  void add(std::string_view member, const json::value& value);

  std::map<std::string, std::vector<json::object>, std::less<>> rows_;
  std::map<std::string, std::vector<std::string>, std::less<>> prefix_lists_;
};

/// The member as text; empty if there is none.
std::string text(const json::object& row, std::string_view member);
/// The member as a number, also where it is written as text.
std::optional<std::int64_t> number(const json::object& row, std::string_view member);
/// The member as a list of objects; empty if there is none.
std::vector<json::object> list(const json::object& row, std::string_view member);
/// The member as an object; empty if there is none.
json::object part(const json::object& row, std::string_view member);
bool is_true(const json::object& row, std::string_view member);

}  // namespace portolan::packets
