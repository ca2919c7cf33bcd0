#include "collect/live.h"

#include <set>
#include <string>
#include <utility>
#include <vector>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "collect/aws/calls.h"
#include "collect/aws/crawl.h"
#include "collect/aws/credentials.h"
#include "core/text.h"

namespace portolan::collect {

namespace {

using aws::Crawl;
using aws::Session;
using aws::Setup;
using aws::Visit;

/// Who the credentials belong to.
struct Caller {
  AccountId account;
  std::string partition = "aws";
};

Result<Caller> caller_of(const aws::Answer& answer) {
  const auto member = [&](const char* name) {
    const boost::json::value* value = answer.object.if_contains(name);
    return value != nullptr && value->is_string() ? std::string(value->get_string()) : "";
  };
  if (answer.outcome != aws::Outcome::Collected) {
    return fail("no_credentials", fmt::format("AWS does not take the credentials: {} {}",
                                              printable(answer.code), printable(answer.message)));
  }
  const std::string arn = member("Arn");
  const auto parts = split(arn, ':');
  AccountId account = TRY(AccountId::parse(member("Account")));
  return Caller{.account = std::move(account),
                .partition = parts.size() > 1 ? std::string(parts[1]) : "aws"};
}

/// The active accounts of the organisation.
Result<std::vector<std::string>> organization_accounts(Crawl& crawl, Session& session) {
  const aws::Answer answer =
      crawl.ask_now(*aws::find_call("organizations", "ListAccounts"), session);
  if (answer.outcome != aws::Outcome::Collected) {
    return fail("accounts_unknown", fmt::format("the accounts of the organisation cannot be "
                                                "listed: {} {}",
                                                printable(answer.code), printable(answer.message)));
  }
  std::vector<std::string> accounts;
  const boost::json::value* list = answer.object.if_contains("Accounts");
  for (const boost::json::value& each :
       list != nullptr && list->is_array() ? list->get_array() : boost::json::array{}) {
    const auto member = [&](const char* name) {
      const auto* found = each.is_object() ? each.get_object().if_contains(name) : nullptr;
      return found != nullptr && found->is_string() ? std::string(found->get_string()) : "";
    };
    if (member("Status") == "ACTIVE") {
      accounts.push_back(member("Id"));
    }
  }
  return accounts;
}

/// Starts the visits of all accounts. The caller's own may do without the role.
void visit_all(Crawl& crawl, const std::vector<std::string>& names, Session& base,
               const Caller& caller, const LiveOptions& options) {
  std::set<std::string> before;
  for (const std::string& name : names) {
    const auto account = AccountId::parse(name);
    if (!account) {
      crawl.note_closed(printable(name),
                        {.code = account.error().code, .message = account.error().message});
      continue;
    }
    if (!before.insert(name).second) {
      continue;
    }
    const bool is_own = *account == caller.account;
    if (is_own && options.role.empty()) {
      crawl.visit(*account, base);
      continue;
    }
    crawl.enter(*account,
                {.arn = fmt::format("arn:{}:iam::{}:role/{}", caller.partition, name, options.role),
                 .external_id = options.external_id},
                base, is_own);
  }
}

/// What the user set up, with the limits of this crawl.
Result<Setup> setup_for(const std::string& profile, const LiveLimits& limits,
                        const std::function<bool()>& is_stopped) {
  Setup setup = TRY(aws::read_setup(profile));
  setup.http.silence_max_s = limits.silence_max_s;
  setup.http.transfer_max_s = limits.transfer_max_s;
  setup.http.call_max_s = limits.call_max_s;
  setup.http.tries_max = limits.tries_max;
  setup.http.in_flight_max = limits.in_flight_max;
  setup.http.is_stopped = is_stopped;
  return setup;
}

}  // namespace

Result<LiveSummary> collect_live(const LiveOptions& options, const LiveHooks& hooks) {
  const Setup setup = TRY(setup_for(options.profile, options.limits, hooks.is_stopped));
  const auto find = [&] { return aws::find_credentials(setup); };
  Session base(TRY(find()), find);
  Crawl crawl(setup, options, hooks);
  const Caller caller =
      TRY(caller_of(crawl.ask_now(*aws::find_call("sts", "GetCallerIdentity"), base)));
  std::vector<std::string> names =
      options.whole_organization ? TRY(organization_accounts(crawl, base)) : options.accounts;
  if (names.empty()) {
    names.push_back(caller.account.text());
  }
  // Until the last one is written, the folder says that it is not complete.
  if (const auto outcome = hooks.take(aws::manifest_document({}, false)); !outcome) {
    return tl::unexpected(outcome.error());
  }
  Visit home{.account = caller.account, .session = base};
  crawl.visit_organization(home, options.whole_organization);
  visit_all(crawl, names, base, caller, options);
  if (const auto outcome = crawl.run(); !outcome) {
    return tl::unexpected(outcome.error());
  }
  if (const auto outcome =
          hooks.take(aws::manifest_document(crawl.entries(), !crawl.was_stopped()));
      !outcome) {
    return tl::unexpected(outcome.error());
  }
  LiveSummary summary = aws::sum_up(crawl.entries());
  summary.was_stopped = crawl.was_stopped();
  summary.progress = crawl.progress();
  return summary;
}

std::string live_policy() { return aws::policy_json(); }

}  // namespace portolan::collect
