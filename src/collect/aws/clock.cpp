#include "collect/aws/clock.h"

#include <chrono>
#include <cstdlib>

#include <fmt/format.h>

namespace portolan::collect::aws {

std::int64_t seconds_now() {
  const auto since_1970 = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::seconds>(since_1970).count();
}

std::string clock_skew(const HttpReply& reply, std::int64_t now_s) {
  // SOURCE: IAM User Guide, "Troubleshoot SigV4": most services take a signature for five minutes.
  static constexpr std::int64_t kAllowed_s = 300;
  const std::int64_t ahead_s = reply.server_time_s ? now_s - *reply.server_time_s : 0;
  if (std::abs(ahead_s) <= kAllowed_s) {
    return {};
  }
  const std::int64_t minutes = std::abs(ahead_s) / 60;
  const std::string amount = minutes < 60 ? fmt::format("{} min", minutes)
                                          : fmt::format("{} h {} min", minutes / 60, minutes % 60);
  return fmt::format("the clock of this machine is {} {} that of the server, set it right", amount,
                     ahead_s > 0 ? "ahead of" : "behind");
}

}  // namespace portolan::collect::aws
