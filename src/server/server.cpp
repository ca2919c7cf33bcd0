#include "server/server.h"

#include <utility>

#include <fmt/format.h>

#include "server/listener.h"

namespace portolan::server {

struct Server::Parts {
  std::unique_ptr<Listener> listener;
  Options options;
  Desk desk;
  Site site;
  std::string code;  // the first one

  Parts(std::unique_ptr<Listener> bound, Options wanted, std::shared_ptr<const Estate> estate,
        std::string token)
      : listener(std::move(bound)),
        options(std::move(wanted)),
        desk(std::move(estate)),
        site({.port = listener->port(),
              .allowed_hosts = options.allowed_hosts,
              .assets = options.assets,
              .on_code = [this](const std::string& next) { options.on_address(address(next)); }},
             std::move(token), desk) {}

  [[nodiscard]] std::string address(const std::string& fragment) const {
    return fmt::format("http://{}/#code={}", listener->host(), fragment);
  }
};

Server::Server(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Server::~Server() = default;

Result<std::unique_ptr<Server>> Server::open(Options options, Matter matter) {
  constexpr std::size_t token_bytes = 32;
  auto bound = Listener::bind(options.address, options.port);
  if (!bound && options.is_port_a_wish && bound.error().code == "address_in_use") {
    bound = Listener::bind(options.address, 0);
  }
  auto listener = TRY(std::move(bound));
  std::string token = TRY(secret(token_bytes));
  auto setting = std::make_shared<Setting>();
  setting->source = std::move(matter.source);
  setting->version = options.version;
  setting->judging = std::move(matter.judging);
  setting->allowed = std::move(matter.allowed);
  setting->timeline = std::move(matter.timeline);
  if (matter.past != nullptr) {
    setting->past = std::make_shared<const PastMoments>(std::move(matter.past));
  }
  setting->is_live = matter.is_live;
  auto estate = Estate::first(std::move(setting), std::move(matter.reading));
  auto parts = std::make_unique<Parts>(std::move(listener), std::move(options), std::move(estate),
                                       std::move(token));
  parts->code = TRY(parts->site.new_code());
  return std::unique_ptr<Server>(new Server(std::move(parts)));
}

std::uint16_t Server::port() const { return parts_->listener->port(); }
std::string Server::address() const { return parts_->address(parts_->code); }
const std::string& Server::token() const { return parts_->site.token(); }
void Server::run() { parts_->listener->run(parts_->site); }
void Server::stop() { parts_->listener->stop(); }
bool Server::is_stopped() const { return parts_->listener->is_stopped(); }
void Server::show(Reading reading, Time now) { parts_->desk.show(std::move(reading), now); }

Result<void> Server::apply(std::vector<Change> changes, const Cause& cause) {
  return parts_->desk.apply(changes, cause);
}

}  // namespace portolan::server
