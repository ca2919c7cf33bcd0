#pragma once

#include <cstddef>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/diagnostics.h"
#include "core/result.h"
#include "iam/request.h"

namespace portolan::iam {

using Tags = std::vector<std::pair<std::string, std::string>>;

/// What is certain of the sessions of a principal beside what the principal decides.
struct Session {
  Context given;                              // keys that its requests hold
  std::set<std::string, std::less<>> absent;  // keys that they never hold, folded

  [[nodiscard]] bool empty() const { return given.entries().empty() && absent.empty(); }
  /// `key` is folded.
  [[nodiscard]] bool decides(std::string_view key) const {
    return given.find(key) != nullptr || absent.contains(key);
  }
};

/// A user, a role or the root user of an account, with the policies that it has.
struct Principal {
  Caller caller;
  std::string name;
  std::string id;  // AIDA…, AROA…
  Tags tags;
  Policies identity;
  Policies boundary;
  const Policy* trust = nullptr;               // of a role
  std::vector<std::string> instance_profiles;  // ARNs, of a role
  std::vector<std::string> groups;             // ARNs, of a user
  bool has_left = false;                       // its organization: nothing above limits it
  Session session;
};

/// A root, an organizational unit or an account, and what is attached to it.
struct OrganizationNode {
  std::string id;
  std::string parent;  // empty of the root
  Policies service_control;
  Policies resource_control;
};

struct Organization {
  std::string id;
  std::string management_account;
  const Policy* delegation = nullptr;  // to member accounts, of what is the management account's
  bool is_delegation_known = false;    // whether there is one
  std::map<std::string, OrganizationNode, std::less<>> nodes;
};

/// A VPC endpoint through which a service is called.
struct EndpointGate {
  std::string service;  // `ec2`, as actions begin
  const Policy* policy = nullptr;
};

/// What is known about who there is. Policies are borrowed from `documents`, which keeps them
/// where they are when the directory is moved.
struct Directory {
  Directory() = default;
  Directory(Directory&&) = default;
  Directory& operator=(Directory&&) = default;
  Directory(const Directory&) = delete;
  Directory& operator=(const Directory&) = delete;
  ~Directory() = default;

  std::deque<Policy> documents;
  std::vector<Principal> principals;                           // sorted by ARN
  std::map<std::string, Policies, std::less<>> groups;         // by ARN, of users
  std::map<std::string, EndpointGate, std::less<>> endpoints;  // by id, those with a policy
  std::optional<Organization> organization;
  bool has_no_organization = false;  // known: service control policies do not exist

  const Policy* keep(Policy policy) { return &documents.emplace_back(std::move(policy)); }
};

/// Adds what `aws iam get-account-authorization-details` printed: users with their groups'
/// policies, roles, and the root user of each account.
///
/// A policy that is attached but not in the document (a boundary is often missing) is in the
/// directory as an unknown one. Problems, with `file` and JSON pointer: `bad_document`,
/// `bad_principal`, `missing_policy`, `truncated_document`, and those of `parse_policy`.
/// Error `bad_document` if it is no such document at all. Cost: linear.
/// SOURCE: IAM API Reference, "GetAccountAuthorizationDetails".
Result<std::monostate> add_account_details(std::string_view json, const std::string& file,
                                           Directory& directory, Diagnostics& problems);

/// Reads an organization: `{"Organization": {"Id", "MasterAccountId"}, "Targets": [{"Id",
/// "ParentId", "ServiceControlPolicies": [id], "ResourceControlPolicies": [id]}], "Policies":
/// [{"PolicySummary": {"Id", "Name"}, "Content"}]}`, where the policies are answers of
/// `aws organizations describe-policy` and the targets say what no single answer of AWS does: the
/// tree, and what hangs where. `Roots`, answers of list-roots, may say that service control
/// policies are switched off: then they limit nobody. A target that does not tell of its own has an
/// unknown one. `ResourcePolicy`, of describe-resource-policy, delegates the care for policies;
/// null says that nothing is delegated. Problems as above. Error `bad_document`. SOURCE: AWS
/// Organizations API Reference, "DescribeOrganization", "DescribePolicy".
Result<std::monostate> add_organization(std::string_view json, const std::string& file,
                                        Directory& directory, Diagnostics& problems);

/// A document of a source: what the AWS CLI printed.
struct AuthorityDocument {
  std::string path;  // for people
  std::string_view bytes;
};

/// True if the text may hold something for `read_documents`. Cost: a search.
bool mentions_authority(std::string_view bytes);

/// Adds what any of the documents tells: account details, in one or several pages, single policies
/// (`{"PolicyArn", "PolicyVersion"}`, or `get-policy` and `get-policy-version` together), the
/// policies of VPC endpoints to services that change the network, and the organization;
/// `{"Organization": null}` says that there is none. Other documents are passed over. Problems as
/// above; never fails as a whole.
void read_documents(std::span<const AuthorityDocument> documents, Directory& directory,
                    Diagnostics& problems);

/// The policies of a principal and of all levels above its account. Where the organization was not
/// read, a level of unknown content stands for it.
/// SOURCE: AWS Organizations User Guide, "Service control policies": the management account is not
/// limited by them.
Authority authority_of(const Directory& directory, const Principal& principal);
/// The same for one request: if it says that it came through an endpoint with a known policy, that
/// limits it too.
Authority authority_of(const Directory& directory, const Principal& principal,
                       const Request& request);
/// The resource control policies above an account, root first. Where the organization was not read,
/// a level of unknown content stands for it.
std::vector<Policies> resource_controls_of(const Directory& directory, std::string_view account);

/// Condition keys that the principal decides, and those that are given of its sessions. A role's
/// are those of a session whose name is open. Session tags, which a session may add, are not among
/// them. SOURCE: IAM User Guide, "AWS global condition context keys", properties of the principal.
Context context_of(const Directory& directory, const Principal& principal);
/// True for a key that `context_of` any principal decides, whether it is present or not.
bool is_principal_key(std::string_view key);
/// The same for one principal, whose session may decide more.
inline bool decides(const Principal& principal, std::string_view key) {
  return is_principal_key(key) || principal.session.decides(key);
}

}  // namespace portolan::iam
