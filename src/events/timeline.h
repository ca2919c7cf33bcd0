#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "events/event.h"
#include "model/change.h"

namespace portolan::events {

/// Who did something, when, from where: what of an event an interval keeps.
struct Touch {
  Time time;
  std::string event_id;
  std::string event_name;
  std::string principal;  // as in `Actor`
  std::string source;
  std::string agent;
  std::string actor;  // for people: the ARN of the session, which tells persons of one role apart
  friend auto operator<=>(const Touch&, const Touch&) = default;
};

/// What can stand open for a while.
enum class SubjectKind : std::uint8_t {
  Rule,             // of a security group
  AclEntry,         // of a NACL, allow or deny
  Route,            // of a route table
  PrefixListEntry,  // a block in a managed prefix list
  PublicAddress,    // of an interface or instance
  PublicAccess,     // the account's block on public access is off, or an exclusion from it
  Switch,           // a setting that makes a resource public
  Group,            // a security group: from its creation to its deletion
  // In steps only, as no interval is kept of them:
  Membership,  // of an interface or another resource in a group, its peer
  Other,       // what a call is about that is not understood further
};

struct Subject {
  SubjectKind kind = SubjectKind::Rule;
  AccountId account;
  Region region;
  std::string
      resource;  // sg-…, acl-…, rtb-…, pl-…, eni-… or i-…, ACCOUNT/REGION, what a call names
  std::string detail;  // sgr-…, the number of an entry, the name of a setting, the group's name
  std::optional<bool> is_egress;       // absent where there is no direction, or it is not known
  std::optional<ServiceSet> services;  // absent where there are none, or they are not known
  std::string peer;  // CIDR (masked), sg-…, pl-…, the destination of a route, a public address
  std::string target;  // of a route; of a NACL entry `allow` or `deny`; the VPC of a group
  friend auto operator<=>(const Subject&, const Subject&) = default;
};

enum class EndKind : std::uint8_t {
  Open,      // no end in the logs: ask a snapshot before you say that it is open still
  Revoked,   // by a call that closes just that
  Modified,  // by a call that put something else in its place
  Deleted,   // with the resource that it was part of
  Unseen,    // it was opened again later, so it must have been closed in between
};

/// From when to when something was open.
struct Interval {
  Subject subject;
  std::optional<Touch> opened;  // absent: before the logs begin, or in a log that is missing
  std::optional<Touch> closed;  // absent: `end` says why
  EndKind end = EndKind::Open;
  bool is_certain = true;   // false if it may never have been open: a call to close it succeeded,
                            // which in a default VPC it also does when there is nothing to close
  bool is_implied = false;  // opened by what a call brings without naming it
  std::string whole_peer;   // of the rule that ModifySecurityGroupRules cut this out of, if any

  /// How long it was open, in seconds; absent unless both ends are known.
  [[nodiscard]] std::optional<std::int64_t> length_s() const;
  friend auto operator<=>(const Interval&, const Interval&) = default;
};

/// One thing that an event opened or closed, or would have if it had not failed.
struct Step {
  std::size_t event = 0;  // its position in `Timeline::events`
  Subject subject;        // as far as the record and those before it tell
  bool opens = true;      // so does what is not understood, as it may
  bool is_implied = false;
  std::vector<std::string> affects;  // of a prefix list: the groups whose open rules name it
  friend bool operator==(const Step&, const Step&) = default;
};

/// One edit of a snapshot, and the event that it comes of.
struct TimedChange {
  Time time;
  std::string event_id;
  AccountId account;
  Region region;
  Change change;
};

struct Timeline {
  std::vector<Event> events;         // in causal order, each once, failed ones included
  std::vector<Interval> intervals;   // sorted by opening (unknown ones first), end, subject
  std::vector<TimedChange> changes;  // in causal order: what can be said in full only
  std::vector<Step> steps;           // in causal order, at least one for each event that counts
  std::vector<Event> logging;  // as events, but of the trail itself: no network changes by them
  std::size_t duplicates = 0;  // events that were delivered more than once
  std::size_t corrected = 0;   // events that an addendum took the place of
};

/// Puts events in causal order and follows what they open and close. Pure: the same for any order
/// and division of the input, byte for byte.
///
/// Order: time, which has a grain of one second; then create, associate, open, modify, close,
/// delete; then event id. What was open before a second in which it is both closed and opened is
/// closed first, as AWS refuses to open it twice. Calls that failed, dry runs among them, change
/// nothing. Events with one id in one account are one; the two records that two accounts have of
/// one action (`shared_id`) change things once.
///
/// A rule that ModifySecurityGroupRules narrows or widens is split: the part that went is closed,
/// the part that stayed keeps its opening, the part that came is opened. Parts are exact for
/// services and address blocks.
/// SOURCE: EC2 API, AuthorizeSecurityGroupIngress, ModifySecurityGroupRules, DeleteSecurityGroup;
/// CloudTrail user guide, "CloudTrail record contents" (sharedEventID, addendum).
/// Cost: n log n in the events; memory linear in them.
Timeline build_timeline(std::vector<Event> events);

/// Something that was open for a short time.
struct ShortOpening {
  Interval interval;
  std::int64_t length_s = 0;
  bool is_world = false;          // the peer is all addresses of a family, or half of them
  bool is_sensitive = false;      // a port that remote shells, desktops and databases listen on
  bool has_other_closer = false;  // closed by another principal than it was opened by
  bool is_whole_group = false;    // the group was created and deleted in that time as well
  friend auto operator<=>(const ShortOpening&, const ShortOpening&) = default;
};

/// What remote shells and desktops, databases and caches, hosts and clusters take commands on.
const ServiceSet& sensitive_services();

struct ShortOpeningOptions {
  std::int64_t longest_s = 30 * 60;  // an opening of exactly that length is short
};

/// Openings that were closed soon after, in the order of the intervals: rules, prefix list entries,
/// NACL entries that allow, routes, addresses, switches. Implied ones and groups are left out.
/// Whether one matters is for the checks to say.
std::vector<ShortOpening> short_openings(const Timeline& timeline,
                                         const ShortOpeningOptions& options = {});

}  // namespace portolan::events
