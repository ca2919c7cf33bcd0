#include <algorithm>
#include <string_view>
#include <utility>

#include "collect/decode/families.h"

namespace portolan::collect {

namespace {

/// SOURCE: CloudTrail API, Trail.
constexpr Field<Trail> kTrailFields[] = {
    {"Name", value<&Trail::trail_name>},
    {"IsMultiRegionTrail", value<&Trail::is_multi_region>},
    {"TrailARN", arn_id<Trail>},
    {"CloudWatchLogsLogGroupArn", value<&Trail::log_group>},
    {"IsOrganizationTrail", value<&Trail::is_of_organization>},
};

/// SOURCE: CloudTrail API, EventSelector. Only sources of KMS and of the RDS Data API can be
/// excluded.
struct Selector {
  std::string kind = "All";  // ReadWriteType
  bool takes_management = true;
};

constexpr Field<Selector> kSelectorFields[] = {
    {"ReadWriteType", value<&Selector::kind>},
    {"IncludeManagementEvents", value<&Selector::takes_management>},
};

/// What one field of an advanced selector says.
struct FieldSelector {
  std::string field;
  std::vector<std::string> equals;
  std::vector<std::string> not_equals;
  bool has_more = false;  // StartsWith and the like
};

bool has(const std::vector<std::string>& values, std::string_view wanted) {
  return std::find(values.begin(), values.end(), wanted) != values.end();
}

FieldSelector read_field_selector(Reader& in) {
  FieldSelector selector;
  in.object([&](std::string_view key) {
    if (key == "Field") {
      in.read(selector.field);
    } else if (key == "Equals") {
      in.read(selector.equals);
    } else if (key == "NotEquals") {
      in.read(selector.not_equals);
    } else {
      selector.has_more = true;
      in.skip();
    }
  });
  return selector;
}

/// Whether an advanced selector takes calls that change something of EC2; absent if that is more
/// than is understood here.
std::optional<bool> takes_changes(const std::vector<FieldSelector>& selectors) {
  bool takes = false;
  bool is_clear = true;
  for (const FieldSelector& each : selectors) {
    const auto allows = [&](std::string_view value) {
      return (each.equals.empty() || has(each.equals, value)) && !has(each.not_equals, value);
    };
    if (each.field == "eventCategory") {
      takes = allows("Management");
      if (!takes) {
        return false;
      }
    } else if (each.field == "readOnly") {
      if (!allows("false")) {
        return false;
      }
    } else if (each.field == "eventSource") {
      if (!allows("ec2.amazonaws.com")) {
        return false;
      }
    } else {
      is_clear = false;
    }
    is_clear = is_clear && !each.has_more;
  }
  return is_clear ? std::optional<bool>(takes) : std::nullopt;
}

void add_selectors(Answer& answer, const std::vector<std::optional<bool>>& each,
                   std::size_t place) {
  if (each.empty()) {
    return;  // of the two kinds of selector the one that is not in use may be printed empty
  }
  SelectorsPart part{.records_changes = false};
  for (const std::optional<bool>& takes : each) {
    if (takes == true || part.records_changes == true) {
      part.records_changes = true;
    } else if (!takes) {
      part.records_changes.reset();
    }
  }
  answer.out.loose<SelectorsPart>().push_back({{}, part, answer.origin(place)});
}

}  // namespace

void decode_trails(Answer& answer) {
  const std::size_t first = answer.out.rows<Trail>().size();
  read_rows(answer, kTrailFields);
  const auto& trails = answer.out.rows<Trail>();
  for (std::size_t i = first; i < trails.size(); ++i) {
    answer.out.loose<TrailListing>().push_back({trails[i].row.id.value, {}, trails[i].origin});
  }
  answer.evidence = {};  // an organisation's trail is listed by all its accounts
}

void decode_trail_status(Answer& answer) {
  const std::size_t place = answer.in.offset();
  if (const auto is_logging = answer.in.boolean()) {
    answer.out.loose<TrailStatusPart>().push_back(
        {{}, {.is_logging = *is_logging}, answer.origin(place)});
  }
}

void decode_event_selectors(Answer& answer) {
  const std::size_t place = answer.in.offset();
  std::vector<std::optional<bool>> each;
  answer.in.objects([&] {
    Selector selector;
    read_fields(answer.in, kSelectorFields, selector);
    each.emplace_back(selector.takes_management && selector.kind != "ReadOnly");
  });
  add_selectors(answer, each, place);
}

void decode_advanced_event_selectors(Answer& answer) {
  const std::size_t place = answer.in.offset();
  std::vector<std::optional<bool>> each;
  answer.in.objects([&] {
    std::vector<FieldSelector> selectors;
    answer.in.object([&](std::string_view key) {
      if (key == "FieldSelectors") {
        answer.in.objects([&] { selectors.push_back(read_field_selector(answer.in)); });
      } else {
        answer.in.skip();
      }
    });
    each.push_back(takes_changes(selectors));
  });
  add_selectors(answer, each, place);
}

}  // namespace portolan::collect
