#include "collect/aws/crawl.h"

#include <algorithm>
#include <set>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "collect/aws/hidden_members.h"
#include "core/text.h"

namespace portolan::collect::aws {

namespace {

namespace json = boost::json;

/// Where files of services without regions go.
constexpr std::string_view kGlobal = "global";

/// The strings of a list, or this field of its objects; without repeats.
std::set<std::string> texts_in(const json::object& answer, std::string_view list_name,
                               std::string_view field) {
  std::set<std::string> texts;
  const json::value* list = answer.if_contains(list_name);
  if (list == nullptr || !list->is_array()) {
    return texts;
  }
  for (const json::value& item : list->get_array()) {
    const json::value* text = &item;
    if (!field.empty()) {
      text = item.is_object() ? item.get_object().if_contains(field) : nullptr;
    }
    if (text != nullptr && text->is_string()) {
      texts.emplace(text->get_string());
    }
  }
  return texts;
}

std::size_t count_items(const Call& call, const json::object& answer) {
  std::size_t items = 0;
  for (const std::string_view name : split(call.result, ' ')) {
    const json::value* list = answer.if_contains(name);
    items += list != nullptr && list->is_array() ? list->get_array().size() : 0;
  }
  return call.result.empty() ? 1 : items;
}

/// What went away between the list and the question about it is no gap.
bool is_gone(const Answer& answer) {
  return answer.outcome == Outcome::Failed && answer.code.find("NotFound") != std::string::npos;
}

}  // namespace

/// One call in one region of one account, for all resources that it walks.
struct Crawl::Job {
  Visit* visit = nullptr;
  const Call* call = nullptr;
  std::string region;  // or `global`
  std::size_t asked = 0;
  std::size_t answered = 0;
  Answers answers;
  Outcome outcome = Outcome::Collected;
  std::string code;
  std::string message;
  std::set<std::string> hidden;  // members of the answers
  bool is_denied = true;         // and nothing else, whatever was refused
  bool is_finished = false;

  [[nodiscard]] std::string path() const {
    return fmt::format("{}/{}/{}", visit->account.text(), region, file_of(*call));
  }
  void note(const Answer& answer) {
    if (code.empty()) {
      code = answer.code;
      message = answer.message;
    }
  }
  /// One that is refused among many leaves the others.
  void refuse(Outcome refused) {
    is_denied = is_denied && refused == Outcome::Denied;
    outcome = asked == 1 ? refused : Outcome::Partial;
  }
  /// Where nothing came there is no part of it.
  void settle() {
    if (answers.empty() && outcome == Outcome::Partial) {
      outcome = is_denied ? Outcome::Denied : Outcome::Failed;
    }
  }
  /// As the AWS CLI prints it; where several resources were asked for, one answer after the other.
  [[nodiscard]] std::string document();
};

std::string Crawl::Job::document() {
  if (call->each == nullptr) {
    return json::serialize(answers.front().second) + "\n";
  }
  if (answers.empty() && !call->result.empty()) {
    return json::serialize(json::object{{call->result, json::array{}}}) + "\n";
  }
  std::sort(answers.begin(), answers.end(),
            [](const auto& a, const auto& b) { return a.first < b.first; });
  json::array all;
  for (auto& [walked, answer] : answers) {
    json::object each;
    if (!call->each->sibling.empty()) {
      each[call->each->sibling] = walked.id;
    }
    for (auto& member : answer) {
      each[member.key()] = member.value();
    }
    if (outcome != Outcome::Collected) {
      // What reads it must not take the answers that are there for all that there are.
      each["NextToken"] = "not everything was collected";
    }
    all.push_back(std::move(each));
  }
  return json::serialize(all) + "\n";
}

Crawl::Crawl(const Setup& setup, const LiveOptions& options, const LiveHooks& hooks)
    : setup_(&setup),
      options_(&options),
      hooks_(&hooks),
      http_(setup.http),
      client_(http_, {.rate_max = options.limits.rate_max,
                      .rate_min = options.limits.rate_min,
                      .burst = options.limits.burst}) {}

LiveProgress Crawl::progress() const {
  const Counts& counts = client_.counts();
  return {.calls_done = calls_done_,
          .calls_known = jobs_.size(),
          .requests = counts.requests,
          .pages = counts.pages,
          .throttles = counts.throttles};
}

bool Crawl::is_wanted(std::string_view service) const {
  const auto& wanted = options_->services;
  return wanted.empty() || std::find(wanted.begin(), wanted.end(), service) != wanted.end();
}

Target Crawl::target(const Call& call, const std::string& place, Session& session) const {
  const Service& service = *find_service(call.service);
  std::string region = place == kGlobal ? setup_->region : place;
  if (service.scope == Scope::Global) {
    region = global_region(region);
  }
  return {.call = &call,
          .region = region,
          .endpoint = endpoint_for(*setup_, service.name, region),
          .session = &session};
}

Answer Crawl::ask_now(const Call& call, Session& session) {
  Answer result{.code = "stopped", .message = "it was stopped before the answer came"};
  client_.ask(target(call, std::string(kGlobal), session),
              [&](Answer answer) { result = std::move(answer); });
  http_.run(hooks_->is_stopped);
  return result;
}

void Crawl::visit(const AccountId& account, Session session) {
  visits_.push_back(std::make_unique<Visit>(Visit{account, std::move(session)}));
  Visit& visit = *visits_.back();
  start_roots(visit, std::string(kGlobal), Asked::Once);
  for (const std::string& region : options_->regions) {
    start_roots(visit, region, Asked::InEachRegion);
  }
}

void Crawl::enter(const AccountId& account, const Role& role, Session& base, bool is_own) {
  auto parameters = role_parameters(role);
  if (!parameters) {
    note_closed(account.text(),
                {.code = parameters.error().code, .message = parameters.error().message});
    return;
  }
  Target asked = target(assume_role_call(), std::string(kGlobal), base);
  asked.more = *std::move(parameters);
  entering_.insert(account);
  client_.ask(std::move(asked), [this, account, role, &base, is_own](Answer answer) {
    entering_.erase(account);
    if (answer.outcome == Outcome::Collected) {
      if (auto first = role_credentials(answer.object)) {
        visit(account, Session(*std::move(first), [this, &base, role] {
                return assume_role(*setup_, base.keys(), role);
              }));
        return;
      }
      answer = {.code = "bad_credentials", .message = "the answer holds no credentials"};
    }
    if (is_own) {
      visit(account, base);
    } else {
      note_closed(account.text(), answer);
    }
  });
}

void Crawl::start_roots(Visit& visit, const std::string& region, Asked asked) {
  for (const Call& call : all_calls()) {
    const bool is_needed = call.action == "DescribeRegions" || is_wanted(call.service);
    if (call.asked == asked && call.each == nullptr && is_needed) {
      start(visit, call, region, {Walked{}}, Outcome::Collected);
    }
  }
}

/// `at_best`: `Partial` if there may be resources that nobody told of.
void Crawl::start(Visit& visit, const Call& call, const std::string& region,
                  const std::vector<Walked>& all, Outcome at_best) {
  auto job = std::make_shared<Job>();
  job->visit = &visit;
  job->call = &call;
  job->region = region;
  job->asked = all.size();
  job->outcome = at_best;
  if (at_best != Outcome::Collected) {
    job->is_denied = false;
    job->code = "not_asked";
    job->message = "what it would be asked for is not known";
  }
  jobs_.push_back(job);
  for (const Walked& walked : all) {
    Target each = target(call, region, visit.session);
    each.walked = walked;
    client_.ask(std::move(each), [this, job, walked](Answer answer) {
      take_answer(job, walked, std::move(answer));
    });
  }
  if (all.empty()) {
    finish(*job);
  }
}

void Crawl::take_answer(const JobPtr& job, const Walked& walked, Answer answer) {
  ++job->answered;
  const bool is_whole = answer.outcome == Outcome::Collected;
  if (!is_whole && !(job->call->each != nullptr && is_gone(answer))) {
    job->note(answer);
    job->refuse(answer.outcome);
  } else if (is_whole && !answer.code.empty()) {
    job->note(answer);
  }
  if (is_whole || answer.outcome == Outcome::Partial) {
    job->hidden.merge(hide_secrets(answer.object));
    job->answers.emplace_back(walked, std::move(answer.object));
  }
  if (job->answered == job->asked) {
    finish(*job);
  }
}

void Crawl::finish(Job& job) {
  job.is_finished = true;
  job.settle();
  ++calls_done_;
  ManifestEntry entry{.call = command_of(*job.call),
                      .account = job.visit->account.text(),
                      .region = job.region,
                      .outcome = job.outcome,
                      .code = job.code,
                      .message = job.message,
                      .hidden = job.hidden};
  const bool has_document =
      !job.answers.empty() || (job.call->each != nullptr && job.outcome == Outcome::Collected);
  start_dependents(job);
  if (has_document) {
    entry.file = job.path();
    for (const auto& [walked, answer] : job.answers) {
      entry.items += count_items(*job.call, answer);
    }
    if (outcome_) {
      outcome_ = hooks_->take({.path = entry.file, .bytes = job.document()});
    }
  }
  entries_.push_back(std::move(entry));
  if (job.call->action == "DescribeRegions") {
    Answer regions{.outcome = job.outcome};
    regions.object = job.answers.empty() ? json::object{} : job.answers.front().second;
    visit_regions(*job.visit, regions);
  }
  job.answers = {};
}

/// The regions of the account, unless the user named some; the home region if AWS does not tell.
void Crawl::visit_regions(Visit& visit, const Answer& regions) {
  if (!options_->regions.empty()) {
    return;
  }
  std::set<std::string> found = texts_in(regions.object, "Regions", "RegionName");
  // A name becomes a folder: only what looks like a region may.
  std::erase_if(found, [](const std::string& name) { return !Region::parse(name); });
  if (found.empty()) {
    found.insert(setup_->region);
  }
  for (const std::string& region : found) {
    start_roots(visit, region, Asked::InEachRegion);
  }
}

void Crawl::start_dependents(Job& job) {
  for (const Call& call : all_calls()) {
    if (call.each == nullptr || call.service != job.call->service ||
        call.each->action != job.call->action) {
      continue;
    }
    std::vector<Walked> all;
    for (const auto& [from, answer] : job.answers) {
      for (const std::string& id : texts_in(answer, call.each->list, call.each->field)) {
        all.push_back({.id = id, .parent = from.id});
      }
    }
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    const bool is_whole = job.outcome == Outcome::Collected;
    start(*job.visit, call, job.region, all,
          is_whole      ? Outcome::Collected
          : all.empty() ? Outcome::Failed
                        : Outcome::Partial);
  }
}

void Crawl::visit_organization(Visit& visit, bool is_asked_for) {
  if (!is_asked_for && !is_wanted("organizations")) {
    return;
  }
  organization_ = std::make_unique<OrganizationWalk>(
      [this, &visit](const Call& call, Parameters more, std::function<void(Answer)> done) {
        Target asked = target(call, std::string(kGlobal), visit.session);
        asked.more = std::move(more);
        client_.ask(std::move(asked), std::move(done));
      },
      [this, &visit](OrganizationWalk::Found found) { take_organization(visit, std::move(found)); },
      visit.account.text(), is_asked_for);
  organization_visit_ = &visit;
  organization_->start();
}

void Crawl::take_organization(const Visit& visit, OrganizationWalk::Found found) {
  const Call& call = *find_call("organizations", "DescribeOrganization");
  ManifestEntry entry{.call = command_of(call),
                      .account = visit.account.text(),
                      .region = std::string(kGlobal),
                      .outcome = found.outcome,
                      .items = found.items,
                      .code = found.code,
                      .message = found.message};
  if (!found.document.empty()) {
    entry.file = fmt::format("{}/{}/{}", entry.account, entry.region, file_of(call));
    if (outcome_) {
      outcome_ =
          hooks_->take({.path = entry.file, .bytes = json::serialize(found.document) + "\n"});
    }
  }
  entries_.push_back(std::move(entry));
  organization_visit_ = nullptr;
}

void Crawl::note_closed(const std::string& account, const Answer& answer) {
  entries_.push_back({.call = command_of(assume_role_call()),
                      .account = account,
                      .region = std::string(kGlobal),
                      .outcome = answer.outcome,
                      .code = answer.code,
                      .message = answer.message});
}

/// What the user did not wait for.
void Crawl::note_undone() {
  if (organization_visit_ != nullptr) {
    take_organization(*organization_visit_, {.document = {},
                                             .outcome = Outcome::Failed,
                                             .code = "stopped",
                                             .message = "it was stopped before the answer came"});
  }
  for (const AccountId& account : entering_) {
    note_closed(account.text(),
                {.code = "stopped", .message = "it was stopped before it was entered"});
  }
  for (const JobPtr& job : jobs_) {
    if (!job->is_finished) {
      entries_.push_back({.call = command_of(*job->call),
                          .account = job->visit->account.text(),
                          .region = job->region,
                          .outcome = Outcome::Failed,
                          .code = "stopped",
                          .message = "it was stopped before the answer came"});
    }
  }
}

Result<void> Crawl::run() {
  http_.run([&] {
    hooks_->progress(progress());
    was_stopped_ = was_stopped_ || hooks_->is_stopped();
    return was_stopped_ || !outcome_;
  });
  note_undone();
  std::stable_sort(entries_.begin(), entries_.end(), [](const auto& a, const auto& b) {
    return std::tie(a.account, a.region, a.call) < std::tie(b.account, b.region, b.call);
  });
  return outcome_;
}

}  // namespace portolan::collect::aws
