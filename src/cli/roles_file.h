#pragma once

#include <string>
#include <string_view>

#include "cli/yaml_file.h"
#include "core/result.h"
#include "iam/iam.h"

namespace portolan::cli {

/// Reads who may change what of the network:
///
///     allowed:
///       - principals: [role/network-admin, "arn:aws:iam::*:role/net-*"]
///         resources: [sg-0a1b2c3d]     # ids, names or ARNs; without it all
///         tags: [env=prod]             # as are tags, vpcs, regions
///         actions: [rules]             # rules, attach, delete, tags, or `ec2:Authorize*`
///
/// `*` and `?` stand for any characters; a text stands for a list of one. Error `bad_roles`, with
/// line and advice; its context is `file`.
Result<iam::Intent> parse_roles(std::string_view text, const std::string& file);

/// The list below `allowed`, as other files may hold it, too.
tl::expected<iam::Intent, Fault> roles_of(const YAML::Node& list);

/// The same from a file. Errors also as `read_text`.
Result<iam::Intent> read_roles(const std::string& file);

}  // namespace portolan::cli
