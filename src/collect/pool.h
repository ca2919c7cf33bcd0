#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "collect/collect.h"
#include "collect/folder.h"

/// Private to the module.
namespace portolan::collect {

struct DocumentName {
  std::string path;
  std::size_t size = 0;  // about, to begin with the biggest
};

/// What is done with the text of a document.
using UseText = std::function<void(std::string_view)>;

/// Gets the text of document `number` and hands it to `use` (not at all if it cannot be had, which
/// goes to the diagnostics). The text may lie in the buffers, which are the thread's own. Called
/// from several threads, once for each document.
using Fetch =
    std::function<void(std::size_t number, ReadBuffers&, Diagnostics&, const UseText& use)>;

/// `decode` for documents that are fetched when their turn comes, so that no more of them is in
/// memory than there are threads. `documents` must be sorted by path.
Decoded decode(const std::vector<DocumentName>& documents, const Fetch& fetch,
               const DecodeOptions& options, int threads);

}  // namespace portolan::collect
