#include <utility>

#include "collect/decode/families.h"

namespace portolan::collect {

namespace {

void mode(Reader& in, BlockPublicAccess& row) {
  const auto text = in.string();
  if (text == "block-bidirectional") {
    row.mode = BlockMode::Bidirectional;
  } else if (text == "block-ingress") {
    row.mode = BlockMode::Ingress;
  }
}

/// SOURCE: EC2 API, VpcBlockPublicAccessOptions.
constexpr Field<BlockPublicAccess> kOptionFields[] = {
    {"AwsAccountId", owner<BlockPublicAccess>},
    {"AwsRegion", [](Reader& in, BlockPublicAccess& row) { in.read(row.owned.region); }},
    {"InternetGatewayBlockMode", mode},
    {"ExclusionsAllowed",
     [](Reader& in, BlockPublicAccess& row) {
       row.exclusions_allowed = in.string() != "not-allowed";
     }},
};

void resource(Reader& in, BlockPublicAccessExclusion& row) {
  std::string text;
  in.read(text);
  read_arn(text, row.owned);
  row.resource = text.substr(text.rfind('/') + 1);
}

/// SOURCE: EC2 API, VpcBlockPublicAccessExclusion.
constexpr Field<BlockPublicAccessExclusion> kExclusionFields[] = {
    {"ExclusionId", value<&BlockPublicAccessExclusion::id>},
    {"InternetGatewayExclusionMode",
     [](Reader& in, BlockPublicAccessExclusion& row) {
       row.allows_ingress = in.string() == "allow-bidirectional";
     }},
    {"ResourceArn", resource},
    {"State",
     [](Reader& in, BlockPublicAccessExclusion& row) {
       const auto state = in.string();
       row.is_active = state == "create-complete" || state == "update-complete";
     }},
    {"Tags", tags<BlockPublicAccessExclusion>},
};

}  // namespace

void decode_block_public_access(Answer& answer) {
  const std::size_t place = answer.in.offset();
  BlockPublicAccess row;
  read_fields(answer.in, kOptionFields, row);
  if (answer.in.ok()) {
    add_row(answer, std::move(row), place);
  }
}

void decode_block_public_access_exclusions(Answer& answer) { read_rows(answer, kExclusionFields); }

}  // namespace portolan::collect
