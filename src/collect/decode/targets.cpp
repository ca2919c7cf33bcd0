#include <algorithm>
#include <utility>

#include "collect/decode/families.h"

namespace portolan::collect {

namespace {

/// SOURCE: ELBv2 API, TargetGroup.
constexpr Field<TargetGroup> kTargetGroupFields[] = {
    {"TargetGroupArn", arn_id<TargetGroup>},
    {"TargetGroupName", value<&TargetGroup::group_name>},
    {"Protocol", value<&TargetGroup::protocol>},
    {"Port", value<&TargetGroup::port>},
    {"VpcId", value<&TargetGroup::vpc>},
    {"HealthCheckPort", value<&TargetGroup::health_check_port>},
    {"LoadBalancerArns", value<&TargetGroup::balancers>},
    {"TargetType", value<&TargetGroup::target_type>},
};

constexpr Field<Target> kTargetFields[] = {
    {"Id", value<&Target::id>},
    {"Port", value<&Target::port>},
    {"AvailabilityZone", value<&Target::zone>},
};

constexpr Field<Target> kHealthFields[] = {
    {"Target", [](Reader& in, Target& row) { read_fields(in, kTargetFields, row); }},
    {"TargetHealth", [](Reader& in, Target& row) { row.health = member_of(in, "State"); }},
};

}  // namespace

void decode_target_groups(Answer& answer) {
  read_rows(answer, kTargetGroupFields,
            [](TargetGroup& row) { std::sort(row.balancers.begin(), row.balancers.end()); });
}

void decode_target_health(Answer& answer) {
  const std::size_t place = answer.in.offset();
  TargetsPart part;
  answer.in.objects([&] {
    const std::size_t target_place = answer.in.offset();
    Target target;
    read_fields(answer.in, kHealthFields, target);
    if (answer.in.ok() && target.id.empty()) {
      answer.in.missing_id(target_place);
      return;
    }
    part.targets.push_back(std::move(target));
  });
  std::sort(part.targets.begin(), part.targets.end());
  if (answer.in.ok()) {
    answer.out.loose<TargetsPart>().push_back(
        {.part = std::move(part), .origin = answer.origin(place)});
  }
}

}  // namespace portolan::collect
