#include <string>
#include <string_view>

#include <fmt/format.h>

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

void read_entry(Answer& answer) {
  const std::size_t place = answer.in.offset();
  Entry entry;
  read_fields(answer.in, kEntryFields, entry);
  if (answer.in.ok()) {
    const auto account = AccountId::parse(entry.account);
    const auto region = Region::parse(entry.region);
    if (account && region) {
      answer.out.asked.push_back({.command = entry.call, .account = *account, .region = *region});
    }
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
  answer.in.object([&](std::string_view key) {
    if (key == "Complete") {
      answer.in.read(is_complete);
    } else if (key == "Calls") {
      answer.in.objects([&] { read_entry(answer); });
    } else {
      answer.in.skip();
    }
  });
  if (answer.in.ok() && !is_complete) {
    note(answer, "collection_unfinished", "",
         "`portolan collect` was stopped before it was done, or still runs", place);
  }
}

}  // namespace portolan::collect
