#include <algorithm>
#include <utility>

#include "collect/collect.h"
#include "collect/pool.h"

namespace portolan::collect {

Decoded decode(std::vector<Document> documents, const DecodeOptions& options, int threads) {
  std::sort(documents.begin(), documents.end(), [](const Document& a, const Document& b) {
    return std::tie(a.path, a.bytes) < std::tie(b.path, b.bytes);
  });
  std::vector<DocumentName> names;
  for (const Document& document : documents) {
    names.push_back({document.path, document.bytes.size()});
  }
  const Fetch fetch = [&](std::size_t number, ReadBuffers&, Diagnostics&, const UseText& use) {
    use(documents[number].bytes);
    documents[number].bytes = {};  // no longer needed: the rows have their own strings
  };
  return decode(names, fetch, options, threads);
}

}  // namespace portolan::collect
