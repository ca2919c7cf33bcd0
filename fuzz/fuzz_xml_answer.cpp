// Any bytes are an answer of AWS in XML: they become JSON that nests no deeper than is allowed, an
// error of AWS, or a page of keys in order; or they are refused.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "collect/aws/answer_json.h"
#include "collect/aws/calls.h"
#include "collect/aws/s3.h"
#include "core/assert.h"

namespace {

namespace aws = portolan::collect::aws;
namespace json = boost::json;

constexpr int kDepthMax = 128;

void check_depth(const json::value& value, int depth) {
  PORTOLAN_ASSERT(depth < kDepthMax);
  if (value.is_object()) {
    for (const auto& member : value.get_object()) {
      check_depth(member.value(), depth + 1);
    }
  } else if (value.is_array()) {
    for (const json::value& each : value.get_array()) {
      check_depth(each, depth + 1);
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  for (const auto& [service, action] :
       {std::pair("ec2", "DescribeSecurityGroups"), std::pair("ec2", "DescribeInstances"),
        std::pair("iam", "GetAccountAuthorizationDetails"), std::pair("sns", "ListSubscriptions"),
        std::pair("elbv2", "DescribeRules")}) {
    const auto answer = aws::answer_json(*aws::find_call(service, action), bytes);
    PORTOLAN_ASSERT(answer || answer.error().code == "bad_answer");
    if (answer) {
      check_depth(json::value(*answer), 0);
    }
  }
  aws::error_of(bytes);
  const auto page = aws::parse_page(bytes, "a");
  PORTOLAN_ASSERT(page || !page.error().code.empty());
  if (page) {
    PORTOLAN_ASSERT(page->is_last || !page->objects.empty());
    std::string last = "a";
    for (const aws::StoredObject& object : page->objects) {
      PORTOLAN_ASSERT(last < object.key);
      last = object.key;
    }
  }
  return 0;
}
