#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
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

/// Gives each of `parts` without a holder the one that its document's path names and that it fits;
/// else, if only one resource that lacks such a part fits it (and no other part fits that
/// resource), that one. Those for which nothing is found are reported and removed.
template <class Part>
struct Attribution {
  Merge& merge;
  std::vector<Loose<Part>>& parts;
  const PathNames& names;
  std::string_view call;  // for the message
  /// The ids of resources that lack the part and fit it, in the part's account and region.
  std::function<std::vector<std::string>(const Loose<Part>&)> candidates;
  /// True if the part can be that resource's.
  std::function<bool(const Loose<Part>&, const std::string&)> fits;

  void run() {
    by_path();
    by_elimination();
    report_rest();
  }

 private:
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

  /// Each round may leave less to choose from for those that remain.
  void by_elimination() {
    static constexpr int kRoundsMax = 16;
    bool is_changed = true;
    for (int round = 0; round < kRoundsMax && is_changed; ++round) {
      is_changed = false;
      std::unordered_map<std::string, std::vector<Loose<Part>*>> claims;
      for (Loose<Part>& part : parts) {
        if (part.holder.empty()) {
          const auto ids = candidates(part);
          if (ids.size() == 1) {
            claims[ids.front()].push_back(&part);
          }
        }
      }
      for (const auto& [id, claimants] : claims) {
        if (claimants.size() == 1) {
          claimants.front()->holder = id;
          is_changed = true;
        }
      }
    }
  }

  void report_rest() {
    std::erase_if(parts, [this](const Loose<Part>& part) {
      if (!part.holder.empty()) {
        return false;
      }
      const std::string& path = merge.paths[part.origin.document];
      merge.warn("unattributed_document",
                 "nothing tells which resource this answers for: put its id into the file's name",
                 path, std::string(call));
      merge.gap("unattributed_document", path, std::string(call) + " of an unknown resource");
      return true;
    });
  }
};

}  // namespace portolan::collect
