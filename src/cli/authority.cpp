#include "cli/authority.h"

#include <cstddef>
#include <vector>

#include "cli/problems.h"
#include "collect/select.h"

namespace portolan::cli {
namespace {

constexpr std::size_t kShownProblems = 20;

}  // namespace

Result<AuthorityRead> load_authority(const std::string& source, const Invocation& invocation,
                                     Terminal& terminal) {
  AuthorityRead read;
  if (!source.starts_with("aws:")) {
    const collect::Folder folder = TRY(collect::read_selected(source, iam::mentions_authority));
    std::vector<iam::AuthorityDocument> documents;
    for (const collect::Document& document : folder.documents) {
      documents.push_back({.path = document.path, .bytes = document.bytes});
    }
    iam::read_documents(documents, read.directory, read.diagnostics);
  }
  if (invocation.has("no-organization")) {
    read.directory.has_no_organization = true;
  }
  if (!terminal.is_quiet()) {
    list_problems(read.diagnostics, kShownProblems, "fix these first", terminal);
  }
  return read;
}

}  // namespace portolan::cli
