#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/ip.h"
#include "core/result.h"
#include "core/service.h"

namespace portolan::reach {

enum class SelectorKind : std::uint8_t {
  Internet,   // every public address that the snapshot does not own
  Any,        // every interface, and the internet
  Cidr,       // 10.0.0.0/16: interfaces with an address in it, and hosts out there
  Address,    // 10.0.0.7, or 10.0.0.7@vpc-… where VPCs overlap
  Name,       // a resource id, ARN, or name: i-…, eni-…, `web-1`
  Group,      // sg:web or sg:sg-…: interfaces that have the group
  Subnet,     // subnet:app-a
  VpcOf,      // vpc:main
  Balancer,   // lb:shop: the balancer itself
  TagOf,      // tag:tier=db
  AccountOf,  // account:123456789012
};

/// One side of a question, as it was written.
struct Selector {
  SelectorKind kind = SelectorKind::Any;
  std::string value;               // after the prefix: the name, `K=V` of a tag
  std::optional<IpPrefix> prefix;  // Cidr; Address as a host prefix
  std::string vpc;                 // after `@`, or empty

  /// The canonical text form; parses back.
  [[nodiscard]] std::string text() const;
  friend bool operator==(const Selector&, const Selector&) = default;
};

/// `FROM -> TO SERVICE`.
struct Question {
  Selector from;
  Selector to;
  ServiceSet services = ServiceSet::all();  // all: `any`, does some service pass

  [[nodiscard]] std::string text() const;
  friend bool operator==(const Question&, const Question&) = default;
};

/// Error `bad_selector`. An unknown prefix (`sgx:web`) is an error with a suggestion.
Result<Selector> parse_selector(std::string_view text);

/// Error `bad_question`, `bad_selector` or `bad_service`; the service may be left out (= any).
///
/// Example: `internet -> lb:shop tcp/443`. A name with spaces is quoted: `"web 1" -> db tcp/5432`.
Result<Question> parse_question(std::string_view text);

/// What a line of an intents file promises. Text form: `allow`, `deny`, `only`.
enum class IntentKind : std::uint8_t {
  Allow,  // all of the service passes between every pair
  Deny,   // nothing of it passes between any pair
  Only,   // allow, and nothing else reaches TO on that service
};

std::string_view text(IntentKind kind);

struct Intent {
  IntentKind kind = IntentKind::Deny;
  Question question;
  int line = 0;  // 1-based

  /// The line as `parse_intents` reads it.
  [[nodiscard]] std::string text() const;
  friend bool operator==(const Intent&, const Intent&) = default;
};

/// One bad line does not spoil the rest: `errors` carries each with its line in the context.
struct Intents {
  std::vector<Intent> intents;
  std::vector<Error> errors;
};

/// Lines of `allow|deny|only FROM -> TO SERVICE`; `#` starts a comment, empty lines are skipped.
/// `file` names the source in the errors' context, as `file:LINE`.
Intents parse_intents(std::string_view text, std::string_view file);

}  // namespace portolan::reach
