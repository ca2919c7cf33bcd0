#include <algorithm>
#include <utility>

#include "collect/decode/attachment_kind.h"
#include "collect/decode/families.h"

namespace portolan::collect {

namespace {

void attachments(Reader& in, TransitGatewayRoute& row) {
  in.objects([&] {
    in.object([&](std::string_view key) {
      if (key == "TransitGatewayAttachmentId") {
        in.read(row.attachments.emplace_back());
      } else if (key == "ResourceType") {
        row.kind = attachment_kind(in.string().value_or(""));
      } else {
        in.skip();
      }
    });
  });
}

struct RouteDraft {
  TransitGatewayRoute route;
  std::optional<IpPrefix> cidr;
  std::string state;
};

constexpr Field<RouteDraft> kRouteFields[] = {
    {"DestinationCidrBlock",
     [](Reader& in, RouteDraft& row) {
       if (const auto cidr = in.prefix()) {
         row.cidr = cidr;
       }
     }},
    {"PrefixListId", [](Reader& in, RouteDraft& row) { in.read(row.route.prefix_list); }},
    {"TransitGatewayAttachments", [](Reader& in, RouteDraft& row) { attachments(in, row.route); }},
    {"Type", [](Reader& in, RouteDraft& row) { row.route.is_static = in.string() == "static"; }},
    {"State", value<&RouteDraft::state>},
};

/// Only routes that are in force: others (`pending`, `deleted`) are on their way.
bool is_in_force(std::string_view state) {
  return state.empty() || state == "active" || state == "blackhole";
}

/// Adds what belongs to a transit gateway route table; `route_table` is empty if the answer does
/// not say which.
template <class Part>
void add_part(Answer& answer, Part part, std::size_t place, std::string route_table = {}) {
  if (answer.in.ok()) {
    answer.out.loose<Part>().push_back(
        {std::move(route_table), std::move(part), answer.origin(place)});
  }
}

/// The attachments of a list whose State is `state`.
std::vector<std::string> attachments_in_state(Reader& in, std::string_view state) {
  std::vector<std::string> ids;
  in.objects([&] {
    std::string id;
    std::string found(state);
    in.object([&](std::string_view key) {
      if (key == "TransitGatewayAttachmentId") {
        in.read(id);
      } else if (key == "State") {
        in.read(found);
      } else {
        in.skip();
      }
    });
    if (!id.empty() && found == state) {
      ids.push_back(std::move(id));
    }
  });
  std::sort(ids.begin(), ids.end());
  return ids;
}

struct ReferenceDraft {
  std::string route_table;
  TransitGatewayRoute route;
  std::string state;
};

void reference_attachment(Reader& in, ReferenceDraft& row) {
  in.object([&](std::string_view key) {
    if (key == "TransitGatewayAttachmentId") {
      in.read(row.route.attachments.emplace_back());
    } else if (key == "ResourceType") {
      row.route.kind = attachment_kind(in.string().value_or(""));
    } else {
      in.skip();
    }
  });
}

constexpr Field<ReferenceDraft> kReferenceFields[] = {
    {"TransitGatewayRouteTableId", value<&ReferenceDraft::route_table>},
    {"PrefixListId", [](Reader& in, ReferenceDraft& row) { in.read(row.route.prefix_list); }},
    {"State", value<&ReferenceDraft::state>},
    {"Blackhole", [](Reader& in, ReferenceDraft& row) { in.read(row.route.is_blackhole); }},
    {"TransitGatewayAttachment", reference_attachment},
};

}  // namespace

void decode_transit_gateway_routes(Answer& answer) {
  const std::size_t place = answer.in.offset();
  RoutesPart part{.routes = std::vector<TransitGatewayRoute>{}};
  bool is_foreign = false;
  answer.in.objects([&] {
    const std::size_t route_place = answer.in.offset();
    const std::size_t problems = answer.in.problems().size();
    RouteDraft draft;
    read_fields(answer.in, kRouteFields, draft);
    if (!draft.cidr) {
      part.has_more = true;  // the list has a hole
      if (answer.in.problems().size() == problems) {
        answer.in.missing_id(route_place);
        is_foreign = part.routes->empty();
      }
      return;
    }
    if (is_in_force(draft.state)) {
      draft.route.cidr = *draft.cidr;
      draft.route.is_blackhole = draft.state == "blackhole";
      part.routes->push_back(std::move(draft.route));
    }
  });
  if (!is_foreign) {
    add_part(answer, std::move(part), place);
  }
}

void decode_transit_gateway_propagations(Answer& answer) {
  const std::size_t place = answer.in.offset();
  add_part(answer, PropagationsPart{attachments_in_state(answer.in, "enabled")}, place);
}

void decode_transit_gateway_associations(Answer& answer) {
  const std::size_t place = answer.in.offset();
  AssociationsPart part{attachments_in_state(answer.in, "associated")};
  if (!part.attachments.empty()) {
    add_part(answer, std::move(part), place);
  }
}

void decode_transit_gateway_prefix_list_references(Answer& answer) {
  answer.in.objects([&] {
    const std::size_t place = answer.in.offset();
    ReferenceDraft draft;
    read_fields(answer.in, kReferenceFields, draft);
    if (!answer.in.ok() || draft.state == "deleting") {
      return;
    }
    draft.route.is_static = true;
    RoutesPart part;
    part.references.push_back(std::move(draft.route));
    add_part(answer, std::move(part), place, std::move(draft.route_table));
  });
}

}  // namespace portolan::collect
