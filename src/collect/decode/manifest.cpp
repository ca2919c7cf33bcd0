#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "collect/aws/calls.h"
#include "collect/decode/families.h"

namespace portolan::collect {

namespace {

struct Entry {
  std::string call;
  std::string account;
  std::string region;
  std::string outcome;
  std::string code;
};

constexpr Field<Entry> kEntryFields[] = {
    {"Call", value<&Entry::call>},     {"Account", value<&Entry::account>},
    {"Region", value<&Entry::region>}, {"Outcome", value<&Entry::outcome>},
    {"Code", value<&Entry::code>},
};

/// Why the answer is not there, in words; empty if it is.
std::string_view cause(std::string_view outcome) {
  return outcome == "collected" ? ""
         : outcome == "denied"  ? "denied"
         : outcome == "partial" ? "collected in part only"
                                : "not collected";
}

void note(Answer& answer, std::string_view code, const std::string& resource, std::string message,
          std::size_t place) {
  answer.in.problems().add({.severity = Severity::Warning,
                            .code = code,
                            .message = message,
                            .offset = place,
                            .resource = resource});
  add_gap(answer, code, resource, message);
}

/// What was asked, whatever came of it: calls, by account and region.
using Asked = std::map<std::pair<std::string, std::string>, std::set<std::string>>;

/// Of other services a kind of row tells whether they were read, or they name no groups.
constexpr std::array<std::string_view, 14> kOthers = {
    "autoscaling", "cloudtrail", "cloudwatch",       "ec2",           "elb", "elbv2", "iam",
    "lambda",      "logs",       "network-firewall", "organizations", "sns", "sts",   "wafv2"};
constexpr std::array<std::string_view, 3> kNamersOfEc2 = {"DescribeInstanceConnectEndpoints",
                                                          "DescribeSpotFleetRequests",
                                                          "DescribeVerifiedAccessEndpoints"};

bool is_in(std::span<const std::string_view> names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// True for calls that may name a group without an interface, where no kind of row tells whether
/// they were made. SOURCE: posture 2.2, services whose read APIs return the ids of groups.
bool is_namer(const aws::Call& call) {
  return call.asked == aws::Asked::InEachRegion &&
         (!is_in(kOthers, call.service) ||
          (call.service == "ec2" && is_in(kNamersOfEc2, call.action)));
}

/// The namers that are not among the calls: services, and single calls of those that were asked
/// other things.
std::set<std::string> unasked_among(const std::set<std::string>& calls) {
  const auto is_asked = [&](std::string_view service) {
    const auto first = calls.lower_bound(fmt::format("{} ", service));
    return first != calls.end() && first->starts_with(fmt::format("{} ", service));
  };
  std::set<std::string> unasked;
  for (const aws::Call& call : aws::all_calls()) {
    if (const std::string command = aws::command_of(call);
        is_namer(call) && !calls.contains(command)) {
      unasked.insert(is_asked(call.service) ? command : std::string(call.service));
    }
  }
  return unasked;
}

/// A run for something else, as for the history of events, says nothing of what an account has.
bool is_crawl(const std::set<std::string>& calls) {
  const auto all = aws::all_calls();
  return std::any_of(all.begin(), all.end(), [&](const aws::Call& call) {
    return call.asked == aws::Asked::InEachRegion && calls.contains(aws::command_of(call));
  });
}

/// Who asked for some services only has not seen what the others have.
void note_unasked(Answer& answer, const Asked& asked) {
  for (const auto& [place, calls] : asked) {
    if (!is_crawl(calls)) {
      continue;
    }
    if (const std::set<std::string> unasked = unasked_among(calls); !unasked.empty()) {
      add_gap(answer, "services_not_asked", fmt::format("{} {}", place.first, place.second),
              fmt::format("{} (not asked)", fmt::join(unasked, ", ")));
    }
  }
}

void read_entry(Answer& answer, Asked& asked) {
  const std::size_t place = answer.in.offset();
  Entry entry;
  read_fields(answer.in, kEntryFields, entry);
  if (answer.in.ok()) {
    asked[{entry.account, entry.region}].insert(entry.call);
  }
  if (!answer.in.ok() || cause(entry.outcome).empty()) {
    return;
  }
  const std::string_view code = entry.outcome == "denied"    ? "call_denied"
                                : entry.outcome == "partial" ? "call_partial"
                                                             : "call_failed";
  note(answer, code, fmt::format("{} {} {}", entry.account, entry.region, entry.call),
       fmt::format("`aws {}` was {}{}{}", entry.call, cause(entry.outcome),
                   entry.code.empty() ? "" : ": ", entry.code),
       place);
}

}  // namespace

void decode_manifest(Answer& answer) {
  const std::size_t place = answer.in.offset();
  bool is_complete = false;
  Asked asked;
  answer.in.object([&](std::string_view key) {
    if (key == "Complete") {
      answer.in.read(is_complete);
    } else if (key == "Calls") {
      answer.in.objects([&] { read_entry(answer, asked); });
    } else {
      answer.in.skip();
    }
  });
  if (answer.in.ok() && !is_complete) {
    note(answer, "collection_unfinished", "",
         "`portolan collect` was stopped before it was done, or still runs", place);
  }
  if (answer.in.ok()) {
    note_unasked(answer, asked);
  }
}

}  // namespace portolan::collect
