#include "collect/aws/shapes.h"

#include <algorithm>
#include <map>
#include <utility>

#include "core/text.h"

namespace portolan::collect::aws {

namespace {

struct Row {
  std::string_view service;
  std::string_view name;
  std::string_view members;
};

constexpr Row kRows[] = {
#include "collect/aws/shapes.inc"
};

using Shapes = std::map<std::pair<std::string_view, std::string_view>, Shape>;

/// `Vpcs=vpcSet:[item/{Vpc`
ShapeMember parse_member(std::string_view text) {
  const std::size_t colon = text.find(':');
  const std::string_view names = text.substr(0, colon);
  const std::size_t equals = names.find('=');
  const std::string_view name = names.substr(0, equals);
  return {.name = name,
          .wire = equals == std::string_view::npos ? name : names.substr(equals + 1),
          .type = text.substr(colon + 1)};
}

Shapes parse_shapes() {
  Shapes shapes;
  for (const Row& row : kRows) {
    std::vector<ShapeMember> members;
    for (const std::string_view text : split(row.members, ' ')) {
      if (!text.empty()) {
        members.push_back(parse_member(text));
      }
    }
    shapes.emplace(std::pair(row.service, row.name), Shape(std::move(members)));
  }
  return shapes;
}

const ShapeMember* find(const std::vector<ShapeMember>& members, std::string_view wanted,
                        std::string_view ShapeMember::*field) {
  const auto found = std::find_if(members.begin(), members.end(),
                                  [&](const ShapeMember& each) { return each.*field == wanted; });
  return found == members.end() ? nullptr : &*found;
}

}  // namespace

const ShapeMember* Shape::by_wire(std::string_view wire) const {
  return find(members_, wire, &ShapeMember::wire);
}

const ShapeMember* Shape::by_name(std::string_view name) const {
  return find(members_, name, &ShapeMember::name);
}

ListType list_type(std::string_view type) {
  const std::size_t slash = type.find('/');
  const std::string_view item = type.substr(1, slash - 1);
  const bool is_flat = item.starts_with('*');
  return {
      .item = is_flat ? item.substr(1) : item, .type = type.substr(slash + 1), .is_flat = is_flat};
}

const Shape& shape_of(std::string_view service, std::string_view name) {
  static const Shapes shapes = parse_shapes();
  static const Shape none;
  const auto found = shapes.find({service, name});
  return found == shapes.end() ? none : found->second;
}

}  // namespace portolan::collect::aws
