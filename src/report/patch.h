#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/change.h"
#include "model/finding.h"
#include "model/snapshot.h"

/// Edits as people make them: part of the door of the report module. Portolan itself never writes
/// to AWS.
namespace portolan::report {

/// The AWS CLI commands that make the changes, in order, one a line without a line break in it.
/// Values that are not plain are quoted for a POSIX shell. A change that no single command makes is
/// a line that begins with `#`.
/// SOURCE: AWS CLI Command Reference, ec2.
std::vector<std::string> aws_commands(const Snapshot& snapshot, std::span<const Change> changes);

/// HCL for the AWS provider, 5 or later: rules and NACL entries that are added as resources of
/// their own, what is taken away as comments that name the block to delete.
/// SOURCE: Terraform registry, hashicorp/aws: aws_vpc_security_group_ingress_rule,
/// aws_vpc_security_group_egress_rule, aws_network_acl_rule, aws_instance.
std::string terraform(const Snapshot& snapshot, std::span<const Change> changes);

/// The same as a YAML fragment of CloudFormation's `Resources`.
/// SOURCE: CloudFormation template reference: AWS::EC2::SecurityGroupIngress,
/// AWS::EC2::SecurityGroupEgress, AWS::EC2::NetworkAclEntry.
std::string cloudformation(const Snapshot& snapshot, std::span<const Change> changes);

/// How one finding is put right.
struct Patch {
  std::vector<std::string> commands;  // of the AWS CLI, one a line
  std::string terraform;
  std::string cloudformation;
  /// Made from the finding's check, not from edits, so that no what-if has tried it; what begins
  /// with `YOUR_` is the user's to choose.
  bool is_to_fill_in = false;

  [[nodiscard]] bool empty() const { return commands.empty(); }
};

/// The patch that makes the edits; without any, the one that is known for findings of that check;
/// empty where people have to decide (docs/OUTPUTS.md lists the checks).
Patch patch_of(const Snapshot& snapshot, const Finding& finding, std::span<const Change> remedy);

/// A text as one word of a POSIX shell.
std::string shell_word(std::string_view text);

}  // namespace portolan::report
