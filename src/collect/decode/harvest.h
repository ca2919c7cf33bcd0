#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "collect/problems.h"
#include "model/snapshot.h"

/// Private to the module.
namespace portolan::collect {

/// Where something was read: which document, and the offset of its first byte there.
struct Origin {
  std::uint32_t document = 0;
  std::size_t offset = 0;
};

template <class Row>
struct Found {
  Row row;
  Origin origin;
};

/// A part of a resource that AWS prints apart from it. `holder` is the id of the resource; it is
/// empty if the answer does not say, which happens where the id was an argument of the call.
template <class Part>
struct Loose {
  std::string holder;
  Part part;
  Origin origin;
};

struct GroupRulePart {
  SecurityGroupRule rule;
  AccountId owner;  // of the group
};

struct ElasticAddress {
  std::optional<IpAddress> public_ip;
  std::optional<IpAddress> private_ip;
  NetworkInterfaceId interface;
  InstanceId instance;
};

/// What a search of transit gateway routes found, or one prefix list reference of a table.
struct RoutesPart {
  std::optional<std::vector<TransitGatewayRoute>> routes;  // absent: only a reference
  std::vector<TransitGatewayRoute> references;
  bool has_more = false;
};

/// Attachments that propagate into (or are associated with) a transit gateway route table.
struct PropagationsPart {
  std::vector<std::string> attachments;
};
struct AssociationsPart {
  std::vector<std::string> attachments;
};

struct EntriesPart {
  std::vector<PrefixListEntry> entries;
};

/// The address family that a prefix list is for; tells whose entries an answer may be.
struct FamilyPart {
  IpFamily family = IpFamily::V4;
};

struct ListenersPart {
  std::vector<Listener> listeners;
};

struct TargetsPart {
  std::vector<Target> targets;
};

/// Tags of a balancer or target group: their own documents have none. The holder is an ARN, or the
/// name of a Classic Load Balancer.
struct TagsPart {
  std::vector<Tag> tags;
};

/// Of a load balancer or a target group.
struct AttributesPart {
  std::optional<std::string> cross_zone;
  std::optional<bool> preserves_client_ip;
  std::optional<bool> logs_access;
  std::optional<bool> drops_invalid_headers;
  std::optional<std::string> desync_mode;
  bool is_of_target_group = false;  // it has an attribute that only target groups have
  bool is_of_classic = false;       // its holder is the name of a Classic Load Balancer
};

/// What GetTrailStatus answers of a trail, and what its event selectors come to.
struct TrailStatusPart {
  bool is_logging = false;
};
struct SelectorsPart {
  std::optional<bool> records_changes;
};

/// That the calls of an account name a trail.
struct TrailListing {};

/// A version of a launch template, by whose id it is held.
struct VersionPart {
  LaunchVersion version;
  std::string template_name;
};

/// What a web ACL stands before: ARNs of load balancers.
struct ProtectedPart {
  std::vector<std::string> balancers;
};

/// Whom a Client VPN endpoint lets in.
struct AuthorizationsPart {
  std::vector<VpnAuthorization> authorizations;
};

/// That a kind of document was read; `is_last` is false for a page that says that another follows,
/// `is_whole` is false if the text stopped being JSON before the end of the list.
/// `account` and `region` are those whose resources it listed, where they say it.
struct NounRead {
  Noun noun = Noun::Vpcs;
  bool is_last = true;
  bool is_whole = true;
  AccountId account = {};
  Region region = {};
};

/// A call that a manifest says was made, whatever came of it.
struct AskedCall {
  std::string command;  // `ec2 describe-vpcs`
  AccountId account = {};
  Region region = {};
};

/// How often accounts and regions are named as owner in one document.
class Evidence {
 public:
  void note(const Owned& owned);
  void note(const Evidence& other);
  /// The one named most often (of equals the least); unknown if none is named.
  [[nodiscard]] AccountId account() const;
  [[nodiscard]] Region region() const;
  [[nodiscard]] const auto& accounts() const { return accounts_; }
  [[nodiscard]] const auto& regions() const { return regions_; }

 private:
  std::vector<std::pair<AccountId, std::size_t>> accounts_;
  std::vector<std::pair<Region, std::size_t>> regions_;
};

/// Bytes of a document: from `start`, up to `end` exclusive.
struct ByteRange {
  std::size_t start = 0;
  std::size_t end = 0;
};

template <class Row>
using FoundRows = std::vector<Found<Row>>;

/// All that one document told.
struct Harvest {
  std::string_view path;  // of the document
  ForEachResource<FlatTuple, FoundRows> tables;
  std::vector<Found<NetworkInterface>> inline_interfaces;  // as they stand inside of instances
  std::tuple<std::vector<Loose<GroupRulePart>>, std::vector<Loose<SecurityGroupVpcAssociation>>,
             std::vector<Loose<ElasticAddress>>, std::vector<Loose<RoutesPart>>,
             std::vector<Loose<PropagationsPart>>, std::vector<Loose<AssociationsPart>>,
             std::vector<Loose<EntriesPart>>, std::vector<Loose<FamilyPart>>,
             std::vector<Loose<ListenersPart>>, std::vector<Loose<ListenerRule>>,
             std::vector<Loose<TargetsPart>>, std::vector<Loose<AttributesPart>>,
             std::vector<Loose<TagsPart>>, std::vector<Loose<TrailStatusPart>>,
             std::vector<Loose<SelectorsPart>>, std::vector<Loose<TrailListing>>,
             std::vector<Loose<VersionPart>>, std::vector<Loose<ProtectedPart>>,
             std::vector<Loose<AuthorizationsPart>>>
      parts;
  std::vector<NounRead> nouns;
  std::vector<AskedCall> asked;
  std::vector<Gap> gaps;
  std::vector<GroupMention> mentions;
  std::vector<ByteRange> silent;  // where the id of a group is no mention, in order
  Evidence evidence;
  Problems problems;
  std::size_t members_read = 0;
  bool is_whole = true;  // false: empty, or broken off before its end

  template <class Row>
  std::vector<Found<Row>>& rows() {
    return tables.get<FoundRows<Row>>();
  }
  template <class Part>
  std::vector<Loose<Part>>& loose() {
    return std::get<std::vector<Loose<Part>>>(parts);
  }
};

}  // namespace portolan::collect
