#pragma once

#include <string>
#include <string_view>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "events/reader.h"

/// What the module's tests share: records in short.
namespace portolan::events::test {

/// A record of EC2, of account 111122223333 in eu-west-1 and of the user ann.
struct Spelled {
  std::string name;
  std::string request = "null";
  std::string response = "null";
  std::string time = "2026-05-03T14:03:00Z";
  std::string id;  // by default made of the others
  std::string error;
  std::string source = "ec2.amazonaws.com";
  std::string user = "ann";
  std::string extra;  // more members, with a comma at the end
};

inline std::string text(const Spelled& spelled) {
  const std::string id =
      spelled.id.empty() ? fmt::format("{}@{}", spelled.name, spelled.time) : spelled.id;
  const std::string error =
      spelled.error.empty() ? "" : fmt::format(R"("errorCode":"{}",)", spelled.error);
  return fmt::format(
      R"({{"eventVersion":"1.09","userIdentity":{{"type":"IAMUser","arn":)"
      R"("arn:aws:iam::111122223333:user/{}","accountId":"111122223333"}},"eventTime":"{}",)"
      R"("eventSource":"{}","eventName":"{}","awsRegion":"eu-west-1","sourceIPAddress":)"
      R"("198.51.100.7","userAgent":"aws-cli/2",{}{}"requestParameters":{},)"
      R"("responseElements":{},"eventID":"{}","recipientAccountId":"111122223333"}})",
      spelled.user, spelled.time, spelled.source, spelled.name, error, spelled.extra,
      spelled.request, spelled.response, id);
}

inline Readings read(std::string_view log, bool is_plain = false) {
  TrailReader reader({.is_plain = is_plain});
  Readings readings;
  reader.read(log, "trail.json", readings);
  return readings;
}

/// The one event of a log of one record.
inline Event read_one(const Spelled& spelled) {
  Readings readings = read(text(spelled));
  EXPECT_EQ(readings.events.size(), 1U) << text(spelled);
  for (const Diagnostic& each : readings.diagnostics.sorted()) {
    ADD_FAILURE() << portolan::text(each);
  }
  return readings.events.empty() ? Event{} : std::move(readings.events.front());
}

}  // namespace portolan::events::test
