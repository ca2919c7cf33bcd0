#include <algorithm>
#include <utility>

#include "collect/decode/families.h"

namespace portolan::collect {

namespace {

/// SOURCE: Redshift API, Cluster. Other services have `Clusters`, too, of other members. It has no
/// ARN: one is made when account and region are known.
constexpr Field<DbInstance> kClusterFields[] = {
    {"ClusterIdentifier", value<&DbInstance::identifier>},
    {"Endpoint",
     [](Reader& in, DbInstance& row) {
       in.object([&](std::string_view key) {
         if (key == "Port") {
           in.read(row.port);
         } else {
           in.skip();
         }
       });
     }},
    {"VpcSecurityGroups",
     [](Reader& in, DbInstance& row) { members_of(in, "VpcSecurityGroupId", row.groups); }},
    {"VpcId", value<&DbInstance::vpc>},
    {"PubliclyAccessible", value<&DbInstance::is_publicly_accessible>},
    {"Tags", tags<DbInstance>},
    {"ClusterNamespaceArn", arn<DbInstance>},
};

constexpr Field<WebAcl> kAclFields[] = {
    {"Name", value<&WebAcl::acl_name>},
    {"ARN", arn_id<WebAcl>},
};

/// A list of mere names: where it is empty, there is nothing to describe either.
void cover_if_empty(Answer& answer, Noun noun) {
  bool is_empty = true;
  answer.in.array([&] {
    is_empty = false;
    answer.in.skip();
  });
  if (is_empty) {
    answer.out.nouns.push_back({.noun = noun, .is_whole = answer.in.ok()});
  }
}

constexpr Field<EcsService> kAwsVpcFields[] = {
    {"assignPublicIp",
     [](Reader& in, EcsService& row) { row.assigns_public_address |= in.string() == "ENABLED"; }},
};

void network(Reader& in, EcsService& row) {
  in.object([&](std::string_view key) {
    if (key == "awsvpcConfiguration") {
      row.has_network = true;
      read_fields(in, kAwsVpcFields, row);
    } else {
      in.skip();
    }
  });
}

constexpr Field<EcsService> kTaskSetFields[] = {{"networkConfiguration", network}};

void task_sets(Reader& in, EcsService& row) {
  in.objects([&] { read_fields(in, kTaskSetFields, row); });
}

/// ECS spells the members of a tag small.
void small_tags(Reader& in, EcsService& row) {
  in.objects([&] {
    Tag& tag = row.owned.tags.emplace_back();
    in.object([&](std::string_view key) {
      if (key == "key") {
        in.read(tag.key);
      } else if (key == "value") {
        in.read(tag.value);
      } else {
        in.skip();
      }
    });
  });
  std::sort(row.owned.tags.begin(), row.owned.tags.end());
}

/// SOURCE: ECS API, Service, TaskSet. What stands under `deployments` is the past.
constexpr Field<EcsService> kServiceFields[] = {
    {"serviceArn", arn_id<EcsService>},
    {"serviceName", value<&EcsService::service_name>},
    {"taskSets", task_sets},
    {"networkConfiguration", network},
    {"tags", small_tags},
};

constexpr Field<EksNodeGroup> kRemoteFields[] = {
    {"ec2SshKey",
     [](Reader& in, EksNodeGroup& row) {
       const auto text = in.string();
       row.has_remote_access = text && !text->empty();
     }},
    {"sourceSecurityGroups", value<&EksNodeGroup::from_groups>},
};

/// SOURCE: EKS API, Nodegroup.
constexpr Field<EksNodeGroup> kNodeGroupFields[] = {
    {"nodegroupName", value<&EksNodeGroup::group_name>},
    {"nodegroupArn", arn_id<EksNodeGroup>},
    {"clusterName", value<&EksNodeGroup::cluster>},
    {"remoteAccess", [](Reader& in, EksNodeGroup& row) { read_fields(in, kRemoteFields, row); }},
};

constexpr Field<ClientVpnEndpoint> kVpnFields[] = {
    {"ClientVpnEndpointId", value<&ClientVpnEndpoint::id>},
    {"ConnectionLogOptions",
     [](Reader& in, ClientVpnEndpoint& row) {
       in.object([&](std::string_view key) {
         if (key == "Enabled") {
           in.read(row.logs_connections);
         } else {
           in.skip();
         }
       });
     }},
    {"VpcId", value<&ClientVpnEndpoint::vpc>},
    {"Tags", tags<ClientVpnEndpoint>},
};

struct AuthorizationDraft {
  std::string endpoint;
  VpnAuthorization row;
  std::string status;
};

constexpr Field<AuthorizationDraft> kAuthorizationFields[] = {
    {"ClientVpnEndpointId", value<&AuthorizationDraft::endpoint>},
    {"GroupId", [](Reader& in, AuthorizationDraft& row) { in.read(row.row.group); }},
    {"AccessAll", [](Reader& in, AuthorizationDraft& row) { in.read(row.row.is_everybody); }},
    {"DestinationCidr", [](Reader& in, AuthorizationDraft& row) { in.read(row.row.cidr); }},
    {"Status", [](Reader& in, AuthorizationDraft& row) { row.status = member_of(in, "Code"); }},
};

}  // namespace

void decode_redshift_clusters(Answer& answer) {
  answer.in.objects([&] {
    const std::size_t place = answer.in.offset();
    DbInstance row{.engine = "redshift"};
    read_fields(answer.in, kClusterFields, row);
    if (!answer.in.ok() || row.identifier.empty()) {
      answer.in.missing_id(place);
      return;
    }
    std::sort(row.groups.begin(), row.groups.end());
    add_row(answer, std::move(row), place);
  });
}

void decode_web_acls(Answer& answer) {
  bool is_regional = true;
  bool is_known = true;
  answer.in.objects([&] {
    const std::size_t place = answer.in.offset();
    WebAcl row;
    read_fields(answer.in, kAclFields, row);
    if (!is_whole(answer, row, place)) {
      is_known = false;  // of WAF Classic, which has no ARNs
    } else if (row.id.value.find(":global/") != std::string::npos) {
      is_regional = false;  // of CloudFront
    } else {
      add_row(answer, std::move(row), place);
    }
  });
  if (is_known && is_regional) {
    answer.out.nouns.push_back({.noun = Noun::WebAcls,
                                .is_whole = answer.in.ok(),
                                .account = answer.evidence.account(),
                                .region = answer.evidence.region()});
  }
}

void decode_web_acl_resources(Answer& answer) {
  const std::size_t place = answer.in.offset();
  std::vector<std::string> arns;
  answer.in.read(arns);
  const std::size_t all = arns.size();
  std::erase_if(
      arns, [](const std::string& arn) { return arn.find(":loadbalancer/") == std::string::npos; });
  // The call answers for one kind of resource: this was another one.
  if (answer.in.ok() && arns.empty() == (all == 0)) {
    answer.out.loose<ProtectedPart>().push_back(
        {.part = {std::move(arns)}, .origin = answer.origin(place)});
  }
}

void decode_ecs_services(Answer& answer) { read_rows(answer, kServiceFields); }

void decode_ecs_names(Answer& answer) { cover_if_empty(answer, Noun::EcsServices); }

void decode_eks_node_group(Answer& answer) {
  const std::size_t place = answer.in.offset();
  EksNodeGroup row;
  read_fields(answer.in, kNodeGroupFields, row);
  if (is_whole(answer, row, place)) {
    std::sort(row.from_groups.begin(), row.from_groups.end());
    add_row(answer, std::move(row), place);
  }
}

void decode_eks_names(Answer& answer) { cover_if_empty(answer, Noun::EksNodeGroups); }

/// Of a function only the groups that it names matter, and mentions are found apart. What other
/// services list by this name has no ARN of Lambda.
void decode_functions(Answer& answer) {
  answer.in.objects([&] {
    const std::size_t place = answer.in.offset();
    Owned owned;
    std::string id;
    answer.in.object([&](std::string_view key) {
      if (key == "FunctionArn") {
        answer.in.read(id);
        read_arn(id, owned);
      } else {
        answer.in.skip();
      }
    });
    if (answer.in.ok() && id.empty()) {
      answer.in.missing_id(place);
    }
    answer.evidence.note(owned);
  });
}

void decode_client_vpn_endpoints(Answer& answer) { read_rows(answer, kVpnFields); }

void decode_client_vpn_authorizations(Answer& answer) {
  const std::size_t place = answer.in.offset();
  auto& parts = answer.out.loose<AuthorizationsPart>();
  const std::size_t first = parts.size();
  answer.in.objects([&] {
    const std::size_t rule_place = answer.in.offset();
    AuthorizationDraft draft;
    read_fields(answer.in, kAuthorizationFields, draft);
    if (!answer.in.ok() || draft.endpoint.empty()) {
      answer.in.missing_id(rule_place);
      return;
    }
    // A rule on its way out lets nobody in.
    const bool is_there = draft.status != "revoking" && draft.status != "failed";
    parts.push_back({std::move(draft.endpoint), {}, answer.origin(rule_place)});
    if (is_there) {
      parts.back().part.authorizations.push_back(std::move(draft.row));
    }
  });
  if (parts.size() == first && answer.in.ok()) {
    parts.push_back({.part = {}, .origin = answer.origin(place)});  // of an endpoint without rules
  }
}

}  // namespace portolan::collect
