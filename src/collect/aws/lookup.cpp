#include <memory>
#include <optional>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "collect/aws/calls.h"
#include "collect/aws/client.h"
#include "collect/aws/credentials.h"
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
      : region_(std::move(region)),
        hooks_(&hooks),
        http_({.ca_bundle = setup.ca_bundle}),
        client_(http_) {
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
      answer_error_ = Error{"stopped", "it was stopped before AWS had told everything"};
    }
    summary.events += count_;
    if (answer_error_) {
      answer_error_->context = region_;
      summary.gaps.push_back(*answer_error_);
    }
    return outcome_;
  }

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
  std::optional<Error> answer_error_;
  Result<void> outcome_;
};

}  // namespace

Result<LookupSummary> lookup_events(const LookupOptions& options, const LookupHooks& hooks) {
  const aws::Setup setup = TRY(aws::read_setup(options.profile));
  const auto find = [&] { return aws::find_credentials(setup); };
  aws::Session session(TRY(find()), find);
  LookupSummary summary;
  const std::vector<std::string> home = {setup.region};
  for (const std::string& region : options.regions.empty() ? home : options.regions) {
    if (const auto done = Lookup(setup, session, region, options, hooks).run(summary); !done) {
      return tl::unexpected(done.error());
    }
  }
  return summary;
}

}  // namespace portolan::collect
