#include "reach/engine/subnets.h"

#include <map>
#include <set>
#include <string>
#include <string_view>

#include <fmt/format.h>

namespace portolan::reach {

namespace {

class Kinds {
 public:
  explicit Kinds(const Network& network) : snapshot_(network.snapshot()), index_(network.index()) {
    find_special();
  }

  std::vector<std::uint32_t> run() {
    std::map<std::string, std::uint32_t> numbers;
    std::vector<std::uint32_t> kinds;
    for (const Subnet& subnet : snapshot_.all<Subnet>()) {
      const auto number = static_cast<std::uint32_t>(numbers.size());
      kinds.push_back(numbers.emplace(text_of(subnet), number).first->second);
    }
    return kinds;
  }

 private:
  void find_special() {
    for (const auto& attachment : snapshot_.all<TransitGatewayAttachment>()) {
      for (const SubnetId& subnet : attachment.subnets.value_or(std::vector<SubnetId>{})) {
        add_if_inhabited(subnet);
      }
    }
    for (const NatGateway& nat : snapshot_.all<NatGateway>()) {
      for (const NatAddress& address : nat.addresses) {
        if (const auto* interface = snapshot_.find(address.interface); interface != nullptr) {
          special_.insert(interface->subnet.value);
        }
      }
    }
    for (const VpcEndpoint& endpoint : snapshot_.all<VpcEndpoint>()) {
      for (const SubnetId& subnet : endpoint.subnets) {
        special_.insert(subnet.value);
      }
    }
    for (const auto& exclusion : snapshot_.all<BlockPublicAccessExclusion>()) {
      special_.insert(exclusion.resource);
    }
  }

  /// AWS advises a subnet of its own for an attachment: with nobody else there, all that matters of
  /// it is its NACL and its table.
  void add_if_inhabited(const SubnetId& subnet) {
    for (const NetworkInterface* interface : index_.interfaces_of(subnet)) {
      if (interface->interface_type != "transit_gateway") {
        special_.insert(subnet.value);
        return;
      }
    }
  }

  [[nodiscard]] std::string tables_of(const Subnet& subnet) const {
    const RouteTable* table = index_.route_table_of(subnet);
    const NetworkAcl* acl = index_.acl_of(subnet);
    return fmt::format("{} {}", table == nullptr ? "" : table->id.value,
                       acl == nullptr ? "" : acl->id.value);
  }

  [[nodiscard]] std::string text_of(const Subnet& subnet) {
    if (special_.contains(subnet.id.value) || snapshot_.find(subnet.vpc) == nullptr) {
      return subnet.id.value;
    }
    return fmt::format("{} {} {}", subnet.vpc.value, tables_of(subnet),
                       doors(subnet.zone, subnet.vpc.value));
  }

  [[nodiscard]] std::string door_text(const Subnet* subnet) const {
    if (subnet == nullptr) {
      return "none";
    }
    return special_.contains(subnet->id.value) ? subnet->id.value
                                               : subnet->vpc.value + " " + tables_of(*subnet);
  }

  /// By which subnets packets of that zone and VPC enter and leave transit gateways.
  const std::string& doors(const std::string& zone, const std::string& vpc) {
    const auto [place, is_new] = doors_.try_emplace({zone, vpc});
    if (!is_new) {
      return place->second;
    }
    std::string& text = place->second;
    for (const auto& attachment : snapshot_.all<TransitGatewayAttachment>()) {
      if (!attachment.subnets) {
        continue;
      }
      const Subnet* first = nullptr;
      const Subnet* first_in_zone = nullptr;
      const Subnet* last_in_zone = nullptr;
      for (const SubnetId& id : *attachment.subnets) {
        const Subnet* subnet = snapshot_.find(id);
        const bool is_near = subnet != nullptr && subnet->zone == zone;
        first = first == nullptr ? subnet : first;
        first_in_zone = is_near && first_in_zone == nullptr ? subnet : first_in_zone;
        last_in_zone = is_near ? subnet : last_in_zone;
      }
      text += door_text(last_in_zone == nullptr ? first : last_in_zone) + ";";
      text += attachment.resource == vpc ? door_text(first_in_zone) + "|" : "|";
    }
    return text;
  }

  const Snapshot& snapshot_;
  const NetworkIndex& index_;
  std::set<std::string, std::less<>> special_;
  std::map<std::pair<std::string, std::string>, std::string> doors_;
};

}  // namespace

std::vector<std::uint32_t> subnet_kinds(const Network& network) { return Kinds(network).run(); }

}  // namespace portolan::reach
