#include <optional>

#include <fmt/format.h>

#include "checks/check.h"
#include "checks/exposure.h"
#include "checks/finding_text.h"
#include "checks/instances.h"
#include "checks/role_powers.h"

namespace portolan::checks {

extern const Check exposed_instance_can_change_sg;

namespace {

constexpr std::string_view kReferences[] = {
    "EC2 User Guide: Use the Instance Metadata Service to access instance metadata"};

/// Whether the internet talks to an instance.
struct Contact {
  ServiceSet services;  // for sure
  const NetworkInterface* interface = nullptr;
  IpFamily family = IpFamily::V4;
  std::string doubt;  // what is missing to know, if no service is sure
};

Contact contact_of(const Context& context, const Instance& instance) {
  Contact contact;
  for (const NetworkInterfaceId& id : instance.interfaces) {
    const NetworkInterface* interface = context.snapshot().find(id);
    for (const IpFamily family : kFamilies) {
      if (interface == nullptr) {
        continue;
      }
      const auto& exposed = context.exposure().of(*interface, family);
      if (!exposed.world.empty()) {
        return {.services = exposed.world, .interface = interface, .family = family, .doubt = {}};
      }
      if (!exposed.unknown.empty() && contact.doubt.empty()) {
        contact.doubt = context.exposure().doubt(Flow::Inbound, *interface);
      }
    }
  }
  return contact;
}

Finding judge(const Context& context, const Instance& instance) {
  Finding finding = about(exposed_instance_can_change_sg.id, instance);
  const MetadataOptions& options = instance.metadata;
  if (options.endpoint_enabled == false || options.tokens_required == true) {
    return passed(std::move(finding), "its metadata service answers no forged request");
  }
  const Contact contact = contact_of(context, instance);
  if (contact.services.empty() && contact.doubt.empty()) {
    return passed(std::move(finding), "the internet does not reach it");
  }
  RoleAnswer role = role_answer(context, instance);
  if (role.kind == RoleAnswer::Kind::Nothing) {
    return passed(std::move(finding), std::move(role.words));
  }
  const bool is_read = context.authority().directory != nullptr;
  const Risk doubted = is_read ? Risk::High : Risk::Info;
  if (role.kind == RoleAnswer::Kind::Unknown) {
    return unknown(std::move(finding), doubted, std::move(role.words), {std::move(role.gap)});
  }
  if (!options.tokens_required) {
    return unknown(
        std::move(finding), doubted,
        "whether its metadata service answers without a token is not known",
        {fmt::format("the MetadataOptions of {} are not in the document", instance.id.value)});
  }
  if (contact.services.empty()) {
    return unknown(std::move(finding), doubted, "whether the internet reaches it is not known",
                   {contact.doubt});
  }
  finding.outcome = Outcome::Fail;
  finding.risk = role.kind == RoleAnswer::Kind::Can ? Risk::Critical : Risk::High;
  finding.message = fmt::format(
      "the internet reaches {}, a forged request gets its keys (IMDSv1), "
      "and {}",
      services_text(contact.services), role.words);
  finding.affected = {instance.id.value};
  finding.witness = witness_of(
      *context.exposure().way(Flow::Inbound, *contact.interface, contact.family, contact.services));
  finding.fix = fmt::format(
      "aws ec2 modify-instance-metadata-options --instance-id {} --http-tokens required",
      instance.id.value);
  if (is_stopped(instance)) {
    call_stopped(finding);
  }
  return finding;
}

std::vector<Finding> run(const Context& context) {
  std::vector<Finding> findings;
  for (const Instance& instance : context.snapshot().all<Instance>()) {
    findings.push_back(judge(context, instance));
  }
  return findings;
}

}  // namespace

const Check exposed_instance_can_change_sg = {
    .id = "exposed-instance-can-change-sg",
    .title = "Reachable instance with IMDSv1 can open the network",
    .risk = Risk::Critical,
    .resources = "Instance",
    .why =
        "Each part alone is an oversight; together they are the whole way: a request from the "
        "internet that the instance is tricked into hands out the keys of its role, and the role "
        "opens the network to whoever has them.",
    .fix =
        "Require tokens of the metadata service at once; then take the rights away from the role "
        "and close what the internet need not reach.",
    .references = kReferences,
    .run = run,
    .remedy = require_tokens};

}  // namespace portolan::checks
