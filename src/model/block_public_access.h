#pragma once

#include <compare>
#include <cstdint>
#include <string>

#include "model/tags.h"

namespace portolan {

struct BlockPublicAccess;
struct BlockPublicAccessExclusion;
/// `ACCOUNT/REGION`: there is one setting per account and region.
using BlockPublicAccessId = Id<BlockPublicAccess>;
using BlockPublicAccessExclusionId = Id<BlockPublicAccessExclusion>;

enum class BlockMode : std::uint8_t { Off, Bidirectional, Ingress };

/// SOURCE: EC2 API, VpcBlockPublicAccessOptions.
struct BlockPublicAccess {
  BlockPublicAccessId id;
  Owned owned;
  BlockMode mode = BlockMode::Off;
  bool exclusions_allowed = true;
  friend auto operator<=>(const BlockPublicAccess&, const BlockPublicAccess&) = default;
};

/// SOURCE: EC2 API, VpcBlockPublicAccessExclusion. Only completed ones count.
struct BlockPublicAccessExclusion {
  BlockPublicAccessExclusionId id;
  Owned owned;
  std::string resource;         // vpc-… or subnet-…
  bool allows_ingress = false;  // allow-bidirectional; otherwise allow-egress
  bool is_active = true;        // create-complete or update-complete
  friend auto operator<=>(const BlockPublicAccessExclusion&,
                          const BlockPublicAccessExclusion&) = default;
};

}  // namespace portolan
