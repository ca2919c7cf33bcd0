#pragma once

#include <algorithm>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "collect/merge/merge.h"

/// Private to the module: whose an answer is that does not say it, because the id was an argument
/// of the call.
namespace portolan::collect {

/// Finds the resource that the path of a document names, by its id, its ARN's last part or its
/// name.
class PathNames {
 public:
  /// `name` may be empty. A name that two resources have names neither.
  void add(std::string_view id, std::string_view name);
  /// The id of the resource with the longest name in the path; empty if there is none.
  [[nodiscard]] std::string find(std::string_view path) const;

 private:
  void add_name(std::string name, std::string_view id);

  std::unordered_map<std::string, std::string> ids_;
};

/// The ids of resources that have the part already.
using Holders = std::unordered_set<std::string>;

/// Gives each of `parts` without a holder the one that its document's path names and that it fits;
/// else, if only one resource that lacks such a part fits it (and no other part fits that
/// resource), that one. Those for which nothing is found are reported and removed.
template <class Part>
struct Attribution {
  Merge& merge;
  std::vector<Loose<Part>>& parts;
  const PathNames& names;
  std::string_view call;      // for the message
  std::size_t resources = 0;  // how many there are to choose from
  /// The ids of resources that lack the part (and are no holders) and fit it, in the part's account
  /// and region.
  std::function<std::vector<std::string>(const Loose<Part>&, const Holders&)> candidates;
  /// True if the part can be that resource's.
  std::function<bool(const Loose<Part>&, const std::string&)> fits;

  void run() {
    by_path();
    by_elimination();
    report_rest();
  }

 private:
  /// Who leaves more than this many pairs to be tried has to name the ids.
  static constexpr std::size_t kPairsMax = 4'000'000;

  void by_path() {
    for (Loose<Part>& part : parts) {
      if (part.holder.empty()) {
        std::string id = names.find(merge.paths[part.origin.document]);
        if (!id.empty() && fits(part, id)) {
          part.holder = std::move(id);
        }
      }
    }
  }

  [[nodiscard]] std::size_t unattributed() const {
    return static_cast<std::size_t>(std::count_if(
        parts.begin(), parts.end(), [](const Loose<Part>& part) { return part.holder.empty(); }));
  }

  /// Each round may leave less to choose from for those that remain.
  void by_elimination() {
    static constexpr int kRoundsMax = 16;
    const bool is_affordable = unattributed() <= kPairsMax / std::max<std::size_t>(resources, 1);
    for (int round = 0; is_affordable && round < kRoundsMax; ++round) {
      if (!eliminate()) {
        return;
      }
    }
  }

  /// One round; false if nothing was found.
  bool eliminate() {
    Holders holders;
    for (const Loose<Part>& part : parts) {
      holders.insert(part.holder);
    }
    std::unordered_map<std::string, std::vector<Loose<Part>*>> claims;
    for (Loose<Part>& part : parts) {
      if (part.holder.empty()) {
        const auto ids = candidates(part, holders);
        if (ids.size() == 1) {
          claims[ids.front()].push_back(&part);
        }
      }
    }
    bool is_changed = false;
    for (const auto& [id, claimants] : claims) {
      if (claimants.size() == 1) {
        claimants.front()->holder = id;
        is_changed = true;
      }
    }
    return is_changed;
  }

  void report_rest() {
    std::optional<std::size_t> reported;
    std::erase_if(parts, [&](const Loose<Part>& part) {
      if (part.holder.empty() && reported != part.origin.document) {
        reported = part.origin.document;
        const std::string& path = merge.paths[part.origin.document];
        merge.warn("unattributed_document",
                   "nothing tells which resource this answers for: put its id into the file's name",
                   path, std::string(call));
        merge.gap("unattributed_document", path, std::string(call) + " of an unknown resource");
      }
      return part.holder.empty();
    });
  }
};

/// Makes rows for holders that no document describes, all at once: `make(part)` makes one.
template <class Row, class Part, class Make>
void add_missing_rows(std::vector<Row>& rows, const std::vector<Loose<Part>>& parts, Make&& make) {
  std::unordered_set<std::string_view> seen;
  std::vector<Row> added;
  for (const Loose<Part>& part : parts) {
    if (find_row(rows, part.holder) == nullptr && seen.insert(part.holder).second) {
      added.push_back(make(part));
    }
  }
  add_rows(rows, std::move(added));
}

}  // namespace portolan::collect
