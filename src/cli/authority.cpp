#include "cli/authority.h"

#include <cstddef>
#include <vector>

#include "cli/problems.h"

namespace portolan::cli {
namespace {

constexpr std::size_t kShownProblems = 20;

}  // namespace

checks::Authority authority_of(const AuthorityRead& read,
                               const std::optional<iam::Intent>& allowed) {
  return {.directory = read.is_empty() ? nullptr : &read.directory,
          .allowed = allowed ? &*allowed : nullptr};
}

AuthorityRead read_authority(const Source& source, const Invocation& invocation,
                             Terminal& terminal) {
  AuthorityRead read;
  std::vector<iam::AuthorityDocument> documents;
  for (const collect::Document& document : source.decoded.kept) {
    documents.push_back({.path = document.path, .bytes = document.bytes});
  }
  iam::read_documents(documents, read.directory, read.diagnostics);
  if (invocation.has("no-organization")) {
    read.directory.has_no_organization = true;
  }
  if (!terminal.is_quiet()) {
    list_problems(read.diagnostics, kShownProblems, "fix these first", terminal);
  }
  return read;
}

}  // namespace portolan::cli
