#include "tests/packets/attempts.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstring>
#include <map>
#include <optional>
#include <set>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <unistd.h>
#include <utility>

#include "tests/packets/sockets.h"

namespace portolan::packets {

namespace {

using Clock = std::chrono::steady_clock;

/// All hosts are in one kernel, which delivers while it sends: when nothing has come for so long,
/// nothing will.
constexpr std::chrono::milliseconds kSilence{150};
constexpr std::chrono::seconds kPatience{20};
constexpr std::size_t kBatchMax = 16000;

enum class Role : std::uint32_t { Listener, Client, Datagrams, Echoes };

/// All sockets of all hosts, in one thread: a socket stays in the namespace where it was opened.
class Exchange {
 public:
  Exchange(const World& world, const std::vector<Host>& hosts, std::vector<Attempt>& attempts)
      : world_(world), hosts_(hosts), attempts_(attempts), epoll_(epoll_create1(EPOLL_CLOEXEC)) {}

  void open(const Ports& services) {
    std::map<std::size_t, std::set<std::uint16_t>> client_ports;
    for (const Attempt& attempt : attempts_) {
      if (attempt.protocol == Protocol::Udp) {
        client_ports[attempt.from].insert(attempt.client_port);
      }
    }
    std::set<std::pair<std::string, IpFamily>> listening;
    for (std::size_t i = 0; i < hosts_.size(); ++i) {
      const auto& [node, address] = hosts_[i];
      nodes_.try_emplace(node, static_cast<std::uint32_t>(nodes_.size()));
      world_.enter(node);
      watch(echoes_, echoes_of(address), Role::Echoes, i);
      std::set<std::uint16_t> ports(services.begin(), services.end());
      ports.merge(client_ports[i]);
      for (const std::uint16_t port : ports) {
        datagrams_at_[{i, port}] = datagrams_.size();
        watch(datagrams_, datagrams_of(address, port), Role::Datagrams, i);
      }
      if (listening.insert({node, address.family()}).second) {
        for (const std::uint16_t port : services) {
          watch(listeners_, listen_on(address.family(), port), Role::Listener, i);
        }
      }
    }
  }

  void run(std::size_t first, std::size_t last) {
    clients_.clear();
    clients_.resize(last - first);
    first_ = first;
    pending_ = last - first;
    for (std::size_t i = first; i < last; ++i) {
      start(i);
      if (i % 64 == 0) {
        serve(std::chrono::milliseconds(0));
      }
    }
    const auto deadline = Clock::now() + kPatience;
    while (pending_ > 0 && serve(kSilence) && Clock::now() < deadline) {
    }
  }

 private:
  /// A socket, and the host that it belongs to.
  struct Socket {
    Descriptor descriptor;
    std::size_t host = 0;
  };

  void watch(std::vector<Socket>& sockets, Descriptor descriptor, Role role, std::size_t host) {
    watch(descriptor, role, sockets.size());
    sockets.push_back({std::move(descriptor), host});
  }

  void watch(const Descriptor& descriptor, Role role, std::size_t index) const {
    epoll_event event = {};
    event.events = EPOLLIN;
    event.data.u64 = static_cast<std::uint64_t>(role) << 32 | index;
    epoll_ctl(epoll_.number(), EPOLL_CTL_ADD, descriptor.number(), &event);
  }

  void start(std::size_t index) {
    Attempt& attempt = attempts_[index];
    const Host& host = hosts_[attempt.from];
    if (at_ != host.node) {
      world_.enter(host.node);
      at_ = host.node;
    }
    const auto number = static_cast<std::uint32_t>(index);
    attempt.passed = false;
    switch (attempt.protocol) {
      case Protocol::Tcp: {
        Descriptor& client = clients_[index - first_];
        client = connect_to(host.address, attempt.client_port, attempt.destination, attempt.port);
        watch(client, Role::Client, index);
        return;
      }
      case Protocol::Udp: {
        const Message message{.is_reply = 0, .attempt = number, .node = 0};
        const Socket& socket = datagrams_[datagrams_at_.at({attempt.from, attempt.client_port})];
        send(socket, message, {attempt.destination, attempt.port});
        return;
      }
      case Protocol::Icmp:
        send_echo(echoes_[attempt.from].descriptor,
                  {.id_and_sequence = static_cast<std::uint32_t>(attempt.from),
                   .message = {.is_reply = 0, .attempt = number, .node = 0},
                   .peer = attempt.destination});
        return;
    }
  }

  static void send(const Socket& socket, const Message& message, const SocketAddress& to) {
    sendto(socket.descriptor.number(), &message, sizeof message, 0, to.get(), to.size);
  }

  /// False if nothing came.
  bool serve(std::chrono::milliseconds wait) {
    std::array<epoll_event, 256> events = {};
    const int count = epoll_wait(epoll_.number(), events.data(), static_cast<int>(events.size()),
                                 static_cast<int>(wait.count()));
    for (int i = 0; i < count; ++i) {
      const std::uint64_t data = events.at(static_cast<std::size_t>(i)).data.u64;
      serve(static_cast<Role>(data >> 32), data & 0xFFFFFFFF);
    }
    return count > 0;
  }

  void serve(Role role, std::size_t index) {
    switch (role) {
      case Role::Listener:
        accept_all(listeners_[index]);
        return;
      case Role::Client:
        read_client(index);
        return;
      case Role::Datagrams:
        read_datagrams(datagrams_[index]);
        return;
      case Role::Echoes:
        read_echoes(echoes_[index]);
        return;
    }
  }

  [[nodiscard]] std::uint32_t number_of(const Socket& socket) const {
    return nodes_.at(hosts_[socket.host].node);
  }

  void accept_all(const Socket& listener) const {
    const std::uint32_t node = number_of(listener);
    while (true) {
      const Descriptor accepted(
          accept4(listener.descriptor.number(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
      if (!accepted.is_open()) {
        return;
      }
      ::send(accepted.number(), &node, sizeof node, MSG_NOSIGNAL);
    }
  }

  /// The answer came, if `is_right` from whom it should. It may come twice.
  void note(Attempt& attempt, bool is_right) {
    if (is_right && !attempt.passed) {
      attempt.passed = true;
      --pending_;
    }
  }

  void read_client(std::size_t index) {
    Descriptor& client = clients_.at(index - first_);
    std::uint32_t node = 0;
    const ssize_t size = read(client.number(), &node, sizeof node);
    Attempt& attempt = attempts_[index];
    note(attempt, size == sizeof node && node == nodes_.at(attempt.to));
    abort(client);
  }

  void read_datagrams(const Socket& socket) {
    while (true) {
      Message message;
      SocketAddress peer;
      const ssize_t size =
          recvfrom(socket.descriptor.number(), &message, sizeof message, 0, peer.get(), &peer.size);
      if (size < 0) {
        return;
      }
      if (size == sizeof message && message.is_reply == 0) {
        send(socket, reply_to(message, socket), peer);
      } else if (size == sizeof message) {
        take_reply(message, peer.address());
      }
    }
  }

  void read_echoes(const Socket& socket) {
    const IpFamily family = hosts_[socket.host].address.family();
    for (auto received = receive_echo(socket.descriptor, family); received.is_any;
         received = receive_echo(socket.descriptor, family)) {
      if (!received.echo) {
        continue;
      }
      Echo& echo = *received.echo;
      if (echo.message.is_reply == 0) {
        echo.message = reply_to(echo.message, socket);
        send_echo(socket.descriptor, echo);
      } else {
        take_reply(echo.message, echo.peer);
      }
    }
  }

  [[nodiscard]] Message reply_to(const Message& request, const Socket& socket) const {
    return {.is_reply = 1, .attempt = request.attempt, .node = number_of(socket)};
  }

  void take_reply(const Message& reply, const IpAddress& sender) {
    Attempt& attempt = attempts_.at(reply.attempt);
    note(attempt, reply.node == nodes_.at(attempt.to) && sender == attempt.destination);
  }

  const World& world_;
  const std::vector<Host>& hosts_;
  std::vector<Attempt>& attempts_;
  Descriptor epoll_;
  std::map<std::string, std::uint32_t> nodes_;  // a number for each, to answer with
  std::vector<Socket> listeners_;
  std::vector<Socket> datagrams_;
  std::vector<Socket> echoes_;                                                 // one for each host
  std::map<std::pair<std::size_t, std::uint16_t>, std::size_t> datagrams_at_;  // by host and port
  std::vector<Descriptor> clients_;  // of the batch at hand
  std::size_t first_ = 0;            // of the batch
  std::size_t pending_ = 0;          // attempts of the batch that have not passed
  std::string at_;
};

/// Raises the limit of open files; gives how many more there may be.
std::size_t files_left(std::size_t used) {
  rlimit limit = {};
  getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, 65536);
  setrlimit(RLIMIT_NOFILE, &limit);
  return limit.rlim_cur > used + 64 ? limit.rlim_cur - used - 64 : 64;
}

}  // namespace

void make(const World& world, const std::vector<Host>& hosts, const Ports& services,
          std::vector<Attempt>& attempts) {
  // Each host has sockets for its services twice over, and for client ports.
  const std::size_t batch =
      std::min(kBatchMax, files_left(hosts.size() * (3 * services.size() + 40)));
  Exchange exchange(world, hosts, attempts);
  exchange.open(services);
  for (std::size_t first = 0; first < attempts.size(); first += batch) {
    exchange.run(first, std::min(first + batch, attempts.size()));
  }
}

}  // namespace portolan::packets
