#include "tests/live/account.h"

#include <cstdlib>

#include <fmt/format.h>

namespace portolan::live {

namespace json = boost::json;

std::string answer_of(const Asked& asked, const std::string& inside) {
  return fmt::format("<{0}Response><{0}Result>{1}</{0}Result></{0}Response>", asked.action, inside);
}

std::string error_of(const std::string& code, const std::string& message) {
  return fmt::format(
      "<ErrorResponse><Error><Code>{}</Code><Message>{}</Message></Error></ErrorResponse>", code,
      message);
}

std::string databases(const Asked& asked, int page, const std::string& next) {
  std::string list;
  for (int i = 0; i < kPageSize; ++i) {
    list +=
        fmt::format("<DBInstance><DBInstanceIdentifier>db-{}</DBInstanceIdentifier></DBInstance>",
                    page * kPageSize + i);
  }
  return answer_of(asked, fmt::format("<DBInstances>{}</DBInstances>{}", list,
                                      next.empty() ? "" : "<Marker>" + next + "</Marker>"));
}

FaultServer::Answer account(FaultServer::Answer on_databases) {
  return [on_databases = std::move(on_databases)](const Asked& asked) -> Reply {
    if (asked.action == "GetCallerIdentity") {
      return {.body = answer_of(asked, "<Account>123456789012</Account><Arn>arn:aws:x</Arn>")};
    }
    return asked.action == "DescribeDBInstances" ? on_databases(asked)
                                                 : Reply{.body = answer_of(asked, "")};
  };
}

json::object Crawled::databases() const {
  const auto found = documents.find("123456789012/eu-west-1/rds-describe-db-instances.json");
  return found == documents.end() ? json::object{} : json::parse(found->second).as_object();
}

std::string Crawled::all() const {
  std::string text = summary ? "" : summary.error().message;
  for (const auto& [path, bytes] : documents) {
    text += path + bytes;
  }
  return text;
}

json::object Crawled::entry(const std::string& call) const {
  const auto manifest = documents.find("portolan-manifest.json");
  if (manifest == documents.end()) {
    return {};
  }
  const json::value told = json::parse(manifest->second);
  for (const json::value& each : told.at("PortolanManifest").at("Calls").as_array()) {
    if (each.at("Call").as_string() == call) {
      return each.as_object();
    }
  }
  return {};
}

std::string Crawled::told(const std::string& call, const std::string& member) const {
  const json::object found = entry(call);
  const json::value* value = found.if_contains(member);
  return value == nullptr ? "" : std::string(value->as_string());
}

collect::LiveLimits hasty() { return {.rate_max = 5000, .burst = 100, .tries_max = 3}; }

Crawled crawl(const FaultServer& server, collect::LiveOptions options,
              const std::function<bool()>& is_stopped) {
  ::setenv("AWS_ENDPOINT_URL", server.url().c_str(), 1);
  ::setenv("AWS_CONFIG_FILE", "/nonexistent", 1);
  ::setenv("AWS_SHARED_CREDENTIALS_FILE", "/nonexistent", 1);
  if (std::getenv("AWS_CONTAINER_CREDENTIALS_FULL_URI") == nullptr) {
    ::setenv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE", 1);
    ::setenv("AWS_SECRET_ACCESS_KEY", kSecret, 1);
  }
  if (options.regions.empty()) {
    options.regions = {"eu-west-1"};
  } else if (options.regions.front() == "*") {
    options.regions.clear();
  }
  if (options.services.empty()) {
    options.services = {"rds"};
  }
  Crawled crawled;
  crawled.summary = collect::collect_live(
      options, {.take = [&](collect::Document document) -> Result<void> {
                  crawled.documents[document.path] = std::move(document.bytes);
                  return {};
                },
                .progress = [](const collect::LiveProgress&) {},
                .is_stopped = is_stopped});
  return crawled;
}

}  // namespace portolan::live
