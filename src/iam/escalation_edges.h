#pragma once

#include <array>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "iam/escalation.h"

/// Private to the module: who leads to whom.
namespace portolan::iam {

/// Whether a caller has shown MFA.
inline constexpr std::string_view kDevice = "aws:multifactorauthpresent";
/// Keys that tell where a role's session is from.
inline constexpr std::array<std::string_view, 4> kOrigin = {
    "aws:ec2instancesourcevpc", "aws:ec2instancesourceprivateipv4", "ec2:sourceinstancearn",
    "ec2:roledelivery"};

/// True for a policy that denies and that can be taken from the principal itself, not from a group.
bool is_removable(const Directory& directory, const Principal& who, const Policy& policy,
                  bool is_inline);

/// Adds all edges that leave masks, and the masks that they lead to. Gives up beyond a number.
void find_edges(Escalation& whole, std::span<const EscalationRow> rows);

}  // namespace portolan::iam
