#include "iam/engine/compiler.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "iam/matching.h"

namespace portolan::iam::engine {
namespace {

constexpr std::string_view kSourceEndpoint = "aws:sourcevpce";

}  // namespace

GuardedRows Compiler::from(Coverage coverage, const std::string& reason) {
  GuardedRows result;
  result.add(std::move(coverage.yes), kAlways);
  if (!coverage.unknown.none()) {
    result.add(std::move(coverage.unknown), guards_.unknown(reason));
  }
  return result;
}

GuardedRows Compiler::everywhere(Truth truth, const std::string& reason) {
  GuardedRows result;
  if (truth != Truth::No) {
    result.add(universe_.all(), truth == Truth::Yes ? kAlways : guards_.unknown(reason));
  }
  return result;
}

Bits Compiler::supporting(const std::string& key, const Scene& scene) {
  return scene.asked.row == nullptr ? universe_.all() : universe_.supporting(*scene.asked.row, key);
}

bool Compiler::is_open(const std::string& key, const Scene& scene) const {
  return !is_principal_key(key) && !universe_.is_resource_key(key) &&
         (scene.asked.row == nullptr || !universe_.supporting(*scene.asked.row, key).none());
}

std::optional<std::string> Compiler::open_variable(const std::vector<Pattern>& values,
                                                   const Scene& scene) const {
  for (const Pattern& value : values) {
    for (const std::string& key : value.variables()) {
      if (is_open(key, scene)) {
        return key;
      }
    }
  }
  return std::nullopt;
}

Context Compiler::fixed_context(std::size_t row, const Scene& scene) const {
  Context context = scene.context;
  const Context own = context_of(universe_.resources()[row], scene.asked.row);
  for (const auto& [key, entry] : own.entries()) {
    context.set(key, entry);
  }
  return context;
}

std::vector<Compiler::Group<ResolvedValues>> Compiler::groups_of(const std::vector<Pattern>& values,
                                                                 const Scene& scene) {
  const auto filled = [&](const Context& context) {
    Group<ResolvedValues> group{.values = {}, .rows = universe_.none()};
    for (const Pattern& value : values) {
      group.values.push_back(value.resolved(context));
      group.is_ambiguous = group.is_ambiguous || value.is_ambiguous(context);
    }
    return group;
  };
  const bool differs_by_row = std::ranges::any_of(values, [&](const Pattern& value) {
    return std::ranges::any_of(
        value.variables(), [&](const std::string& key) { return universe_.is_resource_key(key); });
  });
  if (!differs_by_row) {
    Group<ResolvedValues> group = filled(scene.context);
    group.rows = universe_.all();
    return {group};
  }
  std::map<std::pair<ResolvedValues, bool>, Bits> rows;
  for (std::size_t row = 0; row < universe_.size(); ++row) {
    Group<ResolvedValues> group = filled(fixed_context(row, scene));
    rows.try_emplace({std::move(group.values), group.is_ambiguous}, universe_.none())
        .first->second.set(row);
  }
  std::vector<Group<ResolvedValues>> groups;
  for (const auto& [key, set] : rows) {
    groups.push_back({.values = key.first, .rows = set, .is_ambiguous = key.second});
  }
  return groups;
}

Guard Compiler::atom_of(const Atom& atom, const std::string& reason) {
  return atom.op.comparison == Comparison::NotReadable ? guards_.unknown(reason)
                                                       : guards_.atom(atom);
}

Guard Compiler::if_present(const Atom& atom, const std::string& reason) {
  const Guard present = guards_.atom({.op = {.comparison = Comparison::Null},
                                      .key = atom.key,
                                      .values = {Glob::literal("false")}});
  const Guard absent =
      Universe::meets_absent(atom) == Truth::Yes ? guards_.negated(present) : kNever;
  return guards_.either(guards_.both(present, guards_.unknown(reason)), absent);
}

void Compiler::add_group(GuardedRows& result, const Test& test, const Group<ResolvedValues>& group,
                         const Scene& scene, const std::string& reason) {
  const Atom atom{.op = test.op, .key = test.key, .values = group.values};
  const auto add = [&](const Bits& rows, Truth truth) {
    if (truth != Truth::No) {
      result.add(rows & group.rows, truth == Truth::Yes ? kAlways : guards_.unknown(reason));
    }
  };
  if (is_principal_key(test.key)) {
    const Context::Entry* entry = scene.context.find(test.key);
    const bool is_unsure = group.is_ambiguous && entry != nullptr;
    add(universe_.all(), is_unsure ? Truth::Unknown : holds(test.op, group.values, entry));
    return;
  }
  const Bits counting = supporting(test.key, scene);
  add(universe_.all() - counting, Universe::meets_absent(atom));
  if (!universe_.is_resource_key(test.key)) {
    result.add(counting & group.rows,
               group.is_ambiguous ? if_present(atom, reason) : atom_of(atom, reason));
    return;
  }
  const Coverage& coverage = universe_.meeting(atom);
  if (group.is_ambiguous) {  // unless the row has no such key
    const Bits having = universe_
                            .meeting({.op = {.comparison = Comparison::Null},
                                      .key = test.key,
                                      .values = {Glob::literal("false")}})
                            .yes;
    add(having & counting, Truth::Unknown);
    add((coverage.yes - having) & counting, Truth::Yes);
    return;
  }
  add(coverage.yes & counting, Truth::Yes);
  add(coverage.unknown & counting, Truth::Unknown);
}

GuardedRows Compiler::meeting(const Test& test, const Scene& scene) {
  if (const auto open = open_variable(test.values, scene)) {
    const Group<ResolvedValues> group{.values = {}, .rows = universe_.all(), .is_ambiguous = true};
    GuardedRows result;
    add_group(result, test, group, scene,
              fmt::format("`{}` is compared with `${{{}}}`, which is open", test.spelling, *open));
    return result;
  }
  GuardedRows result;
  for (const auto& group : groups_of(test.values, scene)) {
    add_group(result, test, group, scene, fmt::format("`{}` is not known", test.spelling));
  }
  return result;
}

GuardedRows Compiler::covered_resources(const Statement& statement, PolicyKind kind,
                                        const Scene& scene) {
  const Element<Pattern>& resources = statement.resources;
  if (!resources.is_present || !resources.is_readable) {
    return everywhere(Truth::Unknown, "the resources of a statement are not readable");
  }
  if (const auto open = open_variable(resources.values, scene)) {
    return everywhere(Truth::Unknown,
                      fmt::format("a resource is written with `${{{}}}`, which is open", *open));
  }
  Coverage coverage{universe_.none(), universe_.none()};
  Bits unresolved = universe_.none();
  for (const auto& group : groups_of(resources.values, scene)) {
    for (std::size_t i = 0; i < resources.values.size(); ++i) {
      const auto& glob = group.values[i];
      if (!glob) {
        (group.is_ambiguous ? coverage.unknown : unresolved) |= group.rows;
        continue;
      }
      const Coverage& part = universe_.covered_by(*glob, padding_of(kind));
      coverage.yes.add_common(part.yes, group.rows);
      coverage.unknown.add_common(part.unknown, group.rows);
    }
  }
  coverage.unknown -= coverage.yes;
  if (resources.is_negated) {
    coverage.yes = universe_.all() - coverage.yes - coverage.unknown - unresolved;
    coverage.unknown -= unresolved;
  }
  return from(std::move(coverage),
              "it is not known whether a resource's pattern reaches over the parts of the ARN");
}

GuardedRows Compiler::compiled(const Policy& policy, const Statement& statement, PolicyKind kind,
                               const Scene& scene) {
  const Truth action = covers_action(statement.actions, scene.asked.name);
  if (action == Truth::No) {
    return {};
  }
  GuardedRows result = covered_resources(statement, kind, scene);
  for (const Test& test : statement.tests) {
    if (result.empty()) {
      break;
    }
    result = GuardedRows::both(result, meeting(test, scene), guards_);
  }
  if (kind == PolicyKind::ResourceControl || kind == PolicyKind::Endpoint) {
    const Request request{.caller = scene.principal.caller};
    const Truth named = names_caller(statement, request, kind, scene.has_boundary).any();
    result = GuardedRows::both(result, everywhere(named, "a principal is not readable"), guards_);
  }
  const bool is_unsure = action == Truth::Unknown || !statement.fault.empty() ||
                         statement.effect == Effect::NotReadable;
  return is_unsure ? GuardedRows::both(
                         result,
                         everywhere(Truth::Unknown, fmt::format("{}, statement {}: {}", policy.name,
                                                                statement.index, statement.fault)),
                         guards_)
                   : result;
}

bool Compiler::depends_on_principal(const Statement& statement, PolicyKind kind) {
  if (kind == PolicyKind::ResourceControl || kind == PolicyKind::Endpoint) {
    return true;
  }
  const auto [place, is_new] = names_principal_key_.try_emplace(&statement);
  if (!is_new) {
    return place->second;
  }
  const auto has_principal_key = [](const Pattern& value) {
    const auto keys = value.variables();
    return std::ranges::any_of(keys, [](const auto& key) { return is_principal_key(key); });
  };
  place->second =
      std::ranges::any_of(statement.resources.values, has_principal_key) ||
      std::ranges::any_of(statement.tests, [&](const Test& test) {
        return is_principal_key(test.key) || std::ranges::any_of(test.values, has_principal_key);
      });
  return place->second;
}

const GuardedRows& Compiler::covered(const Policy& policy, const Statement& statement,
                                     PolicyKind kind, const Scene& scene, GuardedRows& fresh) {
  const auto uses = uses_.find(&policy);
  const bool is_shared = uses != uses_.end() && uses->second > 1;
  if (!is_shared || depends_on_principal(statement, kind)) {
    fresh = compiled(policy, statement, kind, scene);
    return fresh;
  }
  const std::tuple key(&statement, kind, &scene.asked);
  if (const auto known = compiled_.find(key); known != compiled_.end()) {
    return known->second;
  }
  return compiled_.emplace(key, compiled(policy, statement, kind, scene)).first->second;
}

Compiler::Voice Compiler::hear(const Policies& policies, PolicyKind kind, const Scene& scene) {
  Voice voice;
  for (const Policy* policy : policies) {
    for (const Statement& statement : policy->statements) {
      GuardedRows fresh;
      const GuardedRows& rows = covered(*policy, statement, kind, scene, fresh);
      if (rows.empty()) {
        continue;  // most statements, of other actions
      }
      if (statement.effect != Effect::Deny) {
        voice.allow = GuardedRows::either(std::move(voice.allow), rows, guards_);
      }
      if (statement.effect != Effect::Allow) {
        voice.deny = GuardedRows::either(std::move(voice.deny), rows, guards_);
      }
    }
  }
  return voice;
}

void Compiler::expect(const Authority& authority) {
  const auto count = [this](const Policies& policies) {
    for (const Policy* policy : policies) {
      ++uses_[policy];
    }
  };
  count(authority.identity);
  count(authority.boundary);
  std::ranges::for_each(authority.service_control, count);
}

GuardedRows Compiler::allowed(const Principal& principal, const Context& context,
                              const Authority& authority, const Asked& asked) {
  const Scene scene{.principal = principal,
                    .context = context,
                    .asked = asked,
                    .has_boundary = !authority.boundary.empty()};
  Bits own = universe_.owned_by(principal.caller.account);
  if (asked.row != nullptr) {
    own &= universe_.taken_by(*asked.row);
  }
  GuardedRows allowed;
  allowed.add(std::move(own), kAlways);
  Voice identity = hear(authority.identity, PolicyKind::Identity, scene);
  GuardedRows denied = std::move(identity.deny);
  if (principal.caller.kind != Caller::Kind::Root) {
    allowed = GuardedRows::both(allowed, identity.allow, guards_);
  }
  const auto limit = [&](const Policies& policies, PolicyKind kind) {
    if (allowed.empty()) {
      return;
    }
    const Voice voice = hear(policies, kind, scene);
    denied = GuardedRows::either(std::move(denied), voice.deny, guards_);
    if (kind != PolicyKind::ResourceControl) {
      allowed = GuardedRows::both(allowed, voice.allow, guards_);
    }
  };
  if (scene.has_boundary) {
    limit(authority.boundary, PolicyKind::Boundary);
  }
  if (!principal.caller.is_service_linked()) {
    for (const Policies& level : authority.service_control) {
      limit(level, PolicyKind::ServiceControl);
    }
  }
  if (has_resource_control_policies(service_of(asked.name))) {
    for (const Policies& level : authority.resource_control) {
      limit(level, PolicyKind::ResourceControl);
    }
  }
  return through_gates(GuardedRows::without(std::move(allowed), denied, guards_), scene);
}

GuardedRows Compiler::through_gates(GuardedRows allowed, const Scene& scene) {
  if (directory_.endpoints.empty()) {
    return allowed;
  }
  const std::string service = service_of(scene.asked.name);
  GuardedRows result;
  for (const GuardedRows::Piece& piece : allowed.pieces()) {
    const auto keys = guards_.keys(piece.guard);
    GuardedRows part;
    part.add(piece.rows, piece.guard);
    for (const auto& [id, gate] : directory_.endpoints) {
      const bool matters =
          gate.service == service && std::ranges::find(keys, kSourceEndpoint) != keys.end();
      if (!matters || part.empty()) {
        continue;
      }
      const Voice voice = hear({gate.policy}, PolicyKind::Endpoint, scene);
      const Guard here = guards_.atom({.op = {.comparison = Comparison::StringEquals},
                                       .key = std::string(kSourceEndpoint),
                                       .values = {Glob::literal(id)}});
      GuardedRows elsewhere;
      elsewhere.add(universe_.all(), guards_.negated(here));
      part = GuardedRows::both(
          part,
          GuardedRows::either(elsewhere, GuardedRows::without(voice.allow, voice.deny, guards_),
                              guards_),
          guards_);
    }
    result = GuardedRows::either(std::move(result), part, guards_);
  }
  return result;
}

const std::set<std::string>& Compiler::principal_keys(const Policy& policy) {
  const auto [place, is_new] = principal_keys_.try_emplace(&policy);
  const auto add = [&keys = place->second](const std::string& key) {
    if (is_principal_key(key)) {
      keys.insert(key);
    }
  };
  const auto add_all = [&](const std::vector<Pattern>& values) {
    for (const Pattern& value : values) {
      std::ranges::for_each(value.variables(), add);
    }
  };
  for (const Statement& statement : is_new ? policy.statements : std::vector<Statement>{}) {
    add_all(statement.resources.values);
    for (const Test& test : statement.tests) {
      add(test.key);
      add_all(test.values);
    }
    // Whoever is among everyone is so whatever its name.
    if (std::ranges::any_of(statement.principals.values, [](const PrincipalName& name) {
          return name.kind != PrincipalName::Kind::Everyone;
        })) {
      add("aws:principalarn");
    }
  }
  return place->second;
}

std::string Compiler::signature(const Principal& principal, const Authority& authority) {
  std::set<std::string> keys;
  std::string text = fmt::format("{} {} {}", static_cast<int>(principal.caller.kind),
                                 principal.caller.account, principal.caller.is_service_linked());
  const auto add = [&](std::string_view title, const Policies& policies) {
    text += title;
    for (const Policy* policy : policies) {
      text += fmt::format("{} ", static_cast<const void*>(policy));
      const auto& more = principal_keys(*policy);
      keys.insert(more.begin(), more.end());
    }
  };
  add("|identity ", authority.identity);
  add("|boundary ", authority.boundary);
  for (const Policies& level : authority.service_control) {
    add("|scp ", level);
  }
  for (const Policies& level : authority.resource_control) {
    add("|rcp ", level);
  }
  for (const auto& [id, gate] : directory_.endpoints) {
    add("|endpoint ", {gate.policy});
  }
  const Context context = keys.empty() ? Context{} : context_of(directory_, principal);
  for (const std::string& key : keys) {
    const Context::Entry* entry = context.find(key);
    text += fmt::format("|{}={}", key, entry == nullptr ? "absent" : "");
    for (const std::string& value : entry == nullptr ? std::vector<std::string>{} : entry->values) {
      text += fmt::format("{}:{}", value.size(), value);
    }
  }
  return text;
}

}  // namespace portolan::iam::engine
