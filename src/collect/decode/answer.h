#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "collect/decode/harvest.h"
#include "collect/json/reader.h"

/// Private to the module.
namespace portolan::collect {

/// What stands beside the members of one answer and names what they belong to.
struct Siblings {
  std::string route_table;  // TransitGatewayRouteTableId
  std::string prefix_list;
  std::string balancer;
  std::string classic;  // the name of a Classic Load Balancer
  std::string target_group;
  std::string trail;
  std::string web_acl;
  bool has_next_page = false;
  bool has_more_routes = false;
};

/// The members of the Network Firewall answers, which describe one resource between them.
struct FirewallParts {
  NetworkFirewall firewall;
  FirewallPolicy policy;
  FirewallRuleGroup rule_group;
  bool has_firewall = false;
  bool has_policy = false;
  bool has_rule_group = false;
};

/// One answer of AWS while it is read: an object such as `{"Vpcs": […], "NextToken": …}`.
struct Answer {
  Reader& in;
  Harvest& out;
  std::uint32_t document = 0;
  Siblings siblings = {};
  FirewallParts firewall = {};
  Evidence evidence = {};  // of the member that is being read
  /// What the member is taken to list; its decoder may find that it is another call's.
  std::optional<Noun> noun = {};

  [[nodiscard]] Origin origin(std::size_t offset) const { return {document, offset}; }
};

/// The name of a member, with its first bytes as a number, which tell most names apart.
struct FieldKey {
  std::string_view text;
  std::uint64_t head = 0;

  constexpr FieldKey(const char* literal) : FieldKey(std::string_view(literal)) {}
  constexpr explicit FieldKey(std::string_view key) : text(key) {
    if (!std::is_constant_evaluated() && std::endian::native == std::endian::little &&
        key.size() >= sizeof(head)) {
      std::memcpy(&head, key.data(), sizeof(head));
      return;
    }
    for (std::size_t i = 0; i < key.size() && i < sizeof(head); ++i) {
      head |= static_cast<std::uint64_t>(static_cast<unsigned char>(key[i])) << (8 * i);
    }
  }
  [[nodiscard]] constexpr bool operator==(const FieldKey& other) const {
    return head == other.head && text.size() == other.text.size() &&
           (text.size() <= sizeof(head) || text == other.text);
  }
};

/// One member of an object that is read into a `Row`.
template <class Row>
struct Field {
  FieldKey key;
  void (*read)(Reader&, Row&);
};

/// Reads an object into `row` by the table of its members; other members are passed over.
/// The table is searched from the last hit on, for AWS prints members in one order.
template <class Row, std::size_t Size>
void read_fields(Reader& in, const Field<Row> (&fields)[Size], Row& row) {
  std::size_t next = 0;
  in.object([&](std::string_view name) {
    const FieldKey key(name);
    for (std::size_t tried = 0; tried < Size; ++tried) {
      const Field<Row>& field = fields[next];
      next = next + 1 == Size ? 0 : next + 1;
      if (field.key == key) {
        field.read(in, row);
        return;
      }
    }
    in.skip();
  });
}

/// Makes room for all rows of a list once its first ones tell about how many there will be: growing
/// step by step would move big rows again and again.
template <class Rows>
void reserve_rest(const Reader& in, std::size_t list_start, Rows& rows, std::size_t first_row) {
  static constexpr std::size_t kSample = 256;
  const std::size_t read = rows.size() - first_row;
  if (read == kSample) {
    const std::size_t bytes_each = (in.offset() - list_start) / kSample + 1;
    rows.reserve(rows.size() + (in.text().size() - in.offset()) / bytes_each + kSample);
  }
}

template <class>
struct MemberOf;
template <class Row, class Value>
struct MemberOf<Value Row::*> {
  using row = Row;
};

/// Reads the member that the pointer names: `{"VpcId", value<&Subnet::vpc>}`.
template <auto Member>
void value(Reader& in, typename MemberOf<decltype(Member)>::row& row) {
  in.read(row.*Member);
}

template <class Row>
void owner(Reader& in, Row& row) {
  in.read(row.owned.account);
}

template <class Row>
void tags(Reader& in, Row& row) {
  in.read(row.owned.tags);
}

/// Account and region out of an ARN, where nothing better has told them.
void read_arn(std::string_view text, Owned& owned);

template <class Row>
void arn(Reader& in, Row& row) {
  if (const auto text = in.string()) {
    read_arn(*text, row.owned);
  }
}

/// An ARN that is the identity of the resource.
template <class Row>
void arn_id(Reader& in, Row& row) {
  in.read(row.id);
  read_arn(row.id.value, row.owned);
}

/// The one string member `key` of an object, such as `{"Code": "active"}`; empty if it is missing.
std::string member_of(Reader& in, std::string_view key);

/// Appends the string member `key` of each object of an array.
template <class IdType>
void members_of(Reader& in, std::string_view key, std::vector<IdType>& ids) {
  in.objects([&] {
    if (std::string id = member_of(in, key); !id.empty()) {
      ids.push_back(IdType{std::move(id)});
    }
  });
}

/// False if the text broke off inside the row, for half a resource would be taken for a whole one,
/// or if (reported) it has no id.
template <class Row>
bool is_whole(Answer& answer, const Row& row, std::size_t place) {
  if (answer.in.ok() && row.id.empty()) {
    answer.in.missing_id(place);
  }
  return answer.in.ok() && !row.id.empty();
}

/// Reads the list of resources that stands here: one row for each, checked for its identity.
/// `finish(row)` completes a row that has an id.
template <class Row, std::size_t Size, class Finish>
void read_rows(Answer& answer, const Field<Row> (&fields)[Size], Finish&& finish) {
  auto& rows = answer.out.rows<Row>();
  const std::size_t list_start = answer.in.offset();
  const std::size_t first_row = rows.size();
  answer.in.objects([&] {
    reserve_rest(answer.in, list_start, rows, first_row);
    const std::size_t place = answer.in.offset();
    const std::size_t problems_before = answer.in.problems().size();
    Found<Row>& found = rows.emplace_back();
    found.origin = answer.origin(place);
    read_fields(answer.in, fields, found.row);
    if (!is_whole(answer, found.row, place)) {
      rows.pop_back();
      return;
    }
    answer.in.name_problems(problems_before, found.row.id.value);
    finish(found.row);
    answer.evidence.note(found.row.owned);
  });
}

template <class Row, std::size_t Size>
void read_rows(Answer& answer, const Field<Row> (&fields)[Size]) {
  read_rows(answer, fields, [](Row&) {});
}

/// Adds a row that was read apart.
template <class Row>
void add_row(Answer& answer, Row row, std::size_t place) {
  answer.evidence.note(row.owned);
  answer.out.rows<Row>().push_back({std::move(row), answer.origin(place)});
}

/// `read_rows` for resources of which more has to be remembered while they are read: the first
/// member of a `Draft` is `row`, a reference to the resource.
template <class Draft, std::size_t Size, class Finish>
void read_drafts(Answer& answer, const Field<Draft> (&fields)[Size], Finish&& finish) {
  using Row = std::remove_reference_t<decltype(Draft::row)>;
  auto& rows = answer.out.rows<Row>();
  const std::size_t list_start = answer.in.offset();
  const std::size_t first_row = rows.size();
  answer.in.objects([&] {
    reserve_rest(answer.in, list_start, rows, first_row);
    const std::size_t place = answer.in.offset();
    const std::size_t problems_before = answer.in.problems().size();
    Found<Row>& found = rows.emplace_back();
    found.origin = answer.origin(place);
    Draft draft{found.row};
    read_fields(answer.in, fields, draft);
    if (!is_whole(answer, found.row, place)) {
      rows.pop_back();
      return;
    }
    finish(draft);
    answer.in.name_problems(problems_before, found.row.id.value);
    answer.evidence.note(found.row.owned);
  });
}

/// Notes that something inside of a resource could not be understood.
void add_gap(Answer& answer, std::string_view code, std::string_view resource,
             std::string_view message);

}  // namespace portolan::collect
