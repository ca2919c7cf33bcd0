#pragma once

#include <vector>

#include "collect/collect.h"
#include "tools/scenario/estate.h"

namespace portolan::scenario {

/// Writes the estate as the AWS CLI would: for each account and region one document of each kind,
/// also where there is nothing of it, for an empty answer is knowledge.
void append_documents(const Estate& estate, std::vector<collect::Document>& documents);

}  // namespace portolan::scenario
