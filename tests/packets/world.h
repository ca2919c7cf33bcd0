#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>

#include "core/result.h"
#include "tests/packets/blueprint.h"

namespace portolan::packets {

/// A file descriptor that closes itself.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  ~Descriptor();

  [[nodiscard]] int number() const { return number_; }
  [[nodiscard]] bool is_open() const { return number_ >= 0; }

 private:
  int number_ = -1;
};

/// A blueprint, built: one network namespace for each node, with no way to the network of the
/// machine. They have no names and live as long as the descriptors here, so that nothing of them
/// is left when the process ends, however it ends. There may be one world at a time, in a process
/// of one thread.
class World {
 public:
  /// Error `kernel_refused` with what the kernel or a program said.
  static Result<World> build(const Blueprint& blueprint);
  World(World&&) = default;
  World& operator=(World&&) = default;
  /// Back to the network of the machine.
  ~World();

  /// Sockets that are opened from now on, and programs that are started, are in that node.
  void enter(const std::string& node) const;

 private:
  World() = default;
  Result<int> make_namespaces(const Blueprint& blueprint);
  Result<int> lay_wires(const Blueprint& blueprint) const;
  Result<int> furnish(const Blueprint& blueprint) const;

  Descriptor home_;
  std::map<std::string, Descriptor> nodes_;
};

/// Why this machine cannot build worlds: no right to, or something missing in the kernel. Nothing
/// if it can.
std::optional<std::string> why_impossible();

}  // namespace portolan::packets
