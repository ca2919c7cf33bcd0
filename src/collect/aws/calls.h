#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "collect/aws/service.h"

/// Private to the module: the table of all that is ever asked of AWS. What is not in it cannot be
/// sent (`request.h`), and everything in it only reads.
namespace portolan::collect::aws {

/// How a call hands out its answer in pages. Empty names: it does not.
struct Paging {
  std::string_view input;   // parameter that asks for the next page
  std::string_view output;  // member that names the next page
  std::string_view size_name = {};
  int size = 0;
};

/// A call that is made once for each resource that another call tells of.
struct Each {
  std::string_view parameter;  // gets the id, e.g. `TransitGatewayRouteTableId`
  std::string_view action;     // of the same service
  std::string_view list;       // the member of its answer that is walked; of objects or strings
  std::string_view field;      // of each object: the id; empty where the list is of strings
  std::string_view sibling;    // the id stands beside the answer under this name; empty: nowhere
  /// Gets the id that `action` was asked for, e.g. `cluster` of its services; empty: nothing does.
  std::string_view parent = {};
};

/// When a crawl makes a call.
enum class Asked : std::uint8_t { InEachRegion, Once, OnDemand };

struct Call {
  std::string_view service;
  std::string_view action;
  std::string_view result;  // members of which pages are joined, separated by spaces
  const Paging* paging = nullptr;
  /// `Name=value`, separated by `&`; values as they are. For JSON `Name[]` is a list of the one
  /// value, and the value of `Name{}` is JSON itself.
  std::string_view parameters = {};
  const Each* each = nullptr;
  /// Of REST services; `{}` is where the id goes, `{parent}` its parent. What is not a GET begins
  /// with `POST `, and has its parameters in the body.
  std::string_view path = {};
  Asked asked = Asked::InEachRegion;
  double rate_max = 0;  // a second, where AWS allows less than other calls of the service get
};

std::span<const Call> all_calls();
/// True if the call is one of the tables here, and no other one made up.
bool is_in_table(const Call& call);
/// What asks for credentials; they need no permission in the audited account.
const Call& assume_role_call();
const Call& web_identity_call();
/// Null if the table has no such call.
const Call* find_call(std::string_view service, std::string_view action);

/// `ec2 describe-vpcs`, as the AWS CLI is called.
std::string command_of(const Call& call);
/// `ec2-describe-vpcs.json`
std::string file_of(const Call& call);
/// The call after which a file is named, in whatever folder, alone or with what it was asked about:
/// `ec2-describe-vpcs.json`, `mq-describe-broker-b-1234.json.gz`. Null if it is named after none.
const Call* call_of_file(std::string_view path);
/// `ec2:DescribeVpcs`
std::string permission_of(const Call& call);
/// The least IAM policy under which every call of the table is allowed, as JSON.
std::string policy_json();

}  // namespace portolan::collect::aws
