#pragma once

#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "collect/aws/client.h"
#include "collect/aws/credentials.h"
#include "collect/aws/manifest.h"
#include "collect/aws/organization.h"
#include "collect/aws/profile.h"
#include "collect/live.h"
#include "core/name.h"

/// Private to the module: all calls of the table, for accounts and regions.
namespace portolan::collect::aws {

/// An account with the credentials to read it.
struct Visit {
  AccountId account;
  Session session;
};

class Crawl {
 public:
  Crawl(const Setup& setup, const LiveOptions& options, const LiveHooks& hooks);

  /// Asks one call and waits for it.
  Answer ask_now(const Call& call, Session& session);
  /// Starts the walk through the organization of that account; `is_asked_for` as its constructor
  /// says.
  void visit_organization(Visit& visit, bool is_asked_for);
  /// Enters another account by its role and visits it; where it is closed that is noted. The
  /// caller's own is visited by its own credentials then.
  void enter(const AccountId& account, const Role& role, Session& base, bool is_own);
  /// Visits an account by these credentials.
  void visit(const AccountId& account, Session session);
  /// An account that nobody could enter.
  void note_closed(const std::string& account, const Answer& answer);
  /// Until everything was answered or the user has enough. The first error of `LiveHooks::take`.
  Result<void> run();

  [[nodiscard]] const std::vector<ManifestEntry>& entries() const { return entries_; }
  [[nodiscard]] LiveProgress progress() const;
  [[nodiscard]] bool was_stopped() const { return was_stopped_; }

 private:
  struct Job;
  using JobPtr = std::shared_ptr<Job>;  // shared with the answers that are on their way
  using Answers = std::vector<std::pair<Walked, boost::json::object>>;

  void visit_regions(Visit& visit, const Answer& regions);
  void start_roots(Visit& visit, const std::string& region, Asked asked);
  void start(Visit& visit, const Call& call, const std::string& region,
             const std::vector<Walked>& all, Outcome at_best);
  void take_answer(const JobPtr& job, const Walked& walked, Answer answer);
  void finish(Job& job);
  void start_dependents(Job& job);
  void note_undone();
  void take_organization(const Visit& visit, OrganizationWalk::Found found);
  [[nodiscard]] Target target(const Call& call, const std::string& place, Session& session) const;
  [[nodiscard]] bool is_wanted(std::string_view service) const;

  const Setup* setup_;
  const LiveOptions* options_;
  const LiveHooks* hooks_;
  HttpClient http_;
  Client client_;
  std::vector<std::unique_ptr<Visit>> visits_;
  std::set<AccountId> entering_;
  std::vector<JobPtr> jobs_;
  std::unique_ptr<OrganizationWalk> organization_;
  const Visit* organization_visit_ = nullptr;  // whose organization is being walked
  std::vector<ManifestEntry> entries_;
  std::size_t calls_done_ = 0;
  bool was_stopped_ = false;
  Result<void> outcome_;
};

}  // namespace portolan::collect::aws
