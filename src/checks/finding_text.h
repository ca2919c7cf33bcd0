#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "checks/estate.h"
#include "model/finding.h"
#include "model/security_group.h"
#include "reach/reach.h"

/// Private to the module: how findings are put into words.
namespace portolan::checks {

/// A finding about a resource: what it is and whose; the rest is the caller's.
Finding about(std::string_view check, const std::string& resource, const Owned& owned);
Finding about(std::string_view check, const SecurityGroup& group);
/// Any row that has an id and an owner.
template <class Row>
Finding about(std::string_view check, const Row& row) {
  return about(check, row.id.value, row.owned);
}

/// It was judged and is in order.
Finding passed(Finding finding, std::string_view message);
/// It cannot be judged for want of `gaps`.
Finding unknown(Finding finding, Risk risk, std::string message, std::vector<std::string> gaps);

/// The services in words: `every protocol and port`, or the text form.
std::string services_text(const ServiceSet& services);

/// `eni-… (web-1)`, `eni-… (web-1) and 3 more`.
std::string names_of(const Estate& estate, const Interfaces& interfaces);

/// The hops of an answer, one line each: `-> sg-… (sgr-…): why`, replies with `<-`.
std::vector<std::string> witness_of(const reach::Answer& answer);

/// Because of what an answer is not yes, in words: the first reason with its place.
std::string reason_of(const reach::Answer& answer);

/// How to take one rule of a group away.
std::string revocation(const FindingRule& rule, bool is_egress = false);

}  // namespace portolan::checks
