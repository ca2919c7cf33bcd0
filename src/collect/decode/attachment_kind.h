#pragma once

#include <string_view>

#include "model/transit.h"

/// Private to the module.
namespace portolan::collect {

/// What a ResourceType of a transit gateway attachment stands for.
AttachmentKind attachment_kind(std::string_view text);

}  // namespace portolan::collect
