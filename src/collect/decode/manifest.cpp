#include <algorithm>
#include <array>
#include <map>
#include <set>
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

/// What was asked, whatever came of it: services, by account and region.
using Services = std::map<std::pair<std::string, std::string>, std::set<std::string>>;

/// Services of which a group may be named without an interface, and no kind of row tells whether
/// they were read. SOURCE: posture 2.2, services whose read APIs return the ids of groups.
bool is_namer(std::string_view service) {
  static constexpr std::array<std::string_view, 14> kOthers = {
      "autoscaling", "cloudtrail", "cloudwatch",       "ec2",           "elb", "elbv2", "iam",
      "logs",        "lambda",     "network-firewall", "organizations", "sns", "sts",   "wafv2"};
  return std::find(kOthers.begin(), kOthers.end(), service) == kOthers.end();
}

/// Who asked for some services only has not seen what the others have.
void note_unasked(Answer& answer, const Services& asked) {
  for (const auto& [place, services] : asked) {
    std::set<std::string_view> unasked;
    for (const aws::Call& call : aws::all_calls()) {
      if (is_namer(call.service) && !services.contains(std::string(call.service))) {
        unasked.insert(call.service);
      }
    }
    // Where nothing was asked that a region is asked for, nothing is said of it.
    if (!unasked.empty() && place.second != "global") {
      add_gap(answer, "services_not_asked", fmt::format("{} {}", place.first, place.second),
              fmt::format("{} (not asked)", fmt::join(unasked, ", ")));
    }
  }
}

void read_entry(Answer& answer, Services& asked) {
  const std::size_t place = answer.in.offset();
  Entry entry;
  read_fields(answer.in, kEntryFields, entry);
  if (answer.in.ok()) {
    asked[{entry.account, entry.region}].insert(entry.call.substr(0, entry.call.find(' ')));
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
  Services asked;
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
