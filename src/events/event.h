#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/name.h"
#include "core/time.h"
#include "events/edit.h"
#include "events/names.h"

namespace portolan::events {

/// Who called, from where, with what. All texts are as recorded: the caller chooses some of them.
/// SOURCE: CloudTrail user guide, "CloudTrail userIdentity element" and "CloudTrail record
/// contents".
struct Actor {
  std::string type;        // userIdentity.type: `IAMUser`, `AssumedRole`, `AWSService` …
  std::string arn;         // of the session; empty for services
  std::string principal;   // whom to hold responsible: the session issuer's ARN, otherwise the ARN,
                           // the service that called, or the principal id
  std::string account;     // the caller's, which may be another than the one changed
  std::string access_key;  // accessKeyId
  std::string invoked_by;  // the service that called for the principal, or empty
  std::string source;      // sourceIPAddress: an address, or the DNS name of a service
  std::string agent;       // userAgent
  friend auto operator<=>(const Actor&, const Actor&) = default;
};

/// One call that can change a network, as CloudTrail recorded it.
struct Event {
  std::string id;     // eventID verbatim; of records without one `none-` and a hash of what they
                      // say, however it is spelled
  Time time;          // when the call was complete, by the clock of the service
  AccountId account;  // recipientAccountId: whose trail it is in
  Region region;
  std::string source;  // eventSource, such as `ec2.amazonaws.com`
  std::string name;    // eventName
  EventClass event_class = EventClass::AttachOther;
  Actor actor;
  std::string error_code;  // empty if the call succeeded; a dry run is always an error
  std::string error_message;
  std::string shared_id;     // sharedEventID: the same action in another account's trail
  std::string corrects_id;   // addendum.originalEventID: the event that this one replaces
  std::uint64_t digest = 0;  // a hash of the record's text, to choose between two with one id
  std::vector<Edit> edits;   // what it changed; for a failed call what it would have

  [[nodiscard]] bool took_effect() const { return error_code.empty(); }
  [[nodiscard]] bool is_dry_run() const {
    return error_code == "Client.DryRunOperation" || error_code == "DryRunOperation";
  }
};

}  // namespace portolan::events
