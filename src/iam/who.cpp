#include "iam/who.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "iam/engine/compiler.h"
#include "iam/engine/judge.h"

namespace portolan::iam {
namespace {

using engine::Bits;
using engine::Guard;
using engine::GuardedRows;
using engine::Guards;

/// A condition and the rows that it is of; equal sets of rows are kept once.
struct Part {
  std::uint32_t rows = 0;
  Guard guard = engine::kNever;
  Verdict verdict = Verdict::Never;
};
using Parts = std::vector<Part>;

Verdict verdict_of(const engine::Judgement& judgement) {
  if (judgement.is_given_up) {
    return Verdict::Unknown;
  }
  if (judgement.some_yes) {
    return judgement.some_no || judgement.some_unknown ? Verdict::Possible : Verdict::Always;
  }
  return judgement.some_unknown ? Verdict::Unknown : Verdict::Never;
}

/// `loadbalancer` of `loadbalancer/app/`: types that begin alike are alternatives of each other.
std::string_view first_word(std::string_view stem) { return stem.substr(0, stem.find('/')); }

/// The uses of resources that a call needs beside the one asked about.
std::vector<const ResourceUse*> also_needed(const ActionRow& action, const ResourceUse* asked) {
  std::vector<const ResourceUse*> needed;
  for (const ResourceUse& use : uses_of(action)) {
    const bool is_other =
        asked == nullptr || first_word(type_of(use).stem) != first_word(type_of(*asked).stem);
    if (use.is_required && is_other) {
      needed.push_back(&use);
    }
  }
  return needed;
}

/// Rows whose calls need the same beside them.
struct Company {
  struct Partner {
    std::string_view type;
    Bits rows;  // of that type in the same account and region; none: not asked about
  };
  Bits rows;
  std::vector<Partner> partners;
};

}  // namespace

class Who::Impl {
 public:
  Impl(const Directory& directory, std::vector<Resource> resources,
       std::vector<std::string> actions)
      : directory_(directory), universe_(std::move(resources)), actions_(std::move(actions)) {
    for (const std::string& action : actions_) {
      asked_.push_back({.name = folded(action), .row = find_action(action)});
    }
    std::unordered_map<std::string, std::size_t> known;
    engine::Compiler compiler(directory_, universe_, guards_);
    for (const Principal& principal : directory_.principals) {
      compiler.expect(authority_of(directory_, principal));
    }
    for (std::size_t i = 0; i < directory_.principals.size(); ++i) {
      const Principal& principal = directory_.principals[i];
      const Authority authority = authority_of(directory_, principal);
      const auto [place, is_new] =
          known.emplace(compiler.signature(principal, authority), profiles_.size());
      profile_of_.push_back(place->second);
      if (is_new) {
        profiles_.push_back(compile(principal, authority, compiler));
        members_.emplace_back();
      }
      members_[place->second].push_back(i);
    }
  }

  [[nodiscard]] const std::vector<Resource>& resources() const { return universe_.resources(); }
  [[nodiscard]] const std::vector<std::string>& actions() const { return actions_; }

  [[nodiscard]] const Part* find(std::size_t principal, std::size_t action,
                                 std::size_t resource) const {
    for (const Part& part : profiles_[profile_of_[principal]][action]) {
      if (rows_[part.rows]->test(resource)) {
        return &part;
      }
    }
    return nullptr;
  }

  [[nodiscard]] Truth under(std::size_t principal, std::size_t action, std::size_t resource,
                            const Context& open) const {
    const Part* part = find(principal, action, resource);
    return part == nullptr ? Truth::No : guards_.value(part->guard, open);
  }

  Answer explain(std::size_t principal, std::size_t action, std::size_t resource) {
    const Part* part = find(principal, action, resource);
    if (part == nullptr || part->verdict == Verdict::Never) {
      return {};
    }
    const Principal& who = directory_.principals[principal];
    Answer answer{.verdict = part->verdict};
    for (const Guard each : guards_.below(part->guard)) {
      if (guards_.node(each).kind == Guards::Kind::Unknown) {
        answer.reasons.push_back(guards_.reason_of(guards_.node(each)));
      }
    }
    const engine::Judgement& judgement = judge_.judge(part->guard, who.caller.kind);
    if (judgement.is_given_up) {
      answer.reasons.emplace_back("the conditions tell apart too many cases");
    }
    std::ranges::sort(answer.reasons);
    if (answer.verdict == Verdict::Unknown) {
      return answer;
    }
    if (answer.verdict == Verdict::Possible) {
      answer.condition = guards_.text(part->guard);
      answer.condition_json = guards_.json(part->guard);
      answer.keys = guards_.keys(part->guard);
    }
    answer.witness =
        request_of(directory_, who, actions_[action], resources()[resource], judgement.witness);
    answer.decision = decide(*answer.witness, authority_of(directory_, who, *answer.witness));
    return answer;
  }

  [[nodiscard]] std::vector<Grant> of_resource(std::size_t resource) const {
    std::vector<Grant> grants;
    for (std::size_t profile = 0; profile < profiles_.size(); ++profile) {
      for (std::size_t action = 0; action < actions_.size(); ++action) {
        for (const Part& part : profiles_[profile][action]) {
          if (part.verdict != Verdict::Never && rows_[part.rows]->test(resource)) {
            for (const std::size_t principal : members_[profile]) {
              grants.push_back({principal, action, part.verdict});
            }
          }
        }
      }
    }
    std::ranges::sort(grants);
    return grants;
  }

  [[nodiscard]] Totals totals() const {
    Totals totals;
    for (std::size_t profile = 0; profile < profiles_.size(); ++profile) {
      const std::uint64_t members = members_[profile].size();
      for (const Parts& parts : profiles_[profile]) {
        std::uint64_t rest = universe_.size();
        for (const Part& part : parts) {
          const std::uint64_t rows = counts_[part.rows];
          if (part.verdict != Verdict::Never) {
            rest -= rows;
            (part.verdict == Verdict::Always     ? totals.always
             : part.verdict == Verdict::Possible ? totals.possible
                                                 : totals.unknown) += rows * members;
          }
        }
        totals.never += rest * members;
      }
    }
    return totals;
  }

 private:
  std::vector<Parts> compile(const Principal& principal, const Authority& authority,
                             engine::Compiler& compiler) {
    std::vector<Parts> profile;
    const Context context = context_of(directory_, principal);
    for (const engine::Asked& asked : asked_) {
      const GuardedRows allowed =
          in_company(compiler.allowed(principal, context, authority, asked), asked);
      Parts& parts = profile.emplace_back();
      for (const auto& piece : allowed.pieces()) {
        const auto& judgement = judge_.judge(piece.guard, principal.caller.kind);
        parts.push_back({number_of(piece.rows), piece.guard, verdict_of(judgement)});
      }
    }
    return profile;
  }

  /// A call may need other resources too: some of those that are there must be allowed with it. If
  /// there are none of that type, it is not known whether they allow it.
  GuardedRows in_company(GuardedRows allowed, const engine::Asked& asked) {
    const std::vector<Company>& companies = companies_of(asked);
    if (companies.empty() || allowed.empty()) {
      return allowed;
    }
    GuardedRows result;
    Bits alone = universe_.all();
    for (const Company& company : companies) {
      alone -= company.rows;
      Guard rest = engine::kAlways;
      for (const Company::Partner& partner : company.partners) {
        rest = guards_.both(rest, some_of(allowed, partner));
      }
      for (const auto& piece : allowed.pieces()) {
        result.add(piece.rows & company.rows, guards_.both(piece.guard, rest));
      }
    }
    for (const auto& piece : allowed.pieces()) {
      result.add(piece.rows & alone, piece.guard);
    }
    return result;
  }

  Guard some_of(const GuardedRows& allowed, const Company::Partner& partner) {
    if (partner.rows.none()) {
      return guards_.unknown(
          fmt::format("the call needs {} too, which was not judged", partner.type));
    }
    Guard some = engine::kNever;
    for (const auto& piece : allowed.pieces()) {
      if (piece.rows.meets(partner.rows)) {
        some = guards_.either(some, piece.guard);
      }
    }
    return some;
  }

  const std::vector<Company>& companies_of(const engine::Asked& asked) {
    const auto [place, is_new] = companies_.try_emplace(asked.name);
    if (!is_new || asked.row == nullptr) {
      return place->second;
    }
    using Key = std::tuple<const ResourceUse*, std::string_view, std::string_view>;
    std::map<Key, Bits> rows;  // by use, account and region
    for (std::size_t row = 0; row < universe_.size(); ++row) {
      const Arn& arn = resources()[row].arn;
      const ResourceUse* use = find_use(*asked.row, arn.text());
      rows.try_emplace({use, arn.account(), arn.region()}, universe_.none()).first->second.set(row);
    }
    for (const auto& [key, set] : rows) {
      const auto& [use, account, region] = key;
      Company company{.rows = set};
      for (const ResourceUse* needed : also_needed(*asked.row, use)) {
        const auto partner = rows.find({needed, account, region});
        company.partners.push_back(
            {type_of(*needed).name, partner == rows.end() ? universe_.none() : partner->second});
      }
      if (!company.partners.empty()) {
        place->second.push_back(std::move(company));
      }
    }
    return place->second;
  }

  std::uint32_t number_of(const Bits& rows) {
    const auto [place, is_new] = numbers_.emplace(rows, static_cast<std::uint32_t>(rows_.size()));
    if (is_new) {
      rows_.push_back(&place->first);
      counts_.push_back(rows.count());
    }
    return place->second;
  }

  const Directory& directory_;
  engine::Universe universe_;
  std::vector<std::string> actions_;
  std::vector<engine::Asked> asked_;
  Guards guards_;
  engine::Judge judge_{guards_};
  std::map<Bits, std::uint32_t> numbers_;
  std::vector<const Bits*> rows_;  // keys of `numbers_`
  std::vector<std::uint64_t> counts_;
  std::map<std::string, std::vector<Company>> companies_;
  std::vector<std::vector<Parts>> profiles_;  // by action
  std::vector<std::size_t> profile_of_;       // a principal's
  std::vector<std::vector<std::size_t>> members_;
};

std::string_view text(Verdict verdict) {
  switch (verdict) {
    case Verdict::Never:
      return "never";
    case Verdict::Unknown:
      return "unknown";
    case Verdict::Possible:
      return "possible";
    case Verdict::Always:
      return "always";
  }
  return "";
}

Who::Who(const Directory& directory, std::vector<Resource> resources,
         std::vector<std::string> actions)
    : impl_(std::make_unique<Impl>(directory, std::move(resources), std::move(actions))) {}
Who::Who(Who&&) noexcept = default;
Who& Who::operator=(Who&&) noexcept = default;
Who::~Who() = default;

const std::vector<Resource>& Who::resources() const { return impl_->resources(); }
const std::vector<std::string>& Who::actions() const { return impl_->actions(); }

Verdict Who::verdict(std::size_t principal, std::size_t action, std::size_t resource) const {
  const Part* part = impl_->find(principal, action, resource);
  return part == nullptr ? Verdict::Never : part->verdict;
}

Answer Who::explain(std::size_t principal, std::size_t action, std::size_t resource) const {
  return impl_->explain(principal, action, resource);
}

Truth Who::under(std::size_t principal, std::size_t action, std::size_t resource,
                 const Context& open) const {
  return impl_->under(principal, action, resource, open);
}

std::vector<Grant> Who::of_resource(std::size_t resource) const {
  return impl_->of_resource(resource);
}

Totals Who::totals() const { return impl_->totals(); }

}  // namespace portolan::iam
