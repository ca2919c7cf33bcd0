#include <algorithm>
#include <utility>

#include "collect/decode/attachment_kind.h"
#include "collect/decode/families.h"

namespace portolan::collect {

namespace {

void gateway_options(Reader& in, TransitGateway& row) {
  in.object([&](std::string_view key) {
    if (key == "SecurityGroupReferencingSupport") {
      row.references_security_groups = in.string() == "enable";
    } else if (key == "AutoAcceptSharedAttachments") {
      row.accepts_by_itself = in.string() == "enable";
    } else {
      in.skip();
    }
  });
}

constexpr Field<TransitGateway> kGatewayFields[] = {
    {"TransitGatewayId", value<&TransitGateway::id>},
    {"TransitGatewayArn", arn<TransitGateway>},
    {"State",
     [](Reader& in, TransitGateway& row) {
       const auto state = in.string();
       row.is_available = state == "available" || state == "modifying";
     }},
    {"OwnerId", owner<TransitGateway>},
    {"Options", gateway_options},
    {"Tags", tags<TransitGateway>},
};

void association(Reader& in, TransitGatewayAttachment& row) {
  std::string state;
  TransitGatewayRouteTableId table;
  in.object([&](std::string_view key) {
    if (key == "TransitGatewayRouteTableId") {
      in.read(table);
    } else if (key == "State") {
      in.read(state);
    } else {
      in.skip();
    }
  });
  if (state.empty() || state == "associated") {
    row.route_table = std::move(table);
  }
}

template <class Row>
void state(Reader& in, Row& row) {
  const auto text = in.string();
  row.is_available = text == "available" || text == "modifying";
}

/// The owner of an attachment is the owner of what is attached.
constexpr Field<TransitGatewayAttachment> kAttachmentFields[] = {
    {"TransitGatewayAttachmentId", value<&TransitGatewayAttachment::id>},
    {"TransitGatewayId", value<&TransitGatewayAttachment::gateway>},
    {"ResourceOwnerId", owner<TransitGatewayAttachment>},
    {"ResourceType",
     [](Reader& in, TransitGatewayAttachment& row) {
       row.kind = attachment_kind(in.string().value_or(""));
     }},
    {"ResourceId", value<&TransitGatewayAttachment::resource>},
    {"State", state<TransitGatewayAttachment>},
    {"Association", association},
    {"Tags", tags<TransitGatewayAttachment>},
};

void attachment_options(Reader& in, TransitGatewayAttachment& row) {
  in.object([&](std::string_view key) {
    if (key == "ApplianceModeSupport") {
      row.is_appliance_mode = in.string() == "enable";
    } else if (key == "SecurityGroupReferencingSupport") {
      row.references_security_groups = in.string() == "enable";
    } else {
      in.skip();
    }
  });
}

constexpr Field<TransitGatewayAttachment> kVpcAttachmentFields[] = {
    {"TransitGatewayAttachmentId", value<&TransitGatewayAttachment::id>},
    {"TransitGatewayId", value<&TransitGatewayAttachment::gateway>},
    {"VpcId", value<&TransitGatewayAttachment::resource>},
    {"VpcOwnerId", owner<TransitGatewayAttachment>},
    {"State", state<TransitGatewayAttachment>},
    {"SubnetIds",
     [](Reader& in, TransitGatewayAttachment& row) { in.read(row.subnets.emplace()); }},
    {"Options", attachment_options},
    {"Tags", tags<TransitGatewayAttachment>},
};

struct PeeringEnd {
  TransitGatewayId gateway;
  AccountId account;
  Region region;
};

constexpr Field<PeeringEnd> kEndFields[] = {
    {"TransitGatewayId", value<&PeeringEnd::gateway>},
    {"OwnerId", value<&PeeringEnd::account>},
    {"Region", value<&PeeringEnd::region>},
};

struct PeeringDraft {
  std::string id;
  PeeringEnd requester;
  PeeringEnd accepter;
  bool is_available = false;
  std::vector<Tag> tags;
};

constexpr Field<PeeringDraft> kPeeringFields[] = {
    {"TransitGatewayAttachmentId", value<&PeeringDraft::id>},
    {"RequesterTgwInfo",
     [](Reader& in, PeeringDraft& row) { read_fields(in, kEndFields, row.requester); }},
    {"AccepterTgwInfo",
     [](Reader& in, PeeringDraft& row) { read_fields(in, kEndFields, row.accepter); }},
    {"State", state<PeeringDraft>},
    {"Tags", value<&PeeringDraft::tags>},
};

/// The attachment of a peering as one of its gateways has it.
TransitGatewayAttachment end_of(const PeeringDraft& draft, const PeeringEnd& here,
                                const PeeringEnd& there) {
  TransitGatewayAttachment row;
  row.id.value = draft.id + '@' + here.gateway.value;
  row.gateway = here.gateway;
  row.owned = {.account = there.account, .region = here.region, .tags = draft.tags};
  row.kind = AttachmentKind::Peering;
  row.resource = there.gateway.value;
  row.is_available = draft.is_available;
  return row;
}

constexpr Field<TransitGatewayRouteTable> kRouteTableFields[] = {
    {"TransitGatewayRouteTableId", value<&TransitGatewayRouteTable::id>},
    {"TransitGatewayId", value<&TransitGatewayRouteTable::gateway>},
    {"Tags", tags<TransitGatewayRouteTable>},
};

}  // namespace

AttachmentKind attachment_kind(std::string_view text) {
  struct Name {
    std::string_view text;
    AttachmentKind kind;
  };
  static constexpr Name kNames[] = {
      {"vpc", AttachmentKind::Vpc},
      {"peering", AttachmentKind::Peering},
      {"tgw-peering", AttachmentKind::Peering},
      {"vpn", AttachmentKind::Vpn},
      {"direct-connect-gateway", AttachmentKind::DirectConnect},
      {"connect", AttachmentKind::Connect},
  };
  for (const Name& name : kNames) {
    if (name.text == text) {
      return name.kind;
    }
  }
  return AttachmentKind::Other;
}

void decode_transit_gateways(Answer& answer) { read_rows(answer, kGatewayFields); }

void decode_transit_gateway_attachments(Answer& answer) {
  read_rows(answer, kAttachmentFields, [](TransitGatewayAttachment& row) {
    if (row.kind == AttachmentKind::Peering) {
      row.id.value += '@' + row.gateway.value;
    }
  });
}

void decode_transit_gateway_vpc_attachments(Answer& answer) {
  read_rows(answer, kVpcAttachmentFields, [](TransitGatewayAttachment& row) {
    row.kind = AttachmentKind::Vpc;
    if (row.subnets) {
      std::sort(row.subnets->begin(), row.subnets->end());
    }
  });
}

void decode_transit_gateway_peering_attachments(Answer& answer) {
  answer.in.objects([&] {
    const std::size_t place = answer.in.offset();
    PeeringDraft draft;
    read_fields(answer.in, kPeeringFields, draft);
    if (!answer.in.ok() || draft.id.empty()) {
      answer.in.missing_id(place);
      return;
    }
    const auto add = [&](const PeeringEnd& here, const PeeringEnd& there) {
      if (!here.gateway.empty()) {
        answer.out.rows<TransitGatewayAttachment>().push_back(
            {end_of(draft, here, there), answer.origin(place)});
      }
    };
    add(draft.requester, draft.accepter);
    add(draft.accepter, draft.requester);
  });
}

void decode_transit_gateway_route_tables(Answer& answer) { read_rows(answer, kRouteTableFields); }

}  // namespace portolan::collect
