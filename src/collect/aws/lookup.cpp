#include <memory>
#include <optional>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "collect/aws/calls.h"
#include "collect/aws/client.h"
#include "collect/aws/credentials.h"
#include "collect/aws/manifest.h"
#include "collect/live.h"
#include "core/text.h"

namespace portolan::collect {

namespace {

namespace json = boost::json;

/// So many pages of fifty events become one file.
constexpr int kPagesPerFile = 20;

/// The event history of one region, page by page.
class Lookup {
 public:
  Lookup(const aws::Setup& setup, aws::Session& session, std::string region,
         const LookupOptions& options, const LookupHooks& hooks)
      : region_(std::move(region)), hooks_(&hooks), http_(setup.http), client_(http_) {
    target_ = {.call = aws::find_call("cloudtrail", "LookupEvents"),
               .region = region_,
               .endpoint = aws::endpoint_for(setup, "cloudtrail", region_),
               .session = &session,
               .more = {{"StartTime{}", std::to_string(options.since.seconds())},
                        {"EndTime{}", std::to_string(options.until.seconds())}}};
  }

  /// Error of `LookupHooks::take`; that AWS does not tell everything is in the summary.
  Result<void> run(LookupSummary& summary) {
    ask({});
    http_.run([&] { return hooks_->is_stopped() || !outcome_; });
    if (outcome_ && !events_.empty()) {
      write();
    }
    if (!is_done_ && !answer_error_) {
      was_stopped_ = true;
      answer_error_ = Error{"stopped", "it was stopped before AWS had told everything"};
    }
    summary.events += count_;
    if (answer_error_) {
      answer_error_->context = region_;
      summary.gaps.push_back(*answer_error_);
    }
    return outcome_;
  }

  /// What the manifest says of the region.
  [[nodiscard]] aws::ManifestEntry entry() const {
    return {.call = aws::command_of(*target_.call),
            .account = "",  // no answer tells it
            .region = region_,
            .outcome = !answer_error_ ? aws::Outcome::Collected
                       : count_ > 0   ? aws::Outcome::Partial
                                      : refused_,
            .items = count_,
            .code = answer_error_ ? answer_error_->code : "",
            .message = answer_error_ ? answer_error_->message : ""};
  }
  [[nodiscard]] bool was_stopped() const { return was_stopped_; }

 private:
  void ask(const std::string& page) {
    aws::Target target = target_;
    if (!page.empty()) {
      target.more.emplace_back("NextToken", page);
    }
    client_.ask(std::move(target), [this](aws::Answer answer) { take(std::move(answer)); });
  }

  void take(aws::Answer answer) {
    if (answer.outcome != aws::Outcome::Collected) {
      answer_error_ = Error{answer.code, answer.message};
      refused_ = answer.outcome;
      return;
    }
    if (json::value* list = answer.object.if_contains("Events");
        list != nullptr && list->is_array()) {
      for (json::value& each : list->get_array()) {
        events_.push_back(std::move(each));
        ++count_;
      }
    }
    if (++pages_ % kPagesPerFile == 0) {
      write();
    }
    hooks_->progress(count_);
    const json::value* next = answer.object.if_contains("NextToken");
    if (next == nullptr || !next->is_string() || next->get_string().empty()) {
      is_done_ = true;
    } else if (pages_ >= aws::Client::kPagesMax || next->get_string() == last_page_) {
      answer_error_ = Error{"repeated_page", "AWS names a page as the next that was read"};
    } else {
      last_page_ = next->get_string();
      ask(last_page_);
    }
  }

  void write() {
    const std::string path =
        fmt::format("{}/cloudtrail-lookup-events-{:05}.json", region_, ++files_);
    outcome_ = hooks_->take(
        {.path = path,
         .bytes = json::serialize(json::object{{"Events", std::move(events_)}}) + "\n"});
    events_ = {};
  }

  std::string region_;
  const LookupHooks* hooks_;
  aws::HttpClient http_;
  aws::Client client_;
  aws::Target target_;
  json::array events_;
  std::string last_page_;
  std::size_t count_ = 0;
  int pages_ = 0;
  int files_ = 0;
  bool is_done_ = false;
  bool was_stopped_ = false;
  aws::Outcome refused_ = aws::Outcome::Failed;
  std::optional<Error> answer_error_;
  Result<void> outcome_;
};

}  // namespace

Result<LookupSummary> lookup_events(const LookupOptions& options, const LookupHooks& hooks) {
  aws::Setup setup = TRY(aws::read_setup(options.profile));
  setup.http.is_stopped = hooks.is_stopped;
  const auto find = [&] { return aws::find_credentials(setup); };
  aws::Session session(TRY(find()), find);
  // Until the last one is written, the folder says that it is not complete.
  if (const auto begun = hooks.take(aws::manifest_document({}, false)); !begun) {
    return tl::unexpected(begun.error());
  }
  LookupSummary summary;
  std::vector<aws::ManifestEntry> entries;
  bool was_stopped = false;
  const std::vector<std::string> home = {setup.region};
  for (const std::string& region : options.regions.empty() ? home : options.regions) {
    Lookup lookup(setup, session, region, options, hooks);
    if (const auto done = lookup.run(summary); !done) {
      return tl::unexpected(done.error());
    }
    entries.push_back(lookup.entry());
    was_stopped = was_stopped || lookup.was_stopped();
  }
  if (const auto told = hooks.take(aws::manifest_document(entries, !was_stopped)); !told) {
    return tl::unexpected(told.error());
  }
  return summary;
}

}  // namespace portolan::collect
