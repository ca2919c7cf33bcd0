#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/name.h"
#include "iam/actions.h"
#include "iam/directory.h"

namespace portolan::iam {

/// Something that can be changed, and what conditions may ask about it.
struct Resource {
  Arn arn;
  Tags tags;
  Tags keys;         // condition keys of its own: `ec2:Vpc` with the ARN of the VPC
  std::string name;  // for people; may be empty
  /// Policies cannot name it: actions on it take no resource, so that only `*` covers them. Its ARN
  /// is made up, for us to tell it from others.
  bool is_nameless = false;
  std::string unknown;  // what is not known of it and may matter, in words; may be empty

  friend bool operator==(const Resource&, const Resource&) = default;
};

/// An instance whose metadata service hands out sessions of a role.
struct RoleInstance {
  Resource resource;
  std::string profile;  // ARN
  std::string vpc;      // id; empty if not known
};

/// A security group as conditions see it.
/// SOURCE: Service Authorization Reference, "Condition keys for Amazon EC2": ec2:Vpc is an ARN.
Resource security_group(const Arn& arn, std::string_view vpc_id, Tags tags);

/// Condition keys that the resource decides when the action is called on it; only those that the
/// action supports. With two tags that differ in case only and in value, the key is ambiguous.
Context context_of(const Resource& resource, const ActionRow* action);
/// True if the action is called on such a resource.
bool takes(const ActionRow& action, const Resource& resource);

/// True for a key that `context_of` a resource decides, whether it is present or not.
bool is_resource_key(const Resource& resource, std::string_view key);

/// The request of a principal for an action on a resource. `open` holds what the caller, the place
/// and the time decide; of it, too, only supported keys count.
Request request_of(const Directory& directory, const Principal& principal, std::string_view action,
                   const Resource& resource, const Context& open);

}  // namespace portolan::iam
