#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
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
  std::string target_group;
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

  [[nodiscard]] Origin origin(std::size_t offset) const { return {document, offset}; }
};

/// One member of an object that is read into a `Row`.
template <class Row>
struct Field {
  std::string_view key;
  void (*read)(Reader&, Row&);
};

/// Reads an object into `row` by the table of its members; other members are passed over.
/// The table is searched from the last hit on, for AWS prints members in one order.
template <class Row, std::size_t Size>
void read_fields(Reader& in, const Field<Row> (&fields)[Size], Row& row) {
  std::size_t next = 0;
  in.object([&](std::string_view key) {
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

/// Reads the list of resources that stands here: one row for each, checked for its identity.
/// `finish(row)` completes a row that has an id.
template <class Row, std::size_t Size, class Finish>
void read_rows(Answer& answer, const Field<Row> (&fields)[Size], Finish&& finish) {
  auto& rows = answer.out.rows<Row>();
  answer.in.objects([&] {
    const std::size_t place = answer.in.offset();
    const std::size_t problems_before = answer.in.problems().size();
    Found<Row>& found = rows.emplace_back();
    found.origin = answer.origin(place);
    read_fields(answer.in, fields, found.row);
    if (!answer.in.ok()) {  // half a resource would be read as a whole one
      rows.pop_back();
      return;
    }
    if (found.row.id.empty()) {
      answer.in.missing_id(place);
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

/// `read_rows` for resources of which more has to be remembered while they are read: a `Draft` has
/// a member `row`, the resource.
template <class Draft, std::size_t Size, class Finish>
void read_drafts(Answer& answer, const Field<Draft> (&fields)[Size], Finish&& finish) {
  answer.in.objects([&] {
    const std::size_t place = answer.in.offset();
    const std::size_t problems_before = answer.in.problems().size();
    Draft draft;
    read_fields(answer.in, fields, draft);
    if (!answer.in.ok()) {
      return;
    }
    if (draft.row.id.empty()) {
      answer.in.missing_id(place);
      return;
    }
    finish(draft);
    answer.in.name_problems(problems_before, draft.row.id.value);
    add_row(answer, std::move(draft.row), place);
  });
}

/// Notes that something inside of a resource could not be understood.
void add_gap(Answer& answer, std::string_view code, std::string_view resource,
             std::string_view message);

}  // namespace portolan::collect
