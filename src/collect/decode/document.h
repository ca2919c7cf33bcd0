#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "collect/decode/harvest.h"
#include "collect/json/tokens.h"

/// Private to the module.
namespace portolan::collect {

/// Reads one document: an answer of AWS, an array of answers, or several of these one after the
/// other. Problems stay in the harvest. Pure.
Harvest read_document(std::string_view text, const std::string& path, std::uint32_t number,
                      TokenIndexer& indexer);

}  // namespace portolan::collect
