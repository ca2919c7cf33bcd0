#include <algorithm>
#include <array>
#include <utility>

#include "collect/decode/families.h"

namespace portolan::collect {

namespace {

InstanceState state_of(std::string_view text) {
  struct Name {
    std::string_view text;
    InstanceState state;
  };
  static constexpr std::array kNames = {
      Name{"pending", InstanceState::Pending},
      Name{"running", InstanceState::Running},
      Name{"stopping", InstanceState::Stopping},
      Name{"stopped", InstanceState::Stopped},
      Name{"shutting-down", InstanceState::ShuttingDown},
      Name{"terminated", InstanceState::Terminated},
  };
  for (const Name& name : kNames) {
    if (name.text == text) {
      return name.state;
    }
  }
  return InstanceState::Unknown;
}

constexpr Field<MetadataOptions> kMetadataFields[] = {
    {"HttpTokens",
     [](Reader& in, MetadataOptions& row) {
       if (const auto text = in.string()) {
         row.tokens_required = *text == "required";
       }
     }},
    {"HttpPutResponseHopLimit", value<&MetadataOptions::hop_limit>},
    {"HttpEndpoint",
     [](Reader& in, MetadataOptions& row) {
       if (const auto text = in.string()) {
         row.endpoint_enabled = *text == "enabled";
       }
     }},
};

struct InstanceDraft {
  Instance& row;
  std::string zone;
  std::string platform_details;
  Answer* answer = nullptr;
  std::size_t first_interface = 0;  // of its own in the harvest's inline interfaces
};

template <auto Member>
void inner(Reader& in, InstanceDraft& draft) {
  in.read(draft.row.*Member);
}

constexpr Field<InstanceDraft> kInstanceFields[] = {
    {"ImageId", inner<&Instance::image>},
    {"InstanceId", inner<&Instance::id>},
    {"Placement",
     [](Reader& in, InstanceDraft& row) { row.zone = member_of(in, "AvailabilityZone"); }},
    {"Platform", inner<&Instance::platform>},
    {"State",
     [](Reader& in, InstanceDraft& row) { row.row.state = state_of(member_of(in, "Name")); }},
    {"SubnetId", inner<&Instance::subnet>},
    {"VpcId", inner<&Instance::vpc>},
    {"IamInstanceProfile",
     [](Reader& in, InstanceDraft& row) { row.row.instance_profile = member_of(in, "Arn"); }},
    {"NetworkInterfaces",
     [](Reader&, InstanceDraft& row) { decode_inline_interfaces(*row.answer); }},
    {"Tags", [](Reader& in, InstanceDraft& row) { tags(in, row.row); }},
    {"MetadataOptions",
     [](Reader& in, InstanceDraft& row) { read_metadata_options(in, row.row.metadata); }},
    {"PlatformDetails", value<&InstanceDraft::platform_details>},
    {"OwnerId", [](Reader& in, InstanceDraft& row) { owner(in, row.row); }},
};

/// Joins an instance with the interfaces that stood inside of it.
void finish_instance(InstanceDraft& draft) {
  Instance& row = draft.row;
  row.owned.region = region_of_zone(draft.zone);
  if (row.platform.empty()) {
    row.platform = std::move(draft.platform_details);
  }
  auto& interfaces = draft.answer->out.inline_interfaces;
  for (std::size_t i = draft.first_interface; i < interfaces.size(); ++i) {
    NetworkInterface& interface = interfaces[i].row;
    interface.instance = row.id;
    interface.zone = draft.zone;
    interface.owned.region = row.owned.region;
    row.interfaces.push_back(interface.id);
    if (!row.owned.account.known()) {
      row.owned.account = interface.owned.account;
    }
  }
  std::sort(row.interfaces.begin(), row.interfaces.end());
}

void read_instances(Answer& answer) {
  auto& rows = answer.out.rows<Instance>();
  answer.in.objects([&] {
    const std::size_t place = answer.in.offset();
    const std::size_t problems = answer.in.problems().size();
    auto& found = rows.emplace_back();
    found.origin = answer.origin(place);
    InstanceDraft draft{.row = found.row,
                        .answer = &answer,
                        .first_interface = answer.out.inline_interfaces.size()};
    read_fields(answer.in, kInstanceFields, draft);
    if (!is_whole(answer, found.row, place)) {
      rows.pop_back();
      answer.out.inline_interfaces.resize(draft.first_interface);
      return;
    }
    finish_instance(draft);
    answer.in.name_problems(problems, found.row.id.value);
  });
}

struct DbDraft {
  DbInstance& row;
  int endpoint_port = 0;
  int instance_port = 0;
};

void endpoint(Reader& in, DbDraft& draft) {
  in.object([&](std::string_view key) {
    if (key == "Port") {
      in.read(draft.endpoint_port);
    } else {
      in.skip();
    }
  });
}

void subnet_group(Reader& in, DbDraft& draft) {
  in.object([&](std::string_view key) {
    if (key == "VpcId") {
      in.read(draft.row.vpc);
    } else if (key == "Subnets") {
      members_of(in, "SubnetIdentifier", draft.row.subnets);
    } else {
      in.skip();
    }
  });
}

constexpr Field<DbDraft> kDbFields[] = {
    {"DBInstanceIdentifier", [](Reader& in, DbDraft& row) { in.read(row.row.identifier); }},
    {"Engine", [](Reader& in, DbDraft& row) { in.read(row.row.engine); }},
    {"Endpoint", endpoint},
    {"VpcSecurityGroups",
     [](Reader& in, DbDraft& row) { members_of(in, "VpcSecurityGroupId", row.row.groups); }},
    {"DBSubnetGroup", subnet_group},
    {"PubliclyAccessible",
     [](Reader& in, DbDraft& row) { in.read(row.row.is_publicly_accessible); }},
    {"DbInstancePort", value<&DbDraft::instance_port>},
    {"DBInstanceArn", [](Reader& in, DbDraft& row) { arn_id(in, row.row); }},
    {"TagList", [](Reader& in, DbDraft& row) { tags(in, row.row); }},
};

}  // namespace

void read_metadata_options(Reader& in, MetadataOptions& options) {
  read_fields(in, kMetadataFields, options);
}

void decode_instances(Answer& answer) {
  const std::size_t first = answer.out.rows<Instance>().size();
  read_instances(answer);
  const auto& rows = answer.out.rows<Instance>();
  for (std::size_t i = first; i < rows.size(); ++i) {
    answer.evidence.note(rows[i].row.owned);
  }
}

void decode_reservations(Answer& answer) {
  auto& rows = answer.out.rows<Instance>();
  answer.in.objects([&] {
    const std::size_t first = rows.size();
    AccountId account;
    answer.in.object([&](std::string_view key) {
      if (key == "OwnerId") {
        answer.in.read(account);
      } else if (key == "Instances") {
        read_instances(answer);
      } else {
        answer.in.skip();
      }
    });
    for (std::size_t i = first; i < rows.size(); ++i) {
      rows[i].row.owned.account = account.known() ? account : rows[i].row.owned.account;
      answer.evidence.note(rows[i].row.owned);
    }
  });
}

void decode_db_instances(Answer& answer) {
  read_drafts(answer, kDbFields, [](DbDraft& draft) {
    draft.row.port = draft.endpoint_port != 0 ? draft.endpoint_port : draft.instance_port;
    std::sort(draft.row.subnets.begin(), draft.row.subnets.end());
    std::sort(draft.row.groups.begin(), draft.row.groups.end());
  });
}

}  // namespace portolan::collect
