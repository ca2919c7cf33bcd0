#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

/// Private to the module: how each service of AWS is spoken to.
namespace portolan::collect::aws {

enum class Protocol : std::uint8_t {
  Ec2,       // POST form, XML back, lists without `member`
  Query,     // POST form, XML back
  Json,      // POST JSON, JSON back, the action in a header
  RestJson,  // GET with a query (or POST JSON), JSON back, the action in the path
  S3         // GET, XML or bytes back; see `s3.h`
};

/// Where the endpoints of a service are.
enum class Scope : std::uint8_t { Regional, Global };

struct Service {
  std::string_view name;      // as the AWS CLI calls it
  std::string_view endpoint;  // first label of the host
  std::string_view signing;   // as the signature names it
  std::string_view iam;       // as policies name it
  /// As variables name it, `AWS_ENDPOINT_URL_…`: the service id of the SDKs in capitals.
  /// SOURCE: AWS SDKs and Tools Reference Guide, "Identifiers for service-specific endpoints".
  std::string_view variable;
  Protocol protocol = Protocol::Query;
  std::string_view version;  // API version; for `Json` the prefix of the target
  Scope scope = Scope::Regional;
  std::string_view json_version = {};
};

/// Null if there is no such service.
const Service* find_service(std::string_view name);
std::span<const Service> all_services();

/// `https://ec2.eu-west-1.amazonaws.com`: AWS's own endpoint, also in other partitions.
std::string endpoint_of(const Service& service, std::string_view region);
/// The region that a global service is signed for, in the partition of `region`.
std::string_view global_region(std::string_view region);

}  // namespace portolan::collect::aws
