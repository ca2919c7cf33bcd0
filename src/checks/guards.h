#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "checks/estate.h"
#include "checks/exposure.h"
#include "checks/openings.h"
#include "model/change.h"
#include "reach/reach.h"

/// Private to the module: the one thing that keeps the internet from sensitive ports of an
/// interface, where there is but one.
namespace portolan::checks {

struct Guard {
  enum class Kind : std::uint8_t { Address, Route, Acl, Groups, PublicAccessBlock };
  Kind kind = Kind::Groups;
  std::vector<std::string> resources;  // ids: groups, NACL, table …; not the interface
  std::string words;                   // `rtb-… has no route to igw-…`; empty of an address
  bool is_one_change = true;           // false: a NACL that stops both requests and replies
  ServiceSet services;                 // sensitive ones that are open without it
  std::vector<std::string> way;        // by which the internet would get in, as a witness
};

struct Guarded {
  std::optional<Guard> guard;
  std::string gap;  // why there may be one
};

/// Found by trying: the element is opened in the snapshot, as a what-if, and one packet is traced.
/// An interface that lacks two elements for sure (an address, a route, a rule of its groups) is not
/// tried. Interfaces that every filter treats alike share an answer.
class Guards {
 public:
  Guards(const reach::Network& network, const Estate& estate, const Openings& openings,
         const Exposure& exposure, std::size_t tried_max);

  /// No guard where the internet reaches such a port now, or more than one thing stops it.
  [[nodiscard]] const Guarded& of(const NetworkInterface& interface) const;
  /// The ports that are sensitive.
  [[nodiscard]] const ServiceSet& sensitive() const { return sensitive_; }

 private:
  /// An element that may be the only one, and the edits that open it.
  struct Candidate {
    Guard guard;
    std::vector<Change> edits;
  };
  struct Ends {
    IpAddress outside;  // who asks
    IpAddress own;      // by which the interface is asked, now or once it has a public address
  };

  [[nodiscard]] Guarded compute(const NetworkInterface& interface);
  [[nodiscard]] Guarded judge(const NetworkInterface& interface, IpFamily family);
  [[nodiscard]] std::vector<Candidate> candidates(const NetworkInterface& interface,
                                                  IpFamily family, const Ends& ends) const;
  [[nodiscard]] std::optional<Ends> ends_of(const NetworkInterface& interface,
                                            IpFamily family) const;
  void add_acl(const NetworkInterface& interface, IpFamily family,
               std::vector<Candidate>& candidates) const;
  void add_public_access_block(const NetworkInterface& interface,
                               std::vector<Candidate>& candidates) const;
  [[nodiscard]] std::optional<Candidate> address(const NetworkInterface& interface,
                                                 const Ends& ends) const;
  [[nodiscard]] std::optional<Candidate> route(const NetworkInterface& interface,
                                               IpFamily family) const;
  [[nodiscard]] std::optional<Candidate> groups(const NetworkInterface& interface,
                                                IpFamily family) const;
  [[nodiscard]] bool has_route(const NetworkInterface& interface, IpFamily family) const;
  [[nodiscard]] bool has_open_rule(const NetworkInterface& interface, IpFamily family) const;
  /// What passes once the edits are made; nothing if they cannot be.
  [[nodiscard]] std::optional<reach::Answer> try_edits(const std::vector<Change>& edits,
                                                       const NetworkInterface& interface,
                                                       const Ends& ends) const;

  const reach::Network* network_;
  const Snapshot* snapshot_;
  const Estate* estate_;
  const Openings* openings_;
  const Exposure* exposure_;
  ServiceSet sensitive_;
  std::unordered_map<SubnetId, const RouteTable*> tables_;
  std::unordered_map<VpcId, const RouteTable*> main_tables_;
  std::unordered_map<SubnetId, const NetworkAcl*> acls_;
  std::unordered_map<VpcId, const NetworkAcl*> default_acls_;
  std::unordered_map<VpcId, const InternetGateway*> gateways_;
  std::vector<Guarded> answers_;  // by the kind of interface
  std::size_t tried_max_;
  std::size_t tried_ = 0;
};

/// `tcp/22`, or `sensitive ports` where it is all of them.
std::string sensitive_text(const Guards& guards, const ServiceSet& services);

}  // namespace portolan::checks
