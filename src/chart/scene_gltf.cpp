#include <array>
#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/json.hpp>

#include "chart/colours.h"
#include "chart/export.h"

namespace portolan::chart {

namespace {

/// What a node is made of: the looks of interfaces, then these.
enum class Matter : std::uint8_t { Plate = kLooks, Vpc, Pad, Gate, Portal, Beyond };
constexpr std::size_t kMatters = kLooks + 6;

constexpr std::array<std::string_view, 6> kMatterColours{"#e9edf3", "#ffffff", "#c4d2e3",
                                                         "#5b4b8a", "#33475b", "#dfe5ec"};

std::size_t matter_of(const Node& node) {
  switch (node.kind) {
    case NodeKind::Interface:
      return static_cast<std::size_t>(look_of(node));
    case NodeKind::Vpc:
      return static_cast<std::size_t>(Matter::Vpc);
    case NodeKind::Subnet:
    case NodeKind::Class:
      return static_cast<std::size_t>(Matter::Pad);
    case NodeKind::Balancer:
      return static_cast<std::size_t>(Matter::Gate);
    case NodeKind::Gateway:
      return static_cast<std::size_t>(Matter::Portal);
    case NodeKind::Outside:
      return static_cast<std::size_t>(Matter::Beyond);
    case NodeKind::Organisation:
    case NodeKind::Account:
    case NodeKind::Region:
    case NodeKind::Zone:
    case NodeKind::Internet:
      break;
  }
  return static_cast<std::size_t>(Matter::Plate);
}

std::string base64(std::string_view bytes) {
  static constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    std::uint32_t word = 0;
    for (std::size_t i = 0; i < 3; ++i) {
      const auto byte = at + i < bytes.size() ? static_cast<unsigned char>(bytes[at + i]) : 0U;
      word = word << 8U | byte;
    }
    for (std::size_t i = 0; i < 4; ++i) {
      const bool is_there = at + i <= bytes.size();
      out += is_there ? kDigits[word >> (18 - 6 * i) & 63U] : '=';
    }
  }
  return out;
}

/// Red, green and blue of `#rrggbb`, as light: glTF counts linearly.
boost::json::array light_of(std::string_view colour) {
  boost::json::array light;
  const auto digit = [](char letter) { return letter <= '9' ? letter - '0' : letter - 'a' + 10; };
  for (std::size_t at = 1; at < 7; at += 2) {
    const double share = (digit(colour[at]) * 16 + digit(colour[at + 1])) / 255.0;
    light.emplace_back(std::round(std::pow(share, 2.2) * 10000) / 10000);
  }
  light.emplace_back(1.0);
  return light;
}

/// A cube from 0,0,0 to 1,1,1 with a normal for each side.
struct Cube {
  std::vector<float> positions;
  std::vector<float> normals;
  std::vector<std::uint16_t> indices;
};

Cube make_cube() {
  Cube cube;
  for (std::size_t axis = 0; axis < 3; ++axis) {
    for (const float side : {0.0F, 1.0F}) {
      const auto first = static_cast<std::uint16_t>(cube.positions.size() / 3);
      for (const auto& [u, v] : {std::pair(0.0F, 0.0F), std::pair(1.0F, 0.0F),
                                 std::pair(1.0F, 1.0F), std::pair(0.0F, 1.0F)}) {
        std::array<float, 3> corner{};
        std::array<float, 3> normal{};
        corner.at(axis) = side;
        corner.at((axis + 1) % 3) = u;
        corner.at((axis + 2) % 3) = v;
        normal.at(axis) = side * 2 - 1;
        cube.positions.insert(cube.positions.end(), corner.begin(), corner.end());
        cube.normals.insert(cube.normals.end(), normal.begin(), normal.end());
      }
      // Seen from outside the corners run against the clock.
      const std::array<int, 6> order =
          side > 0 ? std::array{0, 1, 2, 0, 2, 3} : std::array{0, 2, 1, 0, 3, 2};
      for (const int corner : order) {
        cube.indices.push_back(static_cast<std::uint16_t>(first + corner));
      }
    }
  }
  return cube;
}

template <class Value>
std::string_view bytes_of(const std::vector<Value>& values) {
  return {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(Value)};
}

void add_geometry(boost::json::object& scene) {
  const Cube cube = make_cube();
  std::string buffer(bytes_of(cube.positions));
  buffer += bytes_of(cube.normals);
  buffer += bytes_of(cube.indices);
  const std::size_t positions = bytes_of(cube.positions).size();
  const std::size_t indices = bytes_of(cube.indices).size();
  static constexpr int kVertices = 34962;
  static constexpr int kIndices = 34963;
  static constexpr int kFloat = 5126;
  static constexpr int kUnsignedShort = 5123;
  scene["buffers"] =
      boost::json::array{{{"byteLength", buffer.size()},
                          {"uri", "data:application/octet-stream;base64," + base64(buffer)}}};
  scene["bufferViews"] = boost::json::array{
      {{"buffer", 0}, {"byteOffset", 0}, {"byteLength", positions}, {"target", kVertices}},
      {{"buffer", 0}, {"byteOffset", positions}, {"byteLength", positions}, {"target", kVertices}},
      {{"buffer", 0},
       {"byteOffset", 2 * positions},
       {"byteLength", indices},
       {"target", kIndices}}};
  const std::size_t count = cube.positions.size() / 3;
  scene["accessors"] = boost::json::array{
      {{"bufferView", 0},
       {"componentType", kFloat},
       {"count", count},
       {"type", "VEC3"},
       {"min", {0.0, 0.0, 0.0}},
       {"max", {1.0, 1.0, 1.0}}},
      {{"bufferView", 1}, {"componentType", kFloat}, {"count", count}, {"type", "VEC3"}},
      {{"bufferView", 2},
       {"componentType", kUnsignedShort},
       {"count", cube.indices.size()},
       {"type", "SCALAR"}}};
}

void add_matters(boost::json::object& scene) {
  boost::json::array materials;
  boost::json::array meshes;
  for (std::size_t matter = 0; matter < kMatters; ++matter) {
    const std::string_view colour =
        matter < kLooks ? colour_of(static_cast<Look>(matter)) : kMatterColours.at(matter - kLooks);
    boost::json::object surface = {
        {"baseColorFactor", light_of(colour)}, {"metallicFactor", 0.0}, {"roughnessFactor", 0.9}};
    materials.push_back(boost::json::object{{"pbrMetallicRoughness", std::move(surface)}});
    boost::json::object primitive = {{"indices", 2}, {"material", matter}};
    primitive["attributes"] = boost::json::object{{"POSITION", 0}, {"NORMAL", 1}};
    boost::json::array primitives;
    primitives.push_back(std::move(primitive));
    meshes.push_back(boost::json::object{{"primitives", std::move(primitives)}});
  }
  scene["materials"] = std::move(materials);
  scene["meshes"] = std::move(meshes);
}

constexpr double kStep = 1.2;  // from one plate to the one on it

double height_of(const Node& node, double width) {
  switch (node.kind) {
    case NodeKind::Interface:
      return width * (1 + 0.35 * std::log2(1.0 + node.services));
    case NodeKind::Balancer:
    case NodeKind::Gateway:
    case NodeKind::Outside:
      return 4;
    default:
      return kStep;
  }
}

double thousandth(double value) { return std::round(value * 1000) / 1000; }

}  // namespace

std::string scene_gltf(const Chart& chart, Lens lens) {
  boost::json::object scene;
  scene["asset"] = {{"version", "2.0"}, {"generator", "portolan"}};
  add_geometry(scene);
  add_matters(scene);
  boost::json::array nodes;
  boost::json::array shown;
  std::vector<int> depths(chart.size());
  for (NodeNumber number = 0; number < chart.size(); ++number) {
    const Node& node = chart[number];
    const Rect& rect = chart.rect_of(number, lens);
    const std::int32_t parent = chart.parent_of(number, lens);
    depths[number] = parent == kNoNode ? 0 : depths[static_cast<std::size_t>(parent)] + 1;
    if (!rect.exists() || node.kind == NodeKind::Internet) {
      continue;
    }
    const double width = std::min(rect.width, rect.height);
    shown.emplace_back(nodes.size());
    nodes.push_back(
        {{"name", node.name.empty() ? node.key : node.name},
         {"mesh", matter_of(node)},
         {"translation",
          {thousandth(rect.x), thousandth(depths[number] * kStep), thousandth(rect.y)}},
         {"scale",
          {thousandth(rect.width), thousandth(height_of(node, width)), thousandth(rect.height)}},
         {"extras", {{"key", node.key}, {"kind", text(node.kind)}}}});
  }
  scene["nodes"] = std::move(nodes);
  scene["scenes"] = boost::json::array{{{"nodes", std::move(shown)}}};
  scene["scene"] = 0;
  return boost::json::serialize(scene);
}

}  // namespace portolan::chart
