#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include "iam/directory.h"
#include "iam/engine/guarded.h"
#include "iam/engine/universe.h"

namespace portolan::iam::engine {

/// An action asked about: its name, and its row if the table has it.
struct Asked {
  std::string name;  // folded
  const ActionRow* row = nullptr;
};

/// Makes of statements what they cover: rows, under conditions on what is open.
///
/// A test of a key that the resource decides becomes rows, one that the principal decides yes or
/// no, one of a key that the action does not support is a test of an absent key, and all others
/// become atoms. Values with variables are filled in by what decides these; a variable that is open
/// makes the test unknown.
class Compiler {
 public:
  Compiler(const Directory& directory, Universe& universe, Guards& guards)
      : directory_(directory), universe_(universe), guards_(guards) {}

  /// What the principal may do with each row by its own policies and those above it: for each
  /// row of its account that the action takes, when. `context` is what the principal decides, by
  /// `context_of`; `asked` must stay where it is as long as the compiler.
  GuardedRows allowed(const Principal& principal, const Context& context,
                      const Authority& authority, const Asked& asked);

  /// Says that the policies will be asked for: what several principals share is compiled once and
  /// kept.
  void expect(const Authority& authority);

  /// Principals with equal signatures get equal answers.
  std::string signature(const Principal& principal, const Authority& authority);

 private:
  /// What is fixed while one principal and action are compiled.
  struct Scene {
    const Principal& principal;
    const Context& context;  // what the principal decides
    const Asked& asked;
    bool has_boundary = false;
  };
  struct Voice {
    GuardedRows allow;
    GuardedRows deny;
  };
  /// Rows for which values are filled in alike.
  template <class Values>
  struct Group {
    Values values;
    Bits rows;
    bool is_ambiguous = false;
  };

  /// What is allowed only by way of some VPC endpoints must get past the policies of those that are
  /// known. Whatever is allowed on other ways too, they do not limit: the caller chooses the way.
  GuardedRows through_gates(GuardedRows allowed, const Scene& scene);
  Voice hear(const Policies& policies, PolicyKind kind, const Scene& scene);
  /// What is kept, or else what is put into `fresh`: sets of rows are large.
  const GuardedRows& covered(const Policy& policy, const Statement& statement, PolicyKind kind,
                             const Scene& scene, GuardedRows& fresh);
  GuardedRows compiled(const Policy& policy, const Statement& statement, PolicyKind kind,
                       const Scene& scene);
  GuardedRows covered_resources(const Statement& statement, PolicyKind kind, const Scene& scene);
  GuardedRows meeting(const Test& test, const Scene& scene);
  void add_group(GuardedRows& result, const Test& test, const Group<ResolvedValues>& group,
                 const Scene& scene, const std::string& reason);
  Guard atom_of(const Atom& atom, const std::string& reason);
  /// Unknown where the key is there; where it is not, the test has an answer.
  Guard if_present(const Atom& atom, const std::string& reason);
  std::vector<Group<ResolvedValues>> groups_of(const std::vector<Pattern>& values,
                                               const Scene& scene);
  [[nodiscard]] Context fixed_context(std::size_t row, const Scene& scene) const;
  /// A variable that the caller, the place or the time decides.
  std::optional<std::string> open_variable(const std::vector<Pattern>& values,
                                           const Scene& scene) const;
  [[nodiscard]] bool is_open(const std::string& key, const Scene& scene) const;
  /// Rows where the key counts.
  Bits supporting(const std::string& key, const Scene& scene);
  GuardedRows from(Coverage coverage, const std::string& reason);
  GuardedRows everywhere(Truth truth, const std::string& reason);

  const std::set<std::string>& principal_keys(const Policy& policy);
  bool depends_on_principal(const Statement& statement, PolicyKind kind);

  const Directory& directory_;
  Universe& universe_;
  Guards& guards_;
  std::map<std::tuple<const Statement*, PolicyKind, const Asked*>, GuardedRows> compiled_;
  std::unordered_map<const Statement*, bool> names_principal_key_;
  std::map<const Policy*, std::set<std::string>> principal_keys_;
  std::map<const Policy*, std::size_t> uses_;
};

}  // namespace portolan::iam::engine
