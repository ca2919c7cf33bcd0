#include "tests/live/store.h"

#include <cstdlib>
#include <ctime>
#include <functional>

#include <fmt/format.h>

#include "collect/aws/percent.h"
#include "core/text.h"

namespace portolan::live {

namespace {

using collect::aws::percent_decoded;
using collect::aws::percent_encoded;

Reply error(int status, const std::string& code, const std::string& more = "") {
  return {
      .status = status,
      .body = fmt::format("<?xml version=\"1.0\"?>\n<Error><Code>{}</Code>{}</Error>", code, more)};
}

std::map<std::string, std::string> parameters(const std::string& query) {
  std::map<std::string, std::string> out;
  for (const std::string_view part : split(query, '&')) {
    const std::size_t equals = part.find('=');
    out[percent_decoded(part.substr(0, equals))] = percent_decoded(part.substr(equals + 1));
  }
  return out;
}

/// As S3 encodes keys in a list: slashes stay, a space is a plus.
std::string listed(const std::string& key) {
  std::string out;
  for (const char c : key) {
    out += c == '/' ? "/" : c == ' ' ? "+" : percent_encoded(std::string_view(&c, 1));
  }
  return out;
}

std::string http_date(std::int64_t seconds) {
  const std::time_t time = seconds;
  char text[64];
  std::strftime(text, sizeof(text), "Date: %a, %d %b %Y %H:%M:%S GMT\r\n", std::gmtime(&time));
  return text;
}

}  // namespace

Reply Store::list(const std::string& query) {
  auto asked = parameters(query);
  const int most = std::min(page_size, std::stoi(asked["max-keys"]));
  std::string body =
      "<ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
      "<EncodingType>url</EncodingType>";
  int count = 0;
  auto each = objects.upper_bound(std::max(asked["start-after"], std::string()));
  for (; each != objects.end() && count < most; ++each) {
    if (each->first.starts_with(asked["prefix"])) {
      body += fmt::format(
          "<Contents><Key>{}</Key><ETag>&quot;{:x}&quot;</ETag><Size>{}</Size></Contents>",
          listed(each->first), std::hash<std::string>{}(each->second), each->second.size());
      ++told;
      ++count;
    }
  }
  while (each != objects.end() && !each->first.starts_with(asked["prefix"])) {
    ++each;
  }
  ++lists;
  return {.body = body + fmt::format("<IsTruncated>{}</IsTruncated></ListBucketResult>",
                                     each != objects.end())};
}

Reply Store::answer(const Asked& asked) {
  const std::size_t begin = asked.raw.find(' ') + 1;
  const std::string target = asked.raw.substr(begin, asked.raw.find(' ', begin) - begin);
  if (disturb) {
    if (Reply reply = disturb(target); reply.status != 0) {
      return reply;
    }
  }
  if (const std::string refused = refusal(asked.raw, key, clock_s); !refused.empty()) {
    Reply reply = error(403, refused);
    reply.headers = clock_s == 0 ? "" : http_date(clock_s);
    return reply;
  }
  if (scope_of(asked.raw).region != region) {
    return error(400, "AuthorizationHeaderMalformed", "<Region>" + region + "</Region>");
  }
  if (target.starts_with("/logs?")) {
    return list(target.substr(target.find('?') + 1));
  }
  if (!target.starts_with("/logs/")) {
    return error(404, "NoSuchBucket");
  }
  ++gets;
  const auto found = objects.find(percent_decoded(target.substr(6)));
  return found == objects.end() ? error(404, "NoSuchKey") : Reply{.body = found->second};
}

void use_server(const std::string& url, const KnownKey& key) {
  ::setenv("AWS_ENDPOINT_URL", url.c_str(), 1);
  ::setenv("AWS_REGION", "eu-west-1", 1);
  ::setenv("AWS_ACCESS_KEY_ID", key.id.c_str(), 1);
  ::setenv("AWS_SECRET_ACCESS_KEY", key.secret.c_str(), 1);
  ::setenv("AWS_SESSION_TOKEN", key.token.c_str(), 1);
  ::unsetenv("AWS_PROFILE");
  ::setenv("AWS_CONFIG_FILE", "/nonexistent", 1);
  ::setenv("AWS_SHARED_CREDENTIALS_FILE", "/nonexistent", 1);
}

}  // namespace portolan::live
