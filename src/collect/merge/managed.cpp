#include <algorithm>
#include <utility>

#include "collect/merge/attribution.h"

namespace portolan::collect {

namespace {

Owned owned_by(const Merge& merge, const Origin& origin) {
  const Listing& listing = merge.listings[origin.document];
  return {.account = listing.account, .region = listing.region, .tags = {}};
}

template <class Value>
void sort_apart(std::vector<Value>& values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
}

/// Finds out whose a part is, by the path or because only one row of its place is without.
template <class Row, class Part>
void attribute(Merge& merge, std::vector<Loose<Part>>& parts, const PathNames& names,
               std::string_view call) {
  const auto& rows = merge.inventory.of<Row>();
  Attribution<Part>{
      .merge = merge,
      .parts = parts,
      .names = names,
      .call = call,
      .resources = rows.size(),
      .candidates =
          [&](const Loose<Part>& part, const Holders& holders) {
            const Listing& listing = merge.listings[part.origin.document];
            std::vector<std::string> ids;
            for (const Row& row : rows) {
              if (!holders.contains(row.id.value) && row.owned.account == listing.account &&
                  row.owned.region == listing.region) {
                ids.push_back(row.id.value);
              }
            }
            return ids;
          },
      .fits = [](const Loose<Part>&, const std::string&) { return true; },
  }
      .run();
}

void join_versions(Merge& merge) {
  auto& rows = merge.inventory.of<LaunchTemplate>();
  auto parts = take_parts<VersionPart>(merge);
  add_missing_rows(rows, parts, [&](const Loose<VersionPart>& part) {
    return LaunchTemplate{.id = {part.holder},
                          .owned = owned_by(merge, part.origin),
                          .template_name = part.part.template_name};
  });
  for (auto& [holder, part, origin] : parts) {
    find_row(rows, holder)->versions.push_back(std::move(part.version));
  }
  for (LaunchTemplate& row : rows) {
    sort_apart(row.versions);
  }
}

void join_web_acls(Merge& merge) {
  auto& rows = merge.inventory.of<WebAcl>();
  auto parts = take_parts<ProtectedPart>(merge);
  PathNames names;
  for (const WebAcl& row : rows) {
    names.add(row.id.value, row.acl_name);
  }
  attribute<WebAcl>(merge, parts, names, "wafv2 list-resources-for-web-acl");
  for (auto& [holder, part, origin] : parts) {
    if (WebAcl* row = find_row(rows, holder)) {
      auto& resources = row->resources ? *row->resources : row->resources.emplace();
      resources.insert(resources.end(), part.balancers.begin(), part.balancers.end());
      sort_apart(resources);
    }
  }
}

void join_authorizations(Merge& merge) {
  auto& rows = merge.inventory.of<ClientVpnEndpoint>();
  auto parts = take_parts<AuthorizationsPart>(merge);
  PathNames names;
  for (const ClientVpnEndpoint& row : rows) {
    names.add(row.id.value, {});
  }
  attribute<ClientVpnEndpoint>(merge, parts, names, "ec2 describe-client-vpn-authorization-rules");
  add_missing_rows(rows, parts, [&](const Loose<AuthorizationsPart>& part) {
    return ClientVpnEndpoint{.id = {part.holder}, .owned = owned_by(merge, part.origin)};
  });
  for (auto& [holder, part, origin] : parts) {
    ClientVpnEndpoint& row = *find_row(rows, holder);
    auto& all = row.authorizations ? *row.authorizations : row.authorizations.emplace();
    all.insert(all.end(), part.authorizations.begin(), part.authorizations.end());
    sort_apart(all);
  }
}

}  // namespace

void join_managed(Merge& merge) {
  join_versions(merge);
  join_web_acls(merge);
  join_authorizations(merge);
}

}  // namespace portolan::collect
