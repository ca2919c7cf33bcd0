#pragma once

#include <string>
#include <string_view>

#include "model/finding.h"

/// Private to the module: what other tools call an AWS resource of which we know the id.
namespace portolan::report {

struct AwsResource {
  std::string arn;                  // the id itself where the kind is not known
  std::string_view cloudformation;  // `AWS::EC2::SecurityGroup`, or `Other`
  std::string_view asff;            // `AwsEc2SecurityGroup`, or `Other`
};

/// The resource `id` (or ARN) that stands in the account and region of `finding`.
AwsResource aws_resource(const Finding& finding, std::string_view id);

/// `aws`, `aws-cn`, `aws-us-gov` …
std::string_view partition_of(const Region& region);

}  // namespace portolan::report
