#include "events/record.h"

#include <algorithm>
#include <cstring>

#include <fmt/format.h>

#include "core/text.h"

namespace portolan::events {

namespace {

/// A hash of the text, eight bytes at a time.
std::uint64_t digest_of(std::string_view text) {
  constexpr std::uint64_t kMultiplier = 0x9E3779B97F4A7C15;
  std::uint64_t hash = text.size();
  while (!text.empty()) {
    std::uint64_t word = 0;
    const std::size_t size = std::min(sizeof word, text.size());
    std::memcpy(&word, text.data(), size);
    text.remove_prefix(size);
    hash = (hash ^ word) * kMultiplier;
    hash ^= hash >> 32;
  }
  return hash;
}

std::string first_of(std::initializer_list<std::string> texts) {
  for (const std::string& each : texts) {
    if (!each.empty()) {
      return each;
    }
  }
  return {};
}

/// RFC 3339; and as query engines print it, with a space and without a zone, which means UTC.
Result<Time> parse_time(std::string text) {
  constexpr std::size_t kDate = std::string_view("2026-05-03").size();
  if (text.size() > kDate && text[kDate] == ' ') {
    text[kDate] = 'T';
    text += text.find_first_of("Z+", kDate) == std::string::npos ? "Z" : "";
  }
  return Time::parse(text);
}

/// SOURCE: CloudTrail user guide, "CloudTrail userIdentity element".
Actor read_actor(const Value& record) {
  const Value identity = record["userIdentity"];
  Actor actor{.type = identity["type"].text(),
              .arn = identity["arn"].text(),
              .principal = {},
              .account = account_of(identity["accountId"]).text(),
              .access_key = identity["accessKeyId"].text(),
              .invoked_by = identity["invokedBy"].text(),
              .source = record["sourceIPAddress"].text(),
              .agent = record["userAgent"].text()};
  const std::string issuer = identity["sessionContext"]["sessionIssuer"]["arn"].text();
  actor.principal = first_of({issuer, actor.arn, actor.invoked_by, identity["principalId"].text(),
                              identity["userName"].text(), actor.type});
  return actor;
}

}  // namespace

AccountId account_of(const Value& value) {
  constexpr std::size_t kDigits = 12;
  std::string digits = value.text();
  if (!value.is_string() && !digits.empty() && digits.size() < kDigits) {
    digits.insert(0, kDigits - digits.size(), '0');
  }
  return AccountId::parse(digits).value_or(AccountId{});
}

Result<Event> read_event(const Value& record, EventClass event_class, std::string_view text) {
  const std::string time = record["eventTime"].text();
  const auto moment = parse_time(time);
  if (!moment) {
    return fail("bad_record", time.empty() ? "the record has no `eventTime`"
                                           : fmt::format("`{}` is no time", printable(time)));
  }
  Event event;
  event.digest = digest_of(text);
  event.id = record["eventID"].text();
  if (event.id.empty()) {
    event.id = fmt::format("none-{:016x}", event.digest);  // so that duplicates are still found
  }
  event.time = *moment;
  event.account = account_of(record["recipientAccountId"]);
  if (!event.account.known()) {
    event.account = account_of(record["userIdentity"]["accountId"]);
  }
  event.region = Region::parse(record["awsRegion"].text()).value_or(Region{});
  event.source = record["eventSource"].text();
  event.name = record["eventName"].text();
  event.event_class = event_class;
  event.actor = read_actor(record);
  event.error_code = record["errorCode"].text();
  event.error_message = record["errorMessage"].text();
  event.shared_id = record["sharedEventID"].text();
  event.corrects_id = record["addendum"]["originalEventID"].text();
  if (event.error_code.empty() && !event.error_message.empty()) {
    event.error_code = "unknown";  // some services give the message alone
  }
  return event;
}

}  // namespace portolan::events
