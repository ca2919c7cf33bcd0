#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "iam/request.h"

namespace portolan::iam {

/// True for a text with `*` or `?`: it stands for all resources that it matches.
bool is_resource_pattern(std::string_view resource);

/// ARNs that the request's resource, a pattern, matches: so many that whatever ARN it matches, all
/// policies say the same of it as of one of these. Nothing if there are too many.
/// Cost: as `engine::sample_texts` of the patterns of all statements.
std::optional<std::vector<std::string>> sample_resources(const Request& request,
                                                         const Authority& authority);

}  // namespace portolan::iam
