#pragma once

#include <string_view>

#include "tools/scenario/estate.h"

namespace portolan::scenario {

/// A route table of the VPC, with its local routes only.
json::object& add_table(Estate& estate, const Thing& self, const Thing& vpc);

/// Makes routes of all options that are left: `10.1.0.0/16=p`, `default=g`, `default6=e`,
/// `pl:lists=t`, each target with `:blackhole` or `:propagated` after it if that is so.
void add_routes(Estate& estate, json::object& table, Arguments& arguments);

/// Ties the table to a subnet (`SubnetId`) or to a gateway (`GatewayId`).
void associate_table(json::object& table, std::string_view member, std::string_view id);

/// What AWS makes with every VPC, where the scenario does not write it: the main table, and the
/// default NACL with all subnets that have no other.
void complete_tables(Estate& estate);
void complete_acls(Estate& estate);

}  // namespace portolan::scenario
