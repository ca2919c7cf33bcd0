#include "collect/merge/merge.h"

namespace portolan::collect {

void Merge::warn(std::string_view code, std::string message, const std::string& file,
                 const std::string& resource) {
  diagnostics.add({.severity = Severity::Warning,
                   .code = std::string(code),
                   .message = std::move(message),
                   .file = file,
                   .resource = resource});
}

void Merge::gap(std::string_view code, const std::string& resource, std::string_view message) {
  inventory.gaps.push_back(
      {.code = std::string(code), .resource = resource, .message = std::string(message)});
}

void merge(Merge& merge, const DecodeOptions& options) {
  fill_owners(merge, options);
  fill_coverage(merge);
  for (Harvest& harvest : merge.harvests) {
    auto& gaps = merge.inventory.gaps;
    auto& mentions = merge.inventory.mentions;
    gaps.insert(gaps.end(), harvest.gaps.begin(), harvest.gaps.end());
    mentions.insert(mentions.end(), std::make_move_iterator(harvest.mentions.begin()),
                    std::make_move_iterator(harvest.mentions.end()));
  }
  merge_tables(merge);
  join_groups(merge);
  join_interfaces(merge);
  join_prefix_lists(merge);
  join_transit(merge);
  join_balancers(merge);
  join_trails(merge);
  join_managed(merge);
}

}  // namespace portolan::collect
