// Any bytes are a policy, perhaps of unknown content, and every request is decided under it: what
// was not readable never makes an answer sure that a readable part leaves open.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/assert.h"
#include "core/diagnostics.h"
#include "iam/iam.h"

namespace {

namespace iam = portolan::iam;

iam::Request request_of(std::string_view action) {
  iam::Request request{
      .caller = iam::Caller::parse("arn:aws:iam::111122223333:user/ann"),
      .action = std::string(action),
      .resource = "arn:aws:ec2:eu-west-1:111122223333:security-group/sg-1",
      .account = "111122223333",
  };
  request.context.set("aws:username", "ann");
  request.context.set("aws:SourceIp", "203.0.113.7");
  request.context.set("aws:CurrentTime", "2026-05-03T14:03:00Z");
  request.context.set("aws:MultiFactorAuthAge", "17");
  request.context.set_list("aws:TagKeys", {"team", "tier"});
  request.context.set_ambiguous("aws:ResourceTag/team");
  return request;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  portolan::Diagnostics problems;
  const iam::Policy policy = iam::parse_policy(text, "policy.json", problems);
  for (const iam::Statement& statement : policy.statements) {
    PORTOLAN_ASSERT(statement.fault.empty() || problems.errors() > 0);
    PORTOLAN_ASSERT(statement.effect != iam::Effect::NotReadable || !statement.fault.empty());
  }
  const iam::Policies policies{&policy};
  for (const std::string_view action : {"ec2:DeleteSecurityGroup", "sts:AssumeRole"}) {
    const iam::Request request = request_of(action);
    const iam::Decision plain = iam::decide(request, {.identity = policies});
    const iam::Decision bounded = iam::decide(request, {.identity = policies,
                                                        .boundary = policies,
                                                        .service_control = {policies},
                                                        .resource_policy = &policy});
    // The same policy as a limit cannot turn a sure denial into anything else.
    PORTOLAN_ASSERT(plain.outcome != iam::Outcome::ExplicitlyDenied ||
                    bounded.outcome == iam::Outcome::ExplicitlyDenied);
    PORTOLAN_ASSERT(plain.outcome != iam::Outcome::Unknown || !plain.unsure.empty());
  }
  return 0;
}
