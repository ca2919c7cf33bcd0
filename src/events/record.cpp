#include "events/record.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "core/digest.h"
#include "core/text.h"
#include "events/digest.h"
#include "events/json/members.h"

namespace portolan::events {

namespace {

constexpr MemberNames kRecordMembers(std::array<std::string_view, 18>{
    "userIdentity", "eventTime", "eventSource", "eventName", "awsRegion", "sourceIPAddress",
    "userAgent", "errorCode", "errorMessage", "requestParameters", "responseElements", "eventID",
    "recipientAccountId", "sharedEventID", "addendum", "insightDetails", "eventJson",
    "CloudTrailEvent"});

/// SOURCE: CloudTrail user guide, "CloudTrail userIdentity element".
constexpr MemberNames kIdentityMembers(std::array<std::string_view, 8>{
    "type", "arn", "accountId", "accessKeyId", "invokedBy", "sessionContext", "principalId",
    "userName"});

/// RFC 3339; and as query engines print it, with a space and without a zone, which means UTC.
Result<Time> parse_time(std::string_view text) {
  constexpr std::size_t kDate = std::string_view("2026-05-03").size();
  if (text.size() > kDate && text[kDate] == ' ') {
    std::string rfc(text);
    rfc[kDate] = 'T';
    rfc += rfc.find_first_of("Z+", kDate) == std::string::npos ? "Z" : "";
    return Time::parse(rfc);
  }
  return Time::parse(text);
}

/// Whom to hold responsible: the first of them that is told.
std::string principal_of(const Actor& actor, const std::array<Value, 3>& others,
                         const Value& session) {
  if (std::string issuer = session["sessionIssuer"]["arn"].text(); !issuer.empty()) {
    return issuer;
  }
  if (!actor.arn.empty()) {
    return actor.arn;
  }
  if (!actor.invoked_by.empty()) {
    return actor.invoked_by;
  }
  for (const Value& each : others) {
    if (std::string text = each.text(); !text.empty()) {
      return text;
    }
  }
  return {};
}

}  // namespace

Record::Record(const Value& value) : whole(value) {
  const auto found = kRecordMembers.of(value);
  std::size_t next = 0;
  for (Value* const each : {&identity, &time, &source, &name, &region, &address, &agent,
                            &error_code, &error_message, &request, &response, &id, &recipient,
                            &shared_id, &addendum, &insight, &json_column, &lookup_text}) {
    *each = found[next++];
  }
}

AccountId account_of(const Value& value) {
  constexpr std::size_t kDigits = 12;
  if (value.is_string()) {
    const std::string_view digits = value.view();
    return digits.size() == kDigits ? AccountId::parse(digits).value_or(AccountId{}) : AccountId{};
  }
  std::string digits = value.text();
  if (!digits.empty() && digits.size() < kDigits) {
    digits.insert(0, kDigits - digits.size(), '0');
  }
  return digits.empty() ? AccountId{} : AccountId::parse(digits).value_or(AccountId{});
}

Result<void> read_event(const Record& record, EventClass event_class, std::string_view text,
                        Event& event) {
  const std::string time = record.time.is_string() ? std::string{} : record.time.text();
  const auto moment = parse_time(record.time.is_string() ? record.time.view() : time);
  if (!moment) {
    const std::string shown = record.time.text();
    return fail("bad_record", shown.empty() ? "the record has no `eventTime`"
                                            : fmt::format("`{}` is no time", printable(shown)));
  }
  event.digest = text_digest(text);
  record.id.put_text(event.id);
  if (event.id.empty()) {  // duplicates are to be found still
    event.id = fmt::format("none-{:016x}", content_digest(record.whole));
  }
  event.time = *moment;
  const auto [type, arn, account, key, invoked_by, session, principal, user] =
      kIdentityMembers.of(record.identity);
  const AccountId caller = account_of(account);
  event.account = account_of(record.recipient);
  if (!event.account.known()) {
    event.account = caller;
  }
  event.region = Region::parse(record.region.text()).value_or(Region{});
  record.source.put_text(event.source);
  record.name.put_text(event.name);
  event.event_class = event_class;
  type.put_text(event.actor.type);
  arn.put_text(event.actor.arn);
  event.actor.account = caller.text();
  key.put_text(event.actor.access_key);
  invoked_by.put_text(event.actor.invoked_by);
  record.address.put_text(event.actor.source);
  record.agent.put_text(event.actor.agent);
  event.actor.principal = principal_of(event.actor, {principal, user, type}, session);
  record.error_code.put_text(event.error_code);
  record.error_message.put_text(event.error_message);
  record.shared_id.put_text(event.shared_id);
  record.addendum["originalEventID"].put_text(event.corrects_id);
  if (event.error_code.empty() && !event.error_message.empty()) {
    event.error_code = "unknown";  // some services give the message alone
  }
  return {};
}

}  // namespace portolan::events
