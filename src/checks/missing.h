#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "checks/check.h"
#include "checks/finding_text.h"
#include "model/gap.h"

/// Private to the module: what a check says where the documents are missing that it would judge.
namespace portolan::checks {

/// A kind of document without which a check cannot answer.
struct Need {
  std::string_view check;
  Noun noun;
  Risk risk;                // of what it might have found
  std::string_view unsaid;  // "whether its ports are closed is not known"
};

/// `ec2 describe-vpcs was not collected for 111122223333 in eu-west-1`.
std::string not_collected(Noun noun, const Owned& owned);

/// The kind of document was not read for the account and region of the row.
bool is_missing(const Context& context, Noun noun, const Owned& owned);

/// Unknown, for want of a whole kind of document.
Finding unread(Finding finding, const Need& need);

/// Unknown about each row (a VPC mostly) that stands where that kind of document was not read.
template <class Row>
void ask_for(const Context& context, const Need& need, std::vector<Finding>& findings) {
  for (const Row& row : context.snapshot().all<Row>()) {
    if (is_missing(context, need.noun, row.owned)) {
      findings.push_back(unread(about(need.check, row), need));
    }
  }
}

/// True if the decoder noted such a gap about the resource. Cost: logarithmic.
bool has_gap(const Snapshot& snapshot, std::string_view code, std::string_view resource);

}  // namespace portolan::checks
