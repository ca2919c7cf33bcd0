#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "server/assets.h"
#include "server/desk.h"
#include "server/feed.h"
#include "server/gate.h"
#include "server/keys.h"
#include "server/message.h"
#include "server/target.h"

/// Private to the module: all answers, whatever carries them.
namespace portolan::server {

/// Answers may be asked for by several threads at once.
class Site {
 public:
  struct Setup {
    std::uint16_t port = 0;
    std::vector<std::string> allowed_hosts;
    std::function<std::shared_ptr<const Assets>()> assets;
    std::function<void(const std::string& code)> on_code;  // a new one, as the last was used
  };
  Site(Setup setup, std::string token, Desk& desk);

  /// The refusal of what may not be asked, from the head of a request. Never takes long.
  [[nodiscard]] std::optional<Reply> refuse(const Request& request) const;
  /// The answer to what is not refused. Packed where the client takes that.
  [[nodiscard]] Reply answer(const Request& request);

  [[nodiscard]] const std::string& token() const { return keys_.token(); }
  /// In the place of the one before. Error `no_randomness`.
  Result<std::string> new_code();
  [[nodiscard]] Feed& feed() { return desk_->feed(); }

 private:
  [[nodiscard]] Reply answer_api(const Request& request, const RequestTarget& target);
  [[nodiscard]] Reply answer_file(const Request& request, const RequestTarget& target) const;
  [[nodiscard]] Reply give_token(const Request& request);

  Setup setup_;
  Keys keys_;
  Gate gate_;
  Desk* desk_;
};

}  // namespace portolan::server
