#include <algorithm>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "collect/merge/attribution.h"
#include "core/assert.h"

namespace portolan::collect {

namespace {

/// What is known of attachments, by their `tgw-attach-…` id.
struct AttachmentNames {
  std::unordered_map<std::string, std::unordered_set<std::string>> gateways;
  std::unordered_map<std::string, std::unordered_set<std::string>> tables;  // associated

  explicit AttachmentNames(const std::vector<TransitGatewayAttachment>& rows) {
    for (const TransitGatewayAttachment& row : rows) {
      gateways[row.attachment_text()].insert(row.gateway.value);
      if (!row.route_table.empty()) {
        tables[row.attachment_text()].insert(row.route_table.value);
      }
    }
  }
};

const std::vector<std::string>& attachments_of(const PropagationsPart& part) {
  return part.attachments;
}
std::vector<std::string> attachments_of(const RoutesPart& part) {
  std::vector<std::string> ids;
  if (part.routes) {
    for (const TransitGatewayRoute& route : *part.routes) {
      ids.insert(ids.end(), route.attachments.begin(), route.attachments.end());
    }
  }
  return ids;
}

bool is_told(const TransitGatewayRouteTable& table, const RoutesPart&) {
  return table.routes.has_value();
}
bool is_told(const TransitGatewayRouteTable& table, const PropagationsPart&) {
  return table.propagations.has_value();
}
bool is_told(const TransitGatewayRouteTable&, const AssociationsPart&) { return false; }

/// True if every attachment in the part that is known belongs to the table's gateway.
template <class Part>
bool fits(const TransitGatewayRouteTable& table, const Part& part, const AttachmentNames& names) {
  const auto& ids = attachments_of(part);
  return std::all_of(ids.begin(), ids.end(), [&](const std::string& id) {
    const auto found = names.gateways.find(id);
    return found == names.gateways.end() || found->second.contains(table.gateway.value);
  });
}

/// An association says which table: the attachment's own document names it.
bool fits(const TransitGatewayRouteTable& table, const AssociationsPart& part,
          const AttachmentNames& names) {
  return std::all_of(part.attachments.begin(), part.attachments.end(), [&](const std::string& id) {
    const auto found = names.tables.find(id);
    return found == names.tables.end() || found->second.contains(table.id.value);
  });
}

template <class Part>
std::vector<Loose<Part>> attributed(Merge& merge, std::string_view call) {
  std::vector<Loose<Part>> parts = take_parts<Part>(merge);
  auto& tables = merge.inventory.of<TransitGatewayRouteTable>();
  const AttachmentNames attachments(merge.inventory.of<TransitGatewayAttachment>());
  PathNames names;
  for (const TransitGatewayRouteTable& table : tables) {
    names.add(table.id.value, table.owned.name());
  }
  Attribution<Part>{
      .merge = merge,
      .parts = parts,
      .names = names,
      .call = call,
      .resources = tables.size(),
      .candidates =
          [&](const Loose<Part>& part, const Holders& holders) {
            const Listing& listing = merge.listings[part.origin.document];
            std::vector<std::string> ids;
            for (const TransitGatewayRouteTable& table : tables) {
              if (table.owned.account == listing.account && table.owned.region == listing.region &&
                  !is_told(table, part.part) && !holders.contains(table.id.value) &&
                  fits(table, part.part, attachments)) {
                ids.push_back(table.id.value);
              }
            }
            return ids;
          },
      .fits =
          [&](const Loose<Part>& part, const std::string& id) {
            const TransitGatewayRouteTable* table = find_row(tables, id);
            return table != nullptr && fits(*table, part.part, attachments);
          },
  }
      .run();
  add_missing_rows(tables, parts, [&](const Loose<Part>& part) {
    const Listing& listing = merge.listings[part.origin.document];
    TransitGatewayRouteTable table;
    table.id.value = part.holder;
    table.owned.account = listing.account;
    table.owned.region = listing.region;
    return table;
  });
  return parts;
}

/// The row of the table, which is there: `attributed` has made those that were missing.
TransitGatewayRouteTable& row_of(Merge& merge, const std::string& id) {
  TransitGatewayRouteTable* table = find_row(merge.inventory.of<TransitGatewayRouteTable>(), id);
  PORTOLAN_ASSERT(table != nullptr);
  return *table;
}

template <class Value>
void append(std::optional<std::vector<Value>>& list, std::vector<Value>& added) {
  if (!list) {
    list.emplace();
  }
  list->insert(list->end(), std::make_move_iterator(added.begin()),
               std::make_move_iterator(added.end()));
}

template <class Value>
void sort_unique(std::vector<Value>& values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
}

/// The routes that a reference to a prefix list makes: one for each entry of the list.
void add_reference(Merge& merge, TransitGatewayRouteTable& table,
                   const TransitGatewayRoute& reference) {
  const PrefixList* list = find_row(merge.inventory.of<PrefixList>(), reference.prefix_list.value);
  if (list == nullptr || !list->entries) {
    table.has_more_routes = true;
    merge.gap("prefix_list_entries_missing", reference.prefix_list.value,
              "the entries of the prefix list were not collected");
    return;
  }
  for (const PrefixListEntry& entry : *list->entries) {
    TransitGatewayRoute& route = table.routes->emplace_back(reference);
    route.cidr = entry.cidr;
  }
}

using References = std::vector<std::pair<std::string, TransitGatewayRoute>>;

/// References count where the other routes of the table are known; alone they are not its routes.
void add_references(Merge& merge, References& references) {
  for (auto& [holder, reference] : references) {
    TransitGatewayRouteTable* table =
        find_row(merge.inventory.of<TransitGatewayRouteTable>(), holder);
    if (table != nullptr && table->routes) {
      add_reference(merge, *table, reference);
    }
  }
}

void join_routes(Merge& merge) {
  References references;
  for (auto& [holder, part, origin] :
       attributed<RoutesPart>(merge, "ec2 search-transit-gateway-routes")) {
    for (TransitGatewayRoute& reference : part.references) {
      references.emplace_back(holder, std::move(reference));
    }
    if (part.routes) {
      TransitGatewayRouteTable& table = row_of(merge, holder);
      table.has_more_routes |= part.has_more;
      for (TransitGatewayRoute& route : *part.routes) {
        table.routes_include_propagated |= !route.is_static;
        std::sort(route.attachments.begin(), route.attachments.end());
      }
      append(table.routes, *part.routes);
    }
  }
  add_references(merge, references);
}

void join_propagations(Merge& merge) {
  for (auto& [holder, part, origin] :
       attributed<PropagationsPart>(merge, "ec2 get-transit-gateway-route-table-propagations")) {
    append(row_of(merge, holder).propagations, part.attachments);
  }
}

/// Associations are told by the attachments too: only what is missing there is taken.
void join_associations(Merge& merge) {
  for (const auto& [holder, part, origin] :
       attributed<AssociationsPart>(merge, "ec2 get-transit-gateway-route-table-associations")) {
    const TransitGatewayRouteTable& table = row_of(merge, holder);
    for (TransitGatewayAttachment& attachment : merge.inventory.of<TransitGatewayAttachment>()) {
      const bool is_listed = std::binary_search(part.attachments.begin(), part.attachments.end(),
                                                attachment.attachment_text()) &&
                             (table.gateway.empty() || attachment.gateway == table.gateway);
      if (is_listed && attachment.route_table.empty()) {
        attachment.route_table = table.id;
      }
    }
  }
}

void sort_tables(Merge& merge) {
  for (TransitGatewayRouteTable& table : merge.inventory.of<TransitGatewayRouteTable>()) {
    if (table.routes) {
      sort_unique(*table.routes);
    }
    if (table.propagations) {
      sort_unique(*table.propagations);
    }
  }
}

}  // namespace

void join_transit(Merge& merge) {
  join_routes(merge);
  join_propagations(merge);
  join_associations(merge);
  sort_tables(merge);
}

}  // namespace portolan::collect
