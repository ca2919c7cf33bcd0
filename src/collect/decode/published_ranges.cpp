#include <algorithm>
#include <optional>
#include <utility>

#include "collect/decode/families.h"

namespace portolan::collect {

namespace {

struct RangeDraft {
  std::optional<IpPrefix> block;
  std::string service;
};

constexpr Field<RangeDraft> kRangeFields[] = {
    {"ip_prefix", [](Reader& in, RangeDraft& draft) { draft.block = in.prefix(); }},
    {"ipv6_prefix", [](Reader& in, RangeDraft& draft) { draft.block = in.prefix(); }},
    {"service", value<&RangeDraft::service>},
};

/// The file tells IPv4 and IPv6 apart from one another; the merge makes one row of the two.
/// SOURCE: VPC User Guide, "AWS IP address ranges".
template <std::vector<IpPrefix> PublishedRanges::*Blocks>
void decode(Answer& answer) {
  const std::size_t place = answer.in.offset();
  PublishedRanges row;
  row.id.value = "ip-ranges.json";
  std::vector<IpPrefix>& blocks = row.*Blocks;
  answer.in.objects([&] {
    RangeDraft draft;
    read_fields(answer.in, kRangeFields, draft);
    if (draft.block && draft.service == "EC2") {
      blocks.push_back(*draft.block);
    }
  });
  if (answer.in.ok() && !blocks.empty()) {  // others publish such a file, too
    std::sort(blocks.begin(), blocks.end());
    add_row(answer, std::move(row), place);
  }
}

}  // namespace

void decode_published_ranges_v4(Answer& answer) { decode<&PublishedRanges::ec2_v4>(answer); }

void decode_published_ranges_v6(Answer& answer) { decode<&PublishedRanges::ec2_v6>(answer); }

}  // namespace portolan::collect
