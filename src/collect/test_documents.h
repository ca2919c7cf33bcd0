#pragma once

#include <string>
#include <utility>
#include <vector>

#include "collect/collect.h"

/// For the tests of the module: decoding of texts.
namespace portolan::collect {

/// A place that answers stand for, so that tests need not say it again.
inline const std::string kHere = "123456789012/eu-west-1/";

inline Decoded decode_documents(std::vector<Document> documents,
                                const DecodeOptions& options = {}) {
  return decode(std::move(documents), options, 2);
}

/// Decodes one document of account 123456789012 in eu-west-1.
inline Decoded decode_text(std::string text, const std::string& name = "a.json") {
  return decode_documents({{kHere + name, std::move(text)}});
}

/// `code file#pointer` of each diagnostic.
inline std::vector<std::string> places(const Decoded& decoded) {
  std::vector<std::string> list;
  for (const Diagnostic& diagnostic : decoded.diagnostics.sorted()) {
    std::string file = diagnostic.file;
    if (file.starts_with(kHere)) {
      file.erase(0, kHere.size());
    }
    list.push_back(diagnostic.code + ' ' + file + '#' + diagnostic.pointer);
  }
  return list;
}

/// `code resource` of each gap.
inline std::vector<std::string> gaps(const Decoded& decoded) {
  std::vector<std::string> list;
  for (const Gap& gap : decoded.snapshot.gaps()) {
    list.push_back(gap.code + ' ' + gap.resource);
  }
  return list;
}

/// The row of `Resource` with that id; a default one if it is missing, so that a test fails rather
/// than crashes.
template <class Resource>
const Resource& row(const Decoded& decoded, const std::string& id) {
  static const Resource kMissing{};
  const Resource* found = decoded.snapshot.find(Id<Resource>{id});
  return found == nullptr ? kMissing : *found;
}

}  // namespace portolan::collect
