#pragma once

#include <compare>
#include <optional>
#include <string>
#include <vector>

#include "model/compute.h"

/// What instances are started from.
namespace portolan {

struct LaunchTemplate;
struct AutoScalingGroup;
struct MetadataDefaults;
/// `lt-…`, or the ARN of a launch configuration.
using LaunchTemplateId = Id<LaunchTemplate>;
/// The ARN.
using AutoScalingGroupId = Id<AutoScalingGroup>;
/// `ACCOUNT/REGION`: there is one setting per account and region.
using MetadataDefaultsId = Id<MetadataDefaults>;

/// SOURCE: EC2 API, LaunchTemplateVersion; Auto Scaling API, LaunchConfiguration.
struct LaunchVersion {
  int number = 0;
  bool is_default = false;
  MetadataOptions metadata;                // absent members are left to the AMI and the account
  std::optional<bool> has_public_address;  // AssociatePublicIpAddress; absent: as the subnet says
  std::vector<SecurityGroupId> groups;     // sorted
  friend auto operator<=>(const LaunchVersion&, const LaunchVersion&) = default;
};

/// A launch template, or a launch configuration, which has one version.
struct LaunchTemplate {
  LaunchTemplateId id;
  Owned owned;
  std::string template_name;
  bool is_configuration = false;
  int latest = 0;                       // number of the latest version; 0: not told
  std::vector<LaunchVersion> versions;  // those that were collected, sorted
  friend auto operator<=>(const LaunchTemplate&, const LaunchTemplate&) = default;
};

/// A launch template as a group names it.
struct LaunchUse {
  std::string id;       // either may be empty
  std::string name;     // also of a launch configuration
  std::string version;  // a number, `$Latest`, `$Default` or empty (the default)
  friend auto operator<=>(const LaunchUse&, const LaunchUse&) = default;
};

/// SOURCE: Auto Scaling API, AutoScalingGroup.
struct AutoScalingGroup {
  AutoScalingGroupId id;
  Owned owned;
  std::string group_name;
  std::vector<LaunchUse> launches;  // sorted
  friend auto operator<=>(const AutoScalingGroup&, const AutoScalingGroup&) = default;
};

/// SOURCE: EC2 API, InstanceMetadataDefaultsResponse.
struct MetadataDefaults {
  MetadataDefaultsId id;
  Owned owned;
  MetadataOptions options;  // absent members: no preference
  friend auto operator<=>(const MetadataDefaults&, const MetadataDefaults&) = default;
};

}  // namespace portolan
