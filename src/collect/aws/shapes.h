#pragma once

#include <optional>
#include <string_view>
#include <vector>

/// Private to the module: what AWS's answers look like, out of `shapes.inc`, which tools/aws-shapes
/// writes. A type is written as `shapes.inc` writes it: `s`, `{Vpc`, `[item/{Tag`.
namespace portolan::collect::aws {

struct ShapeMember {
  std::string_view name;  // in JSON
  std::string_view wire;  // in XML
  std::string_view type;
};

class Shape {
 public:
  Shape() = default;
  explicit Shape(std::vector<ShapeMember> members) : members_(std::move(members)) {}

  /// Null if there is none.
  [[nodiscard]] const ShapeMember* by_wire(std::string_view wire) const;
  [[nodiscard]] const ShapeMember* by_name(std::string_view name) const;

 private:
  std::vector<ShapeMember> members_;
};

/// The type of a list.
struct ListType {
  std::string_view item;  // what its elements are called in XML
  std::string_view type;  // of its elements
  bool is_flat = false;   // the elements stand where the list would
};

ListType list_type(std::string_view type);
/// The structure `name` of a service; the answer of an action is `DescribeVpcs()`. One without
/// members if it is not known.
const Shape& shape_of(std::string_view service, std::string_view name);

}  // namespace portolan::collect::aws
