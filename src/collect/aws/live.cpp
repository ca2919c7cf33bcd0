#include "collect/live.h"

#include <memory>
#include <utility>

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
    const boost::json::object& account = each.as_object();
    if (account.contains("Id") && account.contains("Status") && account.at("Status") == "ACTIVE") {
      accounts.emplace_back(account.at("Id").as_string());
    }
  }
  return accounts;
}

/// Enters another account by its role; its credentials are renewed the same way.
Result<Visit> enter(const Setup& setup, Session& base, const AccountId& account,
                    const std::string& partition, const LiveOptions& options) {
  const aws::Role role{
      .arn = fmt::format("arn:{}:iam::{}:role/{}", partition, account.text(), options.role),
      .external_id = options.external_id};
  const auto find = [&setup, &base, role] { return aws::assume_role(setup, base.keys(), role); };
  aws::Credentials first = TRY(find());
  return Visit{.account = account, .session = Session(std::move(first), find)};
}

/// The accounts to visit, entered. The caller's own may do without the role.
Result<std::vector<std::unique_ptr<Visit>>> visits_of(Crawl& crawl, const Setup& setup,
                                                      Session& base, const Caller& caller,
                                                      const LiveOptions& options) {
  std::vector<std::string> names = options.accounts;
  if (options.whole_organization) {
    names = TRY(organization_accounts(crawl, base));
  }
  if (names.empty()) {
    names.push_back(caller.account.text());
  }
  std::vector<std::unique_ptr<Visit>> visits;
  for (const std::string& name : names) {
    const AccountId account = TRY(AccountId::parse(name));
    const bool is_own = account == caller.account;
    auto entered = is_own && options.role.empty()
                       ? Result<Visit>(Visit{account, base})
                       : enter(setup, base, account, caller.partition, options);
    if (entered) {
      visits.push_back(std::make_unique<Visit>(*std::move(entered)));
    } else if (is_own) {
      visits.push_back(std::make_unique<Visit>(Visit{account, base}));
    } else {
      crawl.note_closed(account, entered.error());
    }
  }
  return visits;
}

}  // namespace

Result<LiveSummary> collect_live(const LiveOptions& options, const LiveHooks& hooks) {
  const Setup setup = TRY(aws::read_setup(options.profile));
  const auto find = [&] { return aws::find_credentials(setup); };
  Session base(TRY(find()), find);
  Crawl crawl(setup, options, hooks);
  const Caller caller =
      TRY(caller_of(crawl.ask_now(*aws::find_call("sts", "GetCallerIdentity"), base)));
  const auto visits = TRY(visits_of(crawl, setup, base, caller, options));
  // Until the last one is written, the folder says that it is not complete.
  if (const auto outcome = hooks.take(aws::manifest_document({}, false)); !outcome) {
    return tl::unexpected(outcome.error());
  }
  Visit home{.account = caller.account, .session = base};
  crawl.visit_organization(home, options.whole_organization);
  for (const auto& visit : visits) {
    crawl.visit(*visit);
  }
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
