#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/name.h"
#include "core/rare_vector.h"
#include "core/shared_text.h"

namespace portolan {

/// How bad a finding is, worst last, so that `>=` reads as "at least as bad".
enum class Risk : std::uint8_t { Info, Low, Medium, High, Critical };

/// What a check says about one resource. Unknown is a result of its own: something needed to judge
/// was not collected, and it is named.
enum class Outcome : std::uint8_t { Pass, Fail, Unknown };

std::string_view text(Risk risk);
std::optional<Risk> parse_risk(std::string_view text);
std::string_view text(Outcome outcome);

/// One rule (of a group or NACL) that a finding is about.
struct FindingRule {
  std::string id;        // sgr-…, or `sg-…/ingress/tcp/22/0.0.0.0/0` where no id was collected
  std::string holder;    // the group, NACL or route table
  std::string peer;      // CIDR, group or prefix list
  std::string services;  // text form of a ServiceSet
  bool is_egress = false;
  friend auto operator<=>(const FindingRule&, const FindingRule&) = default;
};

/// One thing that is wrong (or cannot be judged) with one resource.
///
/// Example: check `sg-ingress-world-ssh`, resource `sg-0a…`, risk high, "tcp/22 is open to
/// 0.0.0.0/0 and reaches i-0b… from the internet".
///
/// A large estate has millions of them, of which nine in ten say that something is in order: what
/// those have in common is shared, and what they lack costs a pointer (216 bytes in place of 330).
struct Finding {
  SharedText check;      // id of the check
  std::string resource;  // id or ARN
  std::string name;      // its Name tag or group name, as AWS gave it: make it printable to show it
  AccountId account;
  Region region;
  Outcome outcome = Outcome::Fail;
  Risk risk = Risk::Medium;
  bool is_latent = false;  // wrong on paper, not exposed now; the message says what blocks it
  SharedText message;      // one sentence, what and why
  RareVector<FindingRule> rules;
  RareVector<std::string> affected;  // ENIs, instances … sorted
  RareVector<std::string> witness;   // the hops of one path, in order, each one line
  RareVector<std::string> gaps;      // what is missing, if the outcome is Unknown
  SharedText fix;                    // what to do, one sentence

  friend auto operator<=>(const Finding&, const Finding&) = default;
};

/// Worst first: outcome Fail before Unknown before Pass, then risk, then check, resource, message.
bool ranks_before(const Finding& a, const Finding& b);

}  // namespace portolan
