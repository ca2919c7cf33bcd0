#include <algorithm>
#include <cstdlib>
#include <map>
#include <string>

#include <fmt/format.h>

#include "bench/support/row.h"
#include "collect/live.h"
#include "tests/support/fault_server.h"

/// All of EC2 collected from a server on loopback that has 2,000 groups with ten rules each, beside
/// the AWS CLI, which is asked for these groups alone.
namespace portolan::bench {
namespace {

constexpr int kGroups = 2000;
constexpr int kRules = 10;
constexpr int kPage = 1000;
constexpr double kTarget = 1;  // of the AWS CLI's time

std::string group_xml(int group) {
  std::string rules;
  for (int rule = 0; rule < kRules; ++rule) {
    rules += fmt::format(
        "<item><ipProtocol>tcp</ipProtocol><fromPort>{0}</fromPort><toPort>{0}</toPort><ipRanges>"
        "<item><cidrIp>10.{1}.{2}.0/24</cidrIp></item></ipRanges></item>",
        8000 + rule, group / 250, group % 250);
  }
  return fmt::format(
      "<item><ownerId>123456789012</ownerId><groupId>sg-{0:017x}</groupId><groupName>g{0}"
      "</groupName><groupDescription>d</groupDescription><vpcId>vpc-1</vpcId><ipPermissions>{1}"
      "</ipPermissions></item>",
      group, rules);
}

live::Reply groups_page(const live::Asked& asked) {
  const int first = asked.page.empty() ? 0 : std::atoi(asked.page.c_str());
  std::string list;
  for (int group = first; group < std::min(first + kPage, kGroups); ++group) {
    list += group_xml(group);
  }
  const std::string next =
      first + kPage < kGroups ? fmt::format("<nextToken>{}</nextToken>", first + kPage) : "";
  return {.body = fmt::format("<DescribeSecurityGroupsResponse><securityGroupInfo>{}"
                              "</securityGroupInfo>{}</DescribeSecurityGroupsResponse>",
                              list, next)};
}

live::Reply answer(const live::Asked& asked) {
  if (asked.action == "DescribeSecurityGroups") {
    return groups_page(asked);
  }
  if (asked.action == "GetCallerIdentity") {
    return {.body =
                "<GetCallerIdentityResponse><GetCallerIdentityResult><Account>123456789012"
                "</Account></GetCallerIdentityResult></GetCallerIdentityResponse>"};
  }
  return {.body = fmt::format("<{0}Response></{0}Response>", asked.action)};
}

/// Seconds; the summary goes to `summary`.
double collect(collect::LiveSummary& summary) {
  std::map<std::string, std::size_t> sizes;
  const double start = now_s();
  const auto done = collect::collect_live({.regions = {"eu-west-1"}, .services = {"ec2"}},
                                          {.take = [&](collect::Document document) -> Result<void> {
                                             sizes[document.path] = document.bytes.size();
                                             return {};
                                           },
                                           .progress = [](const collect::LiveProgress&) {},
                                           .is_stopped = [] { return false; }});
  if (!done) {
    fmt::print(stderr, "{}\n", done.error().message);
    std::exit(1);
  }
  summary = *done;
  return now_s() - start;
}

/// Seconds; 0 where there is no AWS CLI.
double ask_aws(const std::string& url) {
  const std::string command = fmt::format(
      "/usr/bin/aws --endpoint-url {} --region eu-west-1 ec2 describe-security-groups >/dev/null",
      url);
  const double start = now_s();
  return std::system(command.c_str()) == 0 ? now_s() - start : 0;
}

void run() {
  const live::FaultServer server(answer);
  ::setenv("AWS_ENDPOINT_URL", server.url().c_str(), 1);
  ::setenv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE", 1);
  ::setenv("AWS_SECRET_ACCESS_KEY", "of-a-benchmark", 1);
  ::setenv("AWS_CONFIG_FILE", "/nonexistent", 1);
  ::setenv("AWS_SHARED_CREDENTIALS_FILE", "/nonexistent", 1);
  collect::LiveSummary summary;
  const double ours = collect(summary);
  fmt::print("{} calls, {} requests, {} pages, {:.0f} MB at most\n", summary.collected,
             summary.progress.requests, summary.progress.pages, peak_memory_bytes() / 1e6);
  report({.name = "collect/2k-groups",
          .figure = ours,
          .peer = ask_aws(server.url()),
          .unit = "s",
          .target = kTarget});
}

}  // namespace
}  // namespace portolan::bench

int main() {
  portolan::bench::run();
  return 0;
}
