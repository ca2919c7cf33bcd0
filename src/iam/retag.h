#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "iam/who.h"

/// How who may set tags comes to what tags guard.
namespace portolan::iam {

/// A tag that a principal may set or take off, and what it may do then that it may not do before.
struct Retagging {
  std::string what;       // `sg-1 tagged Team=red`, `sg-1 without its tag Team`
  bool is_own = false;    // the tag is the principal's, not the resource's
  std::string action;     // the first that it opens
  std::string condition;  // of setting it, and of the action then; empty if there is none
};

/// The tags that open some of `actions` on `resource` for the principal, each set or taken off by
/// itself, by actions that it may do. Tried are the values that its policies compare tags with, and
/// where they compare a tag of the resource with one of the principal, the value that the other one
/// has. Only tags of EC2's resources and of users and roles are set.
///
/// Cost: (tags tried) x a directory of one principal with one resource.
/// SOURCE: IAM User Guide, "Controlling access using tags"; EC2 API Reference, "CreateTags",
/// "DeleteTags".
std::vector<Retagging> retaggings(const Directory& directory, std::size_t principal,
                                  const Resource& resource,
                                  const std::vector<std::string>& actions);

/// The same for tags that the principal gives its session when it assumes the role: they stand in
/// for those of the role. Empty if no policy of the role asks for its tags.
/// SOURCE: IAM User Guide, "Pass session tags in AWS STS".
std::vector<Retagging> session_taggings(const Directory& directory, std::size_t principal,
                                        std::size_t role, const Resource& resource,
                                        const std::vector<std::string>& actions);

}  // namespace portolan::iam
