#include "checks/check.h"

#include <algorithm>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <unordered_map>
#include <utility>

#include "checks/authorities.h"
#include "checks/check_table.h"
#include "checks/egress_needs.h"
#include "checks/estate.h"
#include "checks/exposure.h"
#include "checks/group_uses.h"
#include "checks/guards.h"
#include "checks/memo.h"
#include "checks/openings.h"

namespace portolan::checks {

/// Made when first asked for: a run of one check pays for what it needs.
struct Context::Answers {
  Lazy<Estate> estate;
  Lazy<Openings> openings;
  Lazy<Exposure> exposure;
  Lazy<GroupUses> group_uses;
  Lazy<EgressNeeds> egress_needs;
  Lazy<Guards> guards;
  Lazy<Authorities> authorities;
  Lazy<reach::Connections> connections;
  /// Each thread has its own.
  std::mutex mutex;
  std::unordered_map<std::thread::id, reach::PairLookup> pairs;

  reach::PairLookup& pairs_in(const reach::Connections& all) {
    const std::lock_guard lock(mutex);
    return pairs.try_emplace(std::this_thread::get_id(), all).first->second;
  }
};

namespace {

constexpr int kThreads = 2;

}  // namespace

ServiceSet default_public_services() {
  return ServiceSet::parse("tcp/80,443 icmp/8 icmp/3/4 icmpv6/1-4,128").value_or(ServiceSet());
}

ServiceSet default_high_risk_services() {
  return ServiceSet::parse(
             "tcp/20-23,25,110,135,143,445,1433,1434,3000,3306,3389,4333,5000,5432,5500,5601,8080,"
             "8088,8888,9200,9300")
      .value_or(ServiceSet());
}

Context::Context(const reach::Network& network, const Config& config)
    : network_(&network), config_(&config), answers_(std::make_unique<Answers>()) {}
Context::Context(const reach::Connections& connections, const Config& config)
    : network_(&connections.network()),
      config_(&config),
      connections_(&connections),
      answers_(std::make_unique<Answers>()) {}
Context::Context(Context&&) noexcept = default;
Context::~Context() = default;

const Estate& Context::estate() const { return answers_->estate.of(snapshot(), *config_); }

const Openings& Context::openings() const { return answers_->openings.of(snapshot()); }

const Exposure& Context::exposure() const {
  return answers_->exposure.of(
      *network_, estate(), [ answers = answers_.get(), &all = connections() ]() -> auto& {
        return answers->pairs_in(all);
      });
}

const reach::Connections& Context::connections() const {
  return connections_ != nullptr ? *connections_ : answers_->connections.of(*network_, kThreads);
}

reach::PairLookup& Context::pairs() const { return answers_->pairs_in(connections()); }

const GroupUses& Context::group_uses() const { return answers_->group_uses.of(estate()); }

const EgressNeeds& Context::egress_needs() const { return answers_->egress_needs.of(*this); }

const Guards& Context::guards() const {
  return answers_->guards.of(*network_, estate(), openings(), exposure(),
                             config_->tried_changes_max);
}

const Authorities& Context::authorities() const {
  return answers_->authorities.of(snapshot(), authority_);
}

std::span<const Check* const> all_checks() {
  static const std::vector<const Check*> kChecks = [] {
    std::vector<const Check*> checks;
    for (const CheckRow& row : kCheckTable) {
      checks.push_back(row.check);
    }
    return checks;
  }();
  return kChecks;
}

const Check* find_check(std::string_view id) {
  const auto found = std::lower_bound(kCheckTable.begin(), kCheckTable.end(), id,
                                      [](const CheckRow& row, auto key) { return row.id < key; });
  return found == kCheckTable.end() || found->id != id ? nullptr : found->check;
}

}  // namespace portolan::checks
