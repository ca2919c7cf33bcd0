#include "iam/escalation.h"

#include <algorithm>
#include <deque>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "iam/escalation_edges.h"

namespace portolan::iam {
namespace {

constexpr std::size_t kMostMasks = 100'000;

Policy allow_all() {
  Diagnostics ignored;
  return parse_policy(R"({"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}})",
                      "any policy it wants", ignored);
}

/// The providers that trust policies let in.
std::set<std::string> providers_of(const Directory& directory) {
  std::set<std::string> providers;
  for (const Principal& role : directory.principals) {
    for (const Statement& statement :
         role.trust == nullptr ? std::vector<Statement>{} : role.trust->statements) {
      for (const PrincipalName& name : statement.principals.values) {
        if (name.kind == PrincipalName::Kind::Federated && statement.effect == Effect::Allow) {
          providers.insert(name.value);
        }
      }
    }
  }
  return providers;
}

}  // namespace

Mask Mask::with(Freedom freedom) const {
  Mask mask = *this;
  mask.freedoms = static_cast<std::uint8_t>(mask.freedoms | freedom);
  if ((mask.freedoms & AnyPolicy) != 0) {  // whatever else it had of policies counts no more
    mask.freedoms = static_cast<std::uint8_t>(mask.freedoms & ~(NoInline | NoAttached));
    mask.group.clear();
  }
  return mask;
}

Escalation::Escalation(const Directory& directory, std::vector<RoleInstance> instances,
                       std::span<const EscalationRow> rows)
    : source_(directory), instances_(std::move(instances)) {
  extended_.organization = directory.organization;
  extended_.has_no_organization = directory.has_no_organization;
  // References to principals must stay good while masks are added.
  const std::size_t count = directory.principals.size();
  const std::set<std::string> providers = providers_of(directory);
  const std::size_t made = count * 16 * (1 + directory.groups.size()) + 4 * instances_.size();
  extended_.principals.reserve(std::min(made, kMostMasks) + 2 * count + providers.size() + 1);
  for (std::size_t i = 0; i < count; ++i) {
    masks_.push_back({.principal = i});
    extended_.principals.push_back(directory.principals[i]);
  }
  is_given_up_ = masks_.size() > kMostPrincipals;
  if (!is_given_up_) {
    add_providers(providers);
    find_edges(*this, rows);
  }
  leaving_.resize(masks_.size());
}

void Escalation::add_providers(const std::set<std::string>& names) {
  for (const std::string& name : names) {
    masks_.push_back({.principal = masks_.size()});
    extended_.principals.push_back(
        {.caller = {.kind = Caller::Kind::Provider, .arn = name}, .name = name});
    ++providers_;
  }
}

std::size_t Escalation::on_instance(std::size_t role, const std::string& instance) const {
  const Mask wanted{.principal = role, .instance = instance};
  const auto found = std::ranges::find(masks_, wanted);
  return found == masks_.end() ? role : static_cast<std::size_t>(found - masks_.begin());
}

Principal Escalation::become(const Mask& mask) const {
  static const Policy kAll = allow_all();
  Principal become = source_.principals[mask.principal];
  if (mask.is_fresh) {
    become = {
        .caller = Caller::parse(fmt::format("arn:aws:iam::{}:role/new", become.caller.account)),
        .name = "new",
        .identity = {&kAll}};
  }
  if (!mask.group.empty()) {
    const Policies& more = source_.groups.at(mask.group);
    become.identity.insert(become.identity.end(), more.begin(), more.end());
  }
  for (const bool is_inline : {true, false}) {
    if ((mask.freedoms & (is_inline ? Mask::NoInline : Mask::NoAttached)) != 0) {
      const Principal& before = source_.principals[mask.principal];
      std::erase_if(become.identity, [&](const Policy* policy) {
        return is_removable(source_, before, *policy, is_inline);
      });
    }
  }
  if ((mask.freedoms & Mask::AnyPolicy) != 0) {
    become.identity = {&kAll};
  }
  if ((mask.freedoms & Mask::NoBoundary) != 0) {
    become.boundary.clear();
  }
  become.has_left = (mask.freedoms & Mask::NoOrganization) != 0;
  if ((mask.freedoms & Mask::OtherDevice) != 0) {
    become.session.given.set(kDevice, "true");
  }
  if (mask.instance == Mask::kElsewhere) {
    become.session.absent.insert(kOrigin.begin(), kOrigin.end());
  } else if (!mask.instance.empty()) {
    become.session.given.set("ec2:SourceInstanceARN", mask.instance);
    const auto instance = std::ranges::find_if(instances_, [&](const RoleInstance& each) {
      return each.resource.arn.text() == mask.instance;
    });
    if (instance != instances_.end() && !instance->vpc.empty()) {
      become.session.given.set("aws:Ec2InstanceSourceVpc", instance->vpc);
    }
  }
  return become;
}

std::size_t Escalation::mask_of(const Mask& mask) {
  if (mask.is_plain()) {
    return mask.principal;
  }
  const auto known = std::ranges::find(masks_, mask);
  if (known != masks_.end()) {
    return static_cast<std::size_t>(known - masks_.begin());
  }
  masks_.push_back(mask);
  extended_.principals.push_back(become(mask));
  return masks_.size() - 1;
}

std::string Escalation::name(std::size_t mask) const {
  const Mask& worn = masks_[mask];
  const std::string& arn = extended_.principals[mask].caller.name();
  const auto has = [&](Mask::Freedom freedom) { return (worn.freedoms & freedom) != 0; };
  std::string name = worn.is_fresh ? "a new role with any policy" : arn.substr(arn.rfind(':') + 1);
  if (!worn.group.empty() && !has(Mask::AnyPolicy)) {
    name += fmt::format(" in {}", worn.group.substr(worn.group.rfind(':') + 1));
  }
  if (has(Mask::AnyPolicy)) {
    name += has(Mask::NoBoundary) ? " with any policy and no boundary" : " with any policy";
  } else {
    name += has(Mask::NoBoundary) ? " without its boundary" : "";
    name += has(Mask::NoInline) || has(Mask::NoAttached) ? " without what denies it" : "";
  }
  name += has(Mask::NoOrganization) ? " outside of its organization" : "";
  name += has(Mask::OtherDevice) ? " with another MFA device" : "";
  if (!worn.instance.empty() && worn.instance != Mask::kElsewhere) {
    name += fmt::format(" on {}", worn.instance.substr(worn.instance.rfind('/') + 1));
  }
  return name;
}

std::vector<EscalationPath> Escalation::paths(std::size_t mask, const std::set<std::size_t>& goals,
                                              std::size_t most) const {
  std::vector<EscalationPath> found;
  std::deque<EscalationPath> waiting{{}};
  std::map<std::size_t, std::size_t> visits;  // a mask may be passed on `most` chains
  while (!waiting.empty() && found.size() < most) {
    const EscalationPath path = std::move(waiting.front());
    waiting.pop_front();
    const std::size_t here = path.empty() ? mask : edges_[path.back()].to;
    if (!path.empty() && goals.contains(here)) {
      found.push_back(path);
      continue;
    }
    if (++visits[here] > most) {
      continue;
    }
    for (const std::size_t edge : leaving_[here]) {
      const auto is_passed = [&](std::size_t each) { return edges_[each].from == edges_[edge].to; };
      if (edges_[edge].to != mask && std::ranges::none_of(path, is_passed)) {
        waiting.push_back(path);
        waiting.back().push_back(edge);
      }
    }
  }
  return found;
}

std::string text(const Escalation& escalation, const EscalationPath& path) {
  std::string out;
  for (const std::size_t number : path) {
    const EscalationEdge& edge = escalation.edges()[number];
    out += (out.empty() ? escalation.name(edge.from) : "") + " → " + escalation.name(edge.to) +
           fmt::format(" ({})", edge.row->name);
  }
  return out;
}

}  // namespace portolan::iam
