#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/ip.h"
#include "core/service.h"
#include "model/ids.h"
#include "model/tags.h"

namespace portolan {

struct LoadBalancer;
struct TargetGroup;
/// The ARN; for a Classic Load Balancer
/// `arn:aws:elasticloadbalancing:REGION:ACCOUNT:loadbalancer/NAME`.
using LoadBalancerId = Id<LoadBalancer>;
/// The ARN.
using TargetGroupId = Id<TargetGroup>;

enum class BalancerKind : std::uint8_t { Application, Network, Gateway, Classic };

/// Unknown where the document does not say it, as of every gateway load balancer, which has none.
/// SOURCE: ELBv2 API, LoadBalancer, "Scheme"; Classic ones always have one.
enum class BalancerScheme : std::uint8_t { Unknown, Internal, InternetFacing };

/// One availability zone of a balancer, with the addresses the document gives (static ones only).
struct BalancerZone {
  std::string zone;
  SubnetId subnet;
  std::vector<IpAddress> addresses;
  friend auto operator<=>(const BalancerZone&, const BalancerZone&) = default;
};

/// An action of a listener or rule. Redirect, fixed response and authenticate answer by themselves.
struct BalancerAction {
  std::string type;  // `forward`, `redirect`, `fixed-response`, `authenticate-…`
  std::vector<TargetGroupId> targets;  // of `forward`
  std::string redirect_protocol;       // of `redirect`: HTTP, HTTPS or `#{protocol}`
  friend auto operator<=>(const BalancerAction&, const BalancerAction&) = default;
};

/// A rule of an ALB listener. Conditions are kept as text: which requests match is the client's to
/// choose, so a rule with conditions can match.
struct ListenerRule {
  std::string arn;
  std::string priority;                 // a number or `default`
  std::vector<std::string> conditions;  // e.g. `path-pattern=/api/*`
  std::vector<BalancerAction> actions;
  friend auto operator<=>(const ListenerRule&, const ListenerRule&) = default;
};

/// SOURCE: ELBv2 API, Listener; Classic ELB API, Listener.
struct Listener {
  std::string arn;       // empty for Classic
  std::string protocol;  // HTTP, HTTPS, TCP, TLS, UDP, TCP_UDP, SSL, GENEVE
  int port = 0;
  std::vector<BalancerAction> actions;             // default actions
  std::optional<std::vector<ListenerRule>> rules;  // absent: describe-rules was not collected
  int instance_port = 0;                           // Classic only
  /// The TLS policy; of Classic the names of all its policies, which only AWS's own ones say it by.
  std::vector<std::string> policies;
  friend auto operator<=>(const Listener&, const Listener&) = default;
};

/// SOURCE: ELBv2 API, LoadBalancer; ELB API (2012), LoadBalancerDescription.
struct LoadBalancer {
  LoadBalancerId id;
  Owned owned;
  std::string balancer_name;
  std::string dns_name;
  BalancerKind kind = BalancerKind::Application;
  BalancerScheme scheme = BalancerScheme::Unknown;
  bool is_active = true;
  bool is_dualstack = false;
  VpcId vpc;
  std::vector<BalancerZone> zones;
  /// Absent for an NLB that was made without groups, and for GWLB.
  std::vector<SecurityGroupId> groups;
  std::optional<std::vector<Listener>> listeners;  // absent: not collected
  std::vector<InstanceId> instances;               // Classic only: registered instances
  std::optional<bool> is_cross_zone;  // load_balancing.cross_zone.enabled; absent: not collected
  /// NLB: whether PrivateLink traffic is checked against the inbound rules (on by default).
  bool checks_private_link = true;
  // Attributes; absent: not collected.
  std::optional<bool> logs_access;            // access_logs.s3.enabled
  std::optional<bool> drops_invalid_headers;  // routing.http.drop_invalid_header_fields.enabled
  std::optional<std::string> desync_mode;     // `monitor`, `defensive`, `strictest`

  [[nodiscard]] bool is_internet_facing() const { return scheme == BalancerScheme::InternetFacing; }
  /// True if nothing says that it is internal, of those that have a scheme at all.
  [[nodiscard]] bool may_face_internet() const {
    return kind != BalancerKind::Gateway && scheme != BalancerScheme::Internal;
  }
  /// True if it has a scheme, and the document does not say which.
  [[nodiscard]] bool lacks_scheme() const {
    return kind != BalancerKind::Gateway && scheme == BalancerScheme::Unknown;
  }
  friend auto operator<=>(const LoadBalancer&, const LoadBalancer&) = default;
};

struct Target {
  std::string id;      // i-…, an address, a Lambda ARN, an ALB ARN
  int port = 0;        // 0 if the document leaves it out (the group's port counts)
  std::string zone;    // name, `all`, or empty
  std::string health;  // `healthy`, `unhealthy`, `unused`, `initial`, `draining`, `unavailable`
  friend auto operator<=>(const Target&, const Target&) = default;
};

/// SOURCE: ELBv2 API, TargetGroup joined with its attributes and target health.
struct TargetGroup {
  TargetGroupId id;
  Owned owned;
  std::string group_name;
  std::string protocol;
  int port = 0;
  std::string target_type;  // `instance`, `ip`, `lambda`, `alb`
  VpcId vpc;
  std::string health_check_port;  // a number or `traffic-port`
  std::vector<LoadBalancerId> balancers;
  std::optional<std::vector<Target>> targets;  // absent: describe-target-health was not collected
  std::optional<bool> preserves_client_ip;     // attribute; absent: not collected
  std::optional<std::string> cross_zone;       // `true`, `false`, `use_load_balancer_configuration`
  friend auto operator<=>(const TargetGroup&, const TargetGroup&) = default;
};

}  // namespace portolan
