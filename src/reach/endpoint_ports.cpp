#include "reach/endpoint_ports.h"

#include <array>

namespace portolan::reach {

namespace {

struct Row {
  std::string_view ending;  // of the service's name
  std::string_view services;
};

/// The services that answer on other ports than tcp/443 alone, each by its own guide.
constexpr std::array<Row, 10> kRows{{
    {".appstream.streaming", "tcp/443,1400-1499"},  // AppStream 2.0, "Interface VPC endpoints"
    {".cassandra", "tcp/443,9142"},                 // Keyspaces, "Service endpoints"
    {".cassandra-fips", "tcp/443,9142"},
    {".datasync", "tcp/443,1024-1064"},           // DataSync, "Network requirements"
    {".email-smtp", "tcp/25,465,587,2465,2587"},  // SES, "Connecting to an SMTP endpoint"
    {".greengrass", "tcp/443,8443"},              // IoT Greengrass, "Allow device traffic"
    {".iot.data", "tcp/443,8443,8883"},           // IoT Core, "Device communication protocols"
    {".s3", "tcp/80,443"},                        // S3, "AWS PrivateLink for Amazon S3"
    {".storagegateway", "tcp/443,1026-1028,1031,2222"},  // Storage Gateway, "Port requirements"
    {".transfer.server", "tcp/21-22,990,8192-8200"},     // Transfer Family, "Create a server"
}};

}  // namespace

ServiceSet aws_service_ports(std::string_view service_name) {
  for (const Row& row : kRows) {
    if (service_name.ends_with(row.ending)) {
      return ServiceSet::parse(row.services).value_or(ServiceSet{});
    }
  }
  return ServiceSet::tcp(443);
}

}  // namespace portolan::reach
