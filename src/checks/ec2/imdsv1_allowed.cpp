#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "checks/check.h"
#include "checks/exposure.h"
#include "checks/finding_text.h"
#include "checks/instances.h"
#include "checks/targets.h"

namespace portolan::checks {

extern const Check imdsv1_allowed;

namespace {

constexpr std::string_view kReferences[] = {"CIS AWS 3.0: 5.6", "CIS AWS 5.0: 5.7",
                                            "CIS AWS 7.0: 6.7", "AWS FSBP: EC2.8"};

class Run {
 public:
  explicit Run(const Context& context) : context_(context), served_(internet_targets(context)) {}

  std::vector<Finding> run() {
    std::vector<Finding> findings;
    for (const Instance& instance : context_.snapshot().all<Instance>()) {
      if (!is_gone(instance)) {
        findings.push_back(judge(instance));
      }
    }
    return findings;
  }

 private:
  Finding judge(const Instance& instance) {
    Finding finding = about(imdsv1_allowed.id, instance);
    const MetadataOptions& options = instance.metadata;
    if (options.endpoint_enabled == false) {
      return passed(std::move(finding), "its metadata service is off");
    }
    if (options.tokens_required == true) {
      return passed(std::move(finding), "its metadata service wants a session token (IMDSv2)");
    }
    if (!options.tokens_required) {
      const std::string gap = fmt::format("the MetadataOptions of {} are not in the document: {}",
                                          instance.id.value, call_of(Noun::Instances));
      return unknown(std::move(finding), Risk::High,
                     "whether the metadata service answers without a token is not known", {gap});
    }
    finding.affected = {instance.id.value};
    finding.fix = fmt::format(
        "aws ec2 modify-instance-metadata-options --instance-id {} --http-tokens required",
        instance.id.value);
    grade(instance, finding);
    if (is_stopped(instance) && !finding.is_latent) {
      call_stopped(finding);
    }
    return finding;
  }

  /// What reads the metadata is a request that the instance is talked into: it takes someone who
  /// can talk to it.
  void grade(const Instance& instance, Finding& finding) {
    const std::string role = instance.instance_profile.empty()
                                 ? std::string("it has no role to steal")
                                 : "its role is " + instance.instance_profile;
    for (const NetworkInterface* interface : interfaces_of(instance)) {
      for (const IpFamily family : kFamilies) {
        const ServiceSet& services = context_.exposure().of(*interface, family).world;
        if (services.empty()) {
          continue;
        }
        finding.risk = Risk::High;
        finding.message =
            fmt::format("IMDSv1 is on, and the internet reaches {} of {}; {}",
                        services_text(services), title_of(context_.estate(), *interface), role);
        finding.witness =
            witness_of(*context_.exposure().way(Flow::Inbound, *interface, family, services));
        return;
      }
    }
    if (const auto found = served_.find(instance.id); found != served_.end()) {
      finding.risk = Risk::High;
      finding.message = fmt::format("IMDSv1 is on, and the internet reaches it through {}; {}",
                                    found->second->balancer_name, role);
      return;
    }
    finding.risk = Risk::Low;
    finding.is_latent = true;
    finding.message =
        fmt::format("IMDSv1 is on, but the internet does not reach the instance now: {}; {}",
                    blocker(instance), role);
  }

  [[nodiscard]] Interfaces interfaces_of(const Instance& instance) const {
    Interfaces interfaces;
    for (const NetworkInterfaceId& id : instance.interfaces) {
      if (const NetworkInterface* interface = context_.snapshot().find(id)) {
        interfaces.push_back(interface);
      }
    }
    return interfaces;
  }

  [[nodiscard]] std::string blocker(const Instance& instance) const {
    const Interfaces interfaces = interfaces_of(instance);
    return interfaces.empty()
               ? std::string("its interfaces were not collected")
               : context_.exposure().blocker(*interfaces.front(), IpFamily::V4, ServiceSet::all());
  }

  const Context& context_;
  std::map<InstanceId, const LoadBalancer*> served_;
};

std::vector<Finding> run(const Context& context) { return Run(context).run(); }

}  // namespace

const Check imdsv1_allowed = {
    .id = "imdsv1-allowed",
    .title = "Instance metadata v1 allowed",
    .risk = Risk::High,
    .resources = "Instance",
    .why =
        "With IMDSv1 one request that the instance is tricked into (SSRF, an open proxy) hands out "
        "the keys of its role. IMDSv2 wants a token first, which such a request cannot fetch.",
    .fix =
        "See with the CloudWatch metric MetadataNoToken that nothing uses IMDSv1 any more. Set "
        "http-tokens to required with aws ec2 modify-instance-metadata-options.",
    .references = kReferences,
    .run = run,
    .remedy = require_tokens};

}  // namespace portolan::checks
