#include <algorithm>
#include <array>
#include <cstring>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "core/name.h"
#include "core/text.h"
#include "iam/directory.h"
#include "iam/json_reader.h"

namespace portolan::iam {
namespace {

/// Reads documents into a directory: first the policies of all, then groups, then who has them, for
/// an export may come in several files.
class AccountDetails {
 public:
  AccountDetails(Directory& directory, Diagnostics& problems)
      : directory_(directory), problems_(problems) {}

  void read_policies(const JsonPlace& document, const std::string& file) {
    file_ = file;
    document.each("Policies", [&](const JsonPlace& place) { read_managed(place); });
    read_single(document);
  }

  void read_groups(const JsonPlace& document, const std::string& file) {
    file_ = file;
    document.each("GroupDetailList", [&](const JsonPlace& place) {
      const std::string arn = place.text("Arn");
      const Policies policies = policies_of(place, "GroupPolicyList", "group");
      groups_[{account_of(arn), place.text("GroupName")}] = {arn, policies};
      if (!arn.empty()) {
        directory_.groups[arn] = policies;
      }
    });
  }

  void read_principals(const JsonPlace& document, const std::string& file) {
    file_ = file;
    document.each("UserDetailList", [&](const JsonPlace& place) { read_user(place); });
    document.each("RoleDetailList", [&](const JsonPlace& place) { read_role(place); });
    if (document.is_true("IsTruncated")) {
      truncated_ = file;
    } else {
      is_ended_ = true;
    }
  }

  void finish() {
    for (const auto& [account, partition] : accounts_) {
      add({.caller = Caller::parse(fmt::format("arn:{}:iam::{}:root", partition, account)),
           .name = "root"});
    }
    if (!truncated_.empty() && !is_ended_) {
      file_ = truncated_;
      report("truncated_document", "",
             "the export stops in the middle: read it with all its pages");
    }
  }

 private:
  static std::string account_of(std::string_view arn) {
    const auto parsed = Arn::parse(arn);
    return parsed ? std::string(parsed->account()) : std::string();
  }

  /// One policy, as `get-policy` and `get-policy-version` print it together.
  void read_single(const JsonPlace& document) {
    simdjson::dom::element policy;
    simdjson::dom::element version;
    if (document.json["PolicyVersion"].get(version) != simdjson::SUCCESS) {
      return;
    }
    const bool has_policy = document.json["Policy"].get(policy) == simdjson::SUCCESS;
    const std::string arn =
        has_policy ? JsonPlace{policy, ""}.text("Arn") : document.text("PolicyArn");
    if (!arn.empty()) {
      managed_[arn] =
          directory_.keep(JsonPlace{version, document.pointer + "/PolicyVersion"}.policy(
              "Document", arn, file_, problems_));
    }
  }

  void report(std::string code, const std::string& pointer, std::string message) {
    problems_.add({.code = std::move(code),
                   .message = std::move(message),
                   .file = file_,
                   .pointer = pointer});
  }

  /// The default version is the one that counts.
  void read_managed(const JsonPlace& place) {
    const std::string arn = place.text("Arn");
    place.each("PolicyVersionList", [&](const JsonPlace& version) {
      if (version.is_true("IsDefaultVersion")) {
        managed_[arn] = directory_.keep(version.policy("Document", arn, file_, problems_));
      }
    });
  }

  const Policy* managed(const std::string& arn, const std::string& pointer) {
    const auto [place, is_new] = managed_.try_emplace(arn, nullptr);
    if (place->second == nullptr) {
      report("missing_policy", pointer,
             fmt::format("the policy `{}` is attached but not in the export", printable(arn)));
      place->second = directory_.keep(unknown_policy(arn, "the policy is not in the export"));
    }
    return place->second;
  }

  Policies policies_of(const JsonPlace& place, std::string_view inline_list,
                       std::string_view noun) {
    const std::string owner = place.text(noun == "user"   ? "UserName"
                                         : noun == "role" ? "RoleName"
                                                          : "GroupName");
    Policies policies;
    place.each(inline_list, [&](const JsonPlace& own) {
      const std::string name = fmt::format("{} {} / {}", noun, owner, own.text("PolicyName"));
      policies.push_back(directory_.keep(own.policy("PolicyDocument", name, file_, problems_)));
    });
    place.each("AttachedManagedPolicies", [&](const JsonPlace& attached) {
      policies.push_back(managed(attached.text("PolicyArn"), attached.pointer));
    });
    return policies;
  }

  /// What users and roles share; false if the ARN is none of a principal.
  bool begin(Principal& principal, const JsonPlace& place) {
    const std::string arn = place.text("Arn");
    principal.caller = Caller::parse(arn);
    if (principal.caller.account.empty()) {
      report("bad_principal", place.pointer,
             fmt::format("`{}` is not the ARN of a user or a role", printable(arn)));
      return false;
    }
    accounts_.emplace(principal.caller.account, split(arn, ':')[1]);
    place.each("Tags", [&](const JsonPlace& tag) {
      principal.tags.emplace_back(tag.text("Key"), tag.text("Value"));
    });
    simdjson::dom::element boundary;
    if (place.json["PermissionsBoundary"].get(boundary) == simdjson::SUCCESS) {
      const JsonPlace at{boundary, place.pointer + "/PermissionsBoundary"};
      principal.boundary = {managed(at.text("PermissionsBoundaryArn"), at.pointer)};
    }
    return true;
  }

  void read_user(const JsonPlace& place) {
    Principal user{.name = place.text("UserName"), .id = place.text("UserId")};
    if (!begin(user, place)) {
      return;
    }
    user.identity = policies_of(place, "UserPolicyList", "user");
    place.each("GroupList", [&](const JsonPlace& group) {
      std::string_view written;
      const bool is_text = group.json.get(written) == simdjson::SUCCESS;
      const std::string name(is_text ? written : "?");
      auto found = groups_.find({user.caller.account, name});
      found = found == groups_.end() ? groups_.find({"", name}) : found;
      if (found == groups_.end()) {
        report("missing_policy", group.pointer,
               fmt::format("the group `{}` is not in the export", printable(name)));
        user.identity.push_back(
            directory_.keep(unknown_policy("group " + name, "the group is not in the export")));
      } else {
        const auto& [arn, policies] = found->second;
        user.identity.insert(user.identity.end(), policies.begin(), policies.end());
        user.groups.push_back(arn);
      }
    });
    add(std::move(user));
  }

  void read_role(const JsonPlace& place) {
    Principal role{.name = place.text("RoleName"), .id = place.text("RoleId")};
    if (!begin(role, place)) {
      return;
    }
    role.identity = policies_of(place, "RolePolicyList", "role");
    role.trust = directory_.keep(place.policy(
        "AssumeRolePolicyDocument", fmt::format("trust of role {}", role.name), file_, problems_));
    place.each("InstanceProfileList", [&](const JsonPlace& profile) {
      role.instance_profiles.push_back(profile.text("Arn"));
    });
    add(std::move(role));
  }

  /// Keeps the list sorted and each principal once: exports of several pages may repeat.
  void add(Principal principal) {
    const auto place = std::ranges::lower_bound(
        directory_.principals, principal.caller.name(), {},
        [](const Principal& each) -> const std::string& { return each.caller.name(); });
    if (place == directory_.principals.end() || place->caller.name() != principal.caller.name()) {
      directory_.principals.insert(place, std::move(principal));
    }
  }

  std::string file_;
  Directory& directory_;
  Diagnostics& problems_;
  std::string truncated_;                         // a file that says that there is more
  bool is_ended_ = false;                         // another says that there is not
  std::map<std::string, const Policy*> managed_;  // by ARN
  /// ARN and policies by account and name.
  std::map<std::pair<std::string, std::string>, std::pair<std::string, Policies>> groups_;
  std::map<std::string, std::string> accounts_;  // and the partition of each
};

/// Reads an organization into a directory.
class OrganizationReader {
 public:
  OrganizationReader(const std::string& file, Directory& directory, Diagnostics& problems)
      : file_(file), directory_(directory), problems_(problems) {}

  void read(const JsonPlace& document, const JsonPlace& head) {
    Organization organization{.id = head.text("Id"),
                              .management_account = head.text("MasterAccountId")};
    document.each("Policies", [&](const JsonPlace& place) {
      simdjson::dom::element summary;
      if (place.json["PolicySummary"].get(summary) == simdjson::SUCCESS) {
        const JsonPlace at{summary, place.pointer + "/PolicySummary"};
        const std::string name = fmt::format("{} ({})", at.text("Id"), at.text("Name"));
        policies_[at.text("Id")] = directory_.keep(place.policy("Content", name, file_, problems_));
      }
    });
    const bool is_limited = has_service_control(document);
    document.each("Targets", [&](const JsonPlace& place) {
      OrganizationNode node{.id = place.text("Id"),
                            .parent = place.text("ParentId"),
                            .service_control = service_control_of(place, is_limited),
                            .resource_control = policies_of(place, "ResourceControlPolicies")};
      organization.nodes.insert_or_assign(node.id, std::move(node));
    });
    simdjson::dom::element delegation;
    if (document.json["ResourcePolicy"].get(delegation) == simdjson::SUCCESS) {
      organization.is_delegation_known = true;
      if (!delegation.is_null()) {
        organization.delegation = directory_.keep(JsonPlace{delegation, "/ResourcePolicy"}.policy(
            "Content", "the organization's delegation policy", file_, problems_));
      }
    }
    directory_.organization = std::move(organization);
  }

 private:
  /// False if the root says that service control policies are switched off.
  /// SOURCE: AWS Organizations API Reference, "Root", PolicyTypes.
  static bool has_service_control(const JsonPlace& document) {
    bool is_told = false;
    bool is_on = false;
    document.each("Roots", [&](const JsonPlace& root) {
      is_told = true;
      root.each("PolicyTypes", [&](const JsonPlace& each) {
        is_on = is_on ||
                (each.text("Type") == "SERVICE_CONTROL_POLICY" && each.text("Status") == "ENABLED");
      });
    });
    return is_on || !is_told;
  }

  Policies service_control_of(const JsonPlace& place, bool is_limited) {
    constexpr std::string_view key = "ServiceControlPolicies";
    if (!is_limited) {
      return {directory_.keep(
          parse_policy(R"({"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}})",
                       "service control policies, which are switched off", problems_))};
    }
    simdjson::dom::element list;
    return place.json[key].get(list) == simdjson::SUCCESS
               ? policies_of(place, key)
               : Policies{directory_.keep(
                     unknown_policy(fmt::format("service control policies of {}", place.text("Id")),
                                    "the document does not tell of them"))};
  }

  Policies policies_of(const JsonPlace& place, std::string_view key) {
    Policies policies;
    place.each(key, [&](const JsonPlace& each) {
      std::string_view id;
      if (each.json.get(id) != simdjson::SUCCESS) {
        id = "";
      }
      const auto [known, is_new] = policies_.try_emplace(std::string(id), nullptr);
      if (is_new) {
        problems_.add({.code = "missing_policy",
                       .message = fmt::format("the policy `{}` is attached but not in the document",
                                              printable(id)),
                       .file = file_,
                       .pointer = each.pointer});
        known->second =
            directory_.keep(unknown_policy(std::string(id), "the policy is not in the document"));
      }
      policies.push_back(known->second);
    });
    return policies;
  }

  const std::string& file_;
  Directory& directory_;
  Diagnostics& problems_;
  std::map<std::string, const Policy*> policies_;  // by id
};

bool has_member(const JsonPlace& place, std::string_view key) {
  simdjson::dom::element value;
  return place.json[key].get(value) == simdjson::SUCCESS;
}

bool is_account_details(const JsonPlace& place) {
  return has_member(place, "UserDetailList") || has_member(place, "RoleDetailList") ||
         has_member(place, "GroupDetailList");
}

/// `null` says that there is none; the answer of `describe-organization` alone tells nothing.
void read_organization(const JsonPlace& place, const std::string& file, Directory& directory,
                       Diagnostics& problems) {
  simdjson::dom::element head;
  if (place.json["Organization"].get(head) != simdjson::SUCCESS) {
    return;
  }
  if (head.is_null()) {
    directory.has_no_organization = true;
  } else if (has_member(place, "Targets")) {
    OrganizationReader(file, directory, problems).read(place, {head, "/Organization"});
  }
}

/// Those of services whose actions change the network.
void read_endpoints(const JsonPlace& place, const std::string& file, Directory& directory,
                    Diagnostics& problems) {
  place.each("VpcEndpoints", [&](const JsonPlace& endpoint) {
    const std::string id = endpoint.text("VpcEndpointId");
    const std::string name = endpoint.text("ServiceName");
    const std::string service = name.substr(name.rfind('.') + 1);
    if ((service == "ec2" || service == "elasticloadbalancing") &&
        has_member(endpoint, "PolicyDocument")) {
      directory.endpoints[id] = {
          .service = service,
          .policy = directory.keep(
              endpoint.policy("PolicyDocument", fmt::format("endpoint {}", id), file, problems))};
    }
  });
}

}  // namespace

bool mentions_authority(std::string_view bytes) {
  static constexpr std::array<std::string_view, 4> kMembers = {
      "DetailList\"", "\"PolicyVersion\"", "\"Organization\"", "\"VpcEndpoints\""};
  return std::ranges::any_of(kMembers, [&](std::string_view member) {
    // Several times as fast as `find`, where nearly all of the text are quotes and letters.
    return ::memmem(bytes.data(), bytes.size(), member.data(), member.size()) != nullptr;
  });
}

Result<std::monostate> add_account_details(std::string_view json, const std::string& file,
                                           Directory& directory, Diagnostics& problems) {
  simdjson::dom::parser parser;
  simdjson::dom::element document;
  if (const auto error = parse_json(parser, json, document)) {
    return fail("bad_document", fmt::format("not JSON: {}", simdjson::error_message(error)), file);
  }
  simdjson::dom::array list;
  if (document["UserDetailList"].get(list) != simdjson::SUCCESS &&
      document["RoleDetailList"].get(list) != simdjson::SUCCESS) {
    return fail("bad_document",
                "neither `UserDetailList` nor `RoleDetailList`: write what `aws iam "
                "get-account-authorization-details` prints",
                file);
  }
  AccountDetails details(directory, problems);
  details.read_policies({document, ""}, file);
  details.read_groups({document, ""}, file);
  details.read_principals({document, ""}, file);
  details.finish();
  return std::monostate{};
}

void read_documents(std::span<const AuthorityDocument> documents, Directory& directory,
                    Diagnostics& problems) {
  AccountDetails details(directory, problems);
  /// Calls `use` for each answer of each document; `faults` of whole documents are told once.
  const auto each_answer = [&](Diagnostics* faults, const auto& use) {
    for (const AuthorityDocument& document : documents) {
      simdjson::dom::parser parser;
      simdjson::dom::element json;
      simdjson::dom::array answers;
      const std::string text = shallow_json(document.bytes, kMostJsonDepth);
      if (const auto error = parse_json(parser, text, json)) {
        if (faults != nullptr) {
          faults->add({.code = "bad_document",
                       .message = fmt::format("not JSON: {}", simdjson::error_message(error)),
                       .file = document.path});
        }
      } else if (json.get(answers) == simdjson::SUCCESS) {
        std::size_t index = 0;
        for (const simdjson::dom::element answer : answers) {
          use(JsonPlace{answer, fmt::format("/{}", index++)}, document.path);
        }
      } else {
        use(JsonPlace{json, ""}, document.path);
      }
    }
  };
  each_answer(&problems, [&](const JsonPlace& place, const std::string& file) {
    if (is_account_details(place) || has_member(place, "PolicyVersion")) {
      details.read_policies(place, file);
    }
  });
  each_answer(nullptr, [&](const JsonPlace& place, const std::string& file) {
    if (is_account_details(place)) {
      details.read_groups(place, file);
    }
  });
  each_answer(nullptr, [&](const JsonPlace& place, const std::string& file) {
    if (is_account_details(place)) {
      details.read_principals(place, file);
    }
    read_organization(place, file, directory, problems);
    read_endpoints(place, file, directory, problems);
  });
  details.finish();
}

Result<std::monostate> add_organization(std::string_view json, const std::string& file,
                                        Directory& directory, Diagnostics& problems) {
  simdjson::dom::parser parser;
  simdjson::dom::element document;
  if (const auto error = parse_json(parser, json, document)) {
    return fail("bad_document", fmt::format("not JSON: {}", simdjson::error_message(error)), file);
  }
  simdjson::dom::element head;
  if (document["Organization"].get(head) != simdjson::SUCCESS) {
    return fail("bad_document", "no `Organization` with `Id` and `MasterAccountId`", file);
  }
  OrganizationReader(file, directory, problems).read({document, ""}, {head, "/Organization"});
  return std::monostate{};
}

}  // namespace portolan::iam
