#pragma once

#include <set>
#include <string>
#include <vector>

#include "collect/aws/client.h"
#include "collect/live.h"

/// Private to the module: what a crawl got and what it did not.
namespace portolan::collect::aws {

struct ManifestEntry {
  std::string call;  // `ec2 describe-vpcs`
  std::string account;
  std::string region;
  std::string file;  // empty if there is none
  Outcome outcome = Outcome::Failed;
  std::size_t items = 0;
  std::string code;
  std::string message;
  std::set<std::string> hidden = {};  // members whose values are left out of the file
};

/// `portolan-manifest.json`; one that is not complete tells that the crawl goes on or was killed.
Document manifest_document(const std::vector<ManifestEntry>& entries, bool is_complete);
LiveSummary sum_up(const std::vector<ManifestEntry>& entries);

}  // namespace portolan::collect::aws
