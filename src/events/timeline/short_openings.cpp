#include <algorithm>
#include <map>

#include "events/timeline.h"

namespace portolan::events {

namespace {

bool is_world(const Subject& subject) {
  const auto block = IpPrefix::parse(subject.peer);
  return block && block->length() <= 1;
}

/// An opening that someone made: not a group, not a NACL entry that denies.
bool is_opening(const Interval& interval) {
  return interval.subject.kind != SubjectKind::Group && !interval.is_implied &&
         interval.subject.target != "deny";
}

/// Another than who opened it. The roles that people take through IAM Identity Center are shared:
/// there the session tells who it is.
bool has_other_closer(const Interval& interval) {
  const bool is_shared_role =
      interval.opened->principal.find("AWSReservedSSO_") != std::string::npos;
  return interval.opened->principal != interval.closed->principal ||
         (is_shared_role && interval.opened->actor != interval.closed->actor);
}

}  // namespace

const ServiceSet& sensitive_services() {
  static const ServiceSet kPorts =
      ServiceSet::parse(
          "tcp/20-23,135,139,445,1433,1521,2375,2376,2379,3306,3389,5432,5601,5900,5985,5986,6379,"
          "6443,8200,9042,9200,10250,11211,27017 udp/3389,11211")
          .value_or(ServiceSet::all());
  return kPorts;
}

std::vector<ShortOpening> short_openings(const Timeline& timeline,
                                         const ShortOpeningOptions& options) {
  std::map<std::string, const Interval*> groups;  // those that lived for so short a time
  for (const Interval& each : timeline.intervals) {
    const auto length = each.length_s();
    if (each.subject.kind == SubjectKind::Group && length && *length <= options.longest_s) {
      groups[each.subject.resource] = &each;
    }
  }
  std::vector<ShortOpening> found;
  for (const Interval& each : timeline.intervals) {
    const auto length = each.length_s();
    if (!is_opening(each) || !length || *length > options.longest_s) {
      continue;
    }
    const bool is_rule = each.subject.kind == SubjectKind::Rule;
    found.push_back({.interval = each,
                     .length_s = *length,
                     .is_world = is_world(each.subject),
                     .is_sensitive = each.subject.services.has_value() &&
                                     each.subject.services->overlaps(sensitive_services()),
                     .has_other_closer = has_other_closer(each),
                     .is_whole_group = is_rule && groups.contains(each.subject.resource)});
  }
  return found;
}

}  // namespace portolan::events
