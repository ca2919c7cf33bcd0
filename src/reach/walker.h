#pragma once

#include <string>
#include <string_view>
#include <type_traits>

#include "reach/routes.h"
#include "reach/story.h"
#include "reach/walk.h"

/// Private to the walk: the state machine, shared by walk.cpp, gateways.cpp and transit.cpp.
namespace portolan::reach {

/// Follows one packet. Each step narrows the story's passage and either moves on or ends the walk;
/// a step that cannot go on leaves the arrival at Nowhere with the blocking hop as the last one.
class Walker {
 public:
  Walker(const Network& network, const WalkSetting& setting, const Header& header);

  Walked from_interface(const NetworkInterface& interface);
  Walked from_outside(const Edge& edge, const NetworkInterface& target);

 private:
  // walk.cpp: inside a VPC
  void route_in(const Subnet& subnet);
  void follow(const RouteChoice& choice, const RouteTable& table, const Vpc& vpc,
              const Subnet* subnet);
  void follow_target(const RouteTarget& target, const std::string& rule, const RouteTable& table,
                     const Vpc& vpc, const Subnet* subnet);
  void deliver(const Vpc& vpc);
  void nobody_at_destination(const Vpc& vpc);
  void into_interface(const NetworkInterface& interface);
  void through_appliance(const RouteTarget& target, const std::string& rule);
  void through_endpoint(const RouteTarget& target, const std::string& rule, const Vpc& vpc);
  void through_gateway_endpoint(const VpcEndpoint& endpoint, const std::string& rule,
                                const Vpc& vpc);

  // gateways.cpp: in and out of a VPC
  void out_by_internet_gateway(const RouteTarget& target, const std::string& rule, const Vpc& vpc,
                               const Subnet* subnet);
  void out_by_egress_only_gateway(const RouteTarget& target, const std::string& rule,
                                  const Vpc& vpc, const Subnet* subnet);
  void onto_internet(const Edge& edge);
  void in_by_internet_gateway(const NetworkInterface& target);
  void out_by_nat(const RouteTarget& target, const std::string& rule, const Vpc& vpc);
  void out_by_vpn_gateway(const RouteTarget& target, const std::string& rule);
  void in_by_edge_table(std::string_view gateway, const Vpc& vpc);
  void over_peering(const RouteTarget& target, const std::string& rule, const Vpc& vpc);
  bool check_public_access(const Vpc& vpc, const Subnet* subnet, bool inbound,
                           PublicGateway gateway);
  bool translate_source(const Vpc& vpc, const std::string& gateway, const std::string& rule);

  // transit.cpp: transit gateways
  void over_transit(const RouteTarget& target, const std::string& rule, const Vpc& vpc,
                    const Subnet* subnet);
  const Subnet* attachment_subnet(const TransitGatewayAttachment& attachment, const Vpc& vpc,
                                  const Subnet* from);
  void from_transit_attachment(const Edge& edge);
  void through_transit_table(const TransitGatewayAttachment& entry);
  void leave_transit(const TransitGatewayAttachment& exit);
  void into_vpc_by_transit(const TransitGatewayAttachment& exit);
  void across_transit_peering(const TransitGatewayAttachment& exit);

  // steps that all share
  [[nodiscard]] bool is_forward() const { return setting_.direction == Direction::Forward; }
  template <class... Values>
  void pass(std::string_view component, std::string_view rule,
            std::type_identity_t<Sentence<Values...>> detail, const Values&... values) {
    story_.pass(setting_.services, setting_.direction, component, rule, detail, values...);
  }
  template <class... Values>
  void block(std::string_view component, std::string_view rule, Reason reason,
             std::type_identity_t<Sentence<Values...>> detail, const Values&... values) {
    story_.block(setting_.direction, component, rule, reason, detail, values...);
  }
  template <class... Values>
  void unknown(std::string_view component, std::string_view rule, Reason reason,
               std::type_identity_t<Sentence<Values...>> detail, const Values&... values) {
    story_.unknown(setting_.services, setting_.direction, component, rule, reason, detail,
                   values...);
  }
  [[nodiscard]] bool is_dead() const { return story_.is_dead(); }
  [[nodiscard]] Walked take();
  [[nodiscard]] bool budget_left();
  void check_acl(const Subnet& subnet, bool is_egress);

  const Network& network_;
  const Snapshot& snapshot_;
  const NetworkIndex& index_;
  const WalkSetting& setting_;
  Header header_;
  Story story_;
  Arrival arrival_;
  std::optional<PassedOver> passed_over_;
  ServiceSet replies_ = ServiceSet::all();  // to these the NACLs crossed so far let replies pass
  const Subnet* at_ = nullptr;              // the subnet the packet is in, if it is in one
  const Subnet* transit_subnet_ = nullptr;  // it came out of a transit gateway into this subnet
  const TransitGatewayAttachment* transit_entry_ = nullptr;
  std::string zone_;  // where it started, for the transit gateway's choice of zone
  int decisions_ = 0;
};

}  // namespace portolan::reach
