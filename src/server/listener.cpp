#include "server/listener.h"

#include <array>
#include <atomic>
#include <chrono>
#include <csignal>
#include <optional>
#include <set>
#include <utility>

#include <boost/asio/dispatch.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <fmt/format.h>

namespace portolan::server {
namespace {

namespace net = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using Tcp = net::ip::tcp;
using Fault = boost::system::error_code;
using Parser = http::request_parser<http::string_body>;
using std::chrono::seconds;

constexpr std::size_t kConnectionsMost = 64;
constexpr std::size_t kStreamsMost = 8;
constexpr std::size_t kHeadMost = std::size_t{16} << 10U;
constexpr std::size_t kBodyMost = std::size_t{256} << 10U;
constexpr std::size_t kBufferMost = std::size_t{64} << 10U;
constexpr std::size_t kDrainMost = std::size_t{1} << 20U;
constexpr int kWorkers = 2;
constexpr seconds kReadTime{10};   // for a head, and for a body
constexpr seconds kIdleTime{60};   // between two requests
constexpr seconds kWriteTime{30};  // for an answer to be taken
constexpr seconds kDrainTime{1};   // for what a client still sends after its refusal
constexpr seconds kBeatTime{15};
constexpr seconds kRestTime{1};  // after the system had no socket for a client

std::string text_of(beast::string_view text) { return {text.data(), text.size()}; }

std::string only(const http::fields& fields, http::field name) {
  return fields.count(name) == 1 ? text_of(fields[name]) : std::string();
}

Method method_of(http::verb verb) {
  return verb == http::verb::get    ? Method::Get
         : verb == http::verb::head ? Method::Head
         : verb == http::verb::post ? Method::Post
                                    : Method::Other;
}

/// Without the body.
Request request_of(const Parser& parser) {
  const auto& message = parser.get();
  Request request{.method = method_of(message.method()),
                  .target = text_of(message.target()),
                  .host = only(message, http::field::host),
                  .authorization = only(message, http::field::authorization),
                  .content_type = only(message, http::field::content_type),
                  .accept = only(message, http::field::accept),
                  .accept_encoding = only(message, http::field::accept_encoding),
                  .if_none_match = only(message, http::field::if_none_match)};
  if (const auto found = message.find(http::field::origin); found != message.end()) {
    request.origin = text_of(found->value());
  }
  request.fetch_site = text_of(message["Sec-Fetch-Site"]);
  request.last_event_id = text_of(message["Last-Event-ID"]);
  return request;
}

/// What to say about bytes that are no request; nothing if nobody is there to hear it.
std::optional<Reply> reply_to(const Fault& fault) {
  if (fault == http::error::header_limit || fault == http::error::buffer_overflow) {
    return error_reply(431, "head_too_large", "the head of the request is too large");
  }
  if (fault == http::error::body_limit) {
    return error_reply(413, "body_too_large",
                       fmt::format("at most {} bytes can be sent", kBodyMost));
  }
  if (fault == http::error::end_of_stream || fault == http::error::partial_message) {
    return std::nullopt;
  }
  if (fault == beast::error::timeout) {
    return std::nullopt;
  }
  if (fault.category() == http::make_error_code(http::error::bad_method).category()) {
    return error_reply(400, "bad_request", "this is no HTTP request that can be understood");
  }
  return std::nullopt;
}

void set_limits(std::optional<Parser>& parser) {
  parser.emplace();
  parser->header_limit(kHeadMost);
  parser->body_limit(kBodyMost);
}

class Session;

/// What sessions share. Of the waiting thread, but for the workers.
struct Shared {
  net::io_context* io = nullptr;
  net::thread_pool* workers = nullptr;
  Site* site = nullptr;
  std::size_t connections = 0;
  std::set<Session*> streams;
};

/// One connection. All of it happens on the waiting thread, but for `Site::answer`.
class Session : public std::enable_shared_from_this<Session> {
 public:
  Session(Tcp::socket socket, Shared& shared)
      : stream_(std::move(socket)), beat_(*shared.io), shared_(shared) {
    ++shared_.connections;
  }
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;
  ~Session() {
    --shared_.connections;
    shared_.streams.erase(this);
  }

  void read() {
    set_limits(parser_);
    stream_.expires_after(kReadTime);
    http::async_read_header(
        stream_, buffer_, *parser_,
        [self = shared_from_this()](const Fault& fault, std::size_t) { self->on_head(fault); });
  }

  /// Something was published.
  void wake() { beat_.cancel(); }

 private:
  static constexpr std::size_t kReadSize = 4096;

  /// The time of a request begins with its first byte.
  void read_on() {
    if (buffer_.size() != 0) {
      return read();
    }
    stream_.expires_after(kIdleTime);
    stream_.async_read_some(buffer_.prepare(kReadSize),
                            [self = shared_from_this()](const Fault& fault, std::size_t size) {
                              self->buffer_.commit(size);
                              if (!fault) {
                                self->read();
                              }
                            });
  }

  void on_head(const Fault& fault) {
    if (fault) {
      return refuse(reply_to(fault));
    }
    request_ = request_of(*parser_);
    keeps_alive_ = parser_->get().keep_alive();
    if (auto refusal = shared_.site->refuse(request_)) {
      return parser_->is_done() ? write(*std::move(refusal)) : refuse(std::move(refusal));
    }
    if (parser_->is_done()) {
      return answer();
    }
    stream_.expires_after(kReadTime);
    http::async_read(stream_, buffer_, *parser_,
                     [self = shared_from_this()](const Fault& read_fault, std::size_t) {
                       if (read_fault) {
                         return self->refuse(reply_to(read_fault));
                       }
                       self->request_.body = std::move(self->parser_->get().body());
                       self->answer();
                     });
  }

  void answer() {
    stream_.expires_never();
    net::post(*shared_.workers, [self = shared_from_this()]() mutable {
      Reply reply = self->shared_.site->answer(self->request_);
      net::io_context& io = *self->shared_.io;
      net::post(io, [self = std::move(self), reply = std::move(reply)]() mutable {
        reply.events_after ? self->begin_stream(std::move(reply)) : self->write(std::move(reply));
      });
    });
  }

  void write(Reply reply) {
    reply_ = std::move(reply);
    head_ = head_of(reply_, keeps_alive_);
    const bool has_body = request_.method != Method::Head && reply_.status != 304;
    const std::string_view body = has_body ? reply_.body.bytes() : std::string_view();
    stream_.expires_after(kWriteTime);
    net::async_write(
        stream_,
        std::array<net::const_buffer, 2>{net::buffer(head_), net::buffer(body.data(), body.size())},
        [self = shared_from_this()](const Fault& fault, std::size_t) {
          self->reply_ = {};
          if (fault) {
            return;
          }
          self->keeps_alive_ ? self->read_on() : self->drain(0);
        });
  }

  /// The last answer of this connection, for what follows cannot be told from the next request.
  void refuse(std::optional<Reply> reply) {
    if (reply) {
      keeps_alive_ = false;
      write(*std::move(reply));
    }
  }

  /// Reads on for a moment, as a client that is still sending would not see its answer.
  void drain(std::size_t drained) {
    Fault ignored;
    stream_.socket().shutdown(Tcp::socket::shutdown_send, ignored);
    buffer_.clear();
    if (drained == 0) {
      stream_.expires_after(kDrainTime);
    }
    stream_.async_read_some(buffer_.prepare(kReadSize), [self = shared_from_this(), drained](
                                                            const Fault& fault, std::size_t size) {
      if (!fault && drained + size < kDrainMost) {
        self->drain(drained + size);
      }
    });
  }

  void begin_stream(Reply reply) {
    if (shared_.streams.size() >= kStreamsMost) {
      return write(error_reply(503, "too_many_streams", "there are too many event streams"));
    }
    shared_.streams.insert(this);
    last_event_ = *reply.events_after;
    head_ = head_of(reply, false) + std::string(kBeat);
    send(head_);
    watch_for_end();
  }

  void send(const std::string& text) {
    stream_.expires_after(kWriteTime);
    net::async_write(stream_, net::buffer(text),
                     [self = shared_from_this()](const Fault& fault, std::size_t) {
                       if (fault) {
                         return self->end_stream();
                       }
                       self->stream_.expires_never();
                       self->send_next();
                     });
  }

  void send_next() {
    if (auto next = shared_.site->feed().after(last_event_)) {
      last_event_ = next->last;
      event_ = std::move(next->text);
      return send(event_);
    }
    beat_.expires_after(kBeatTime);
    beat_.async_wait([self = shared_from_this()](const Fault& fault) {
      if (self->has_ended_) {
        return;
      }
      if (fault) {
        return self->send_next();  // woken
      }
      self->event_ = kBeat;
      self->send(self->event_);
    });
  }

  /// A client that has gone must not hold its place until the next beat.
  void watch_for_end() {
    stream_.socket().async_wait(
        Tcp::socket::wait_read, [self = shared_from_this()](const Fault& fault) {
          Fault error = fault;
          std::array<char, 512> bytes = {};
          const std::size_t size =
              error ? 0 : self->stream_.socket().read_some(net::buffer(bytes), error);
          if (error || size == 0) {
            return self->end_stream();
          }
          self->watch_for_end();
        });
  }

  void end_stream() {
    has_ended_ = true;
    beat_.cancel();
    shared_.streams.erase(this);
    stream_.close();
  }

  beast::tcp_stream stream_;
  beast::flat_buffer buffer_{kBufferMost};
  std::optional<Parser> parser_;
  Request request_;
  Reply reply_;
  std::string head_;
  bool keeps_alive_ = false;
  net::steady_timer beat_;  // of an event stream, as all below
  std::string event_;
  std::uint64_t last_event_ = 0;
  bool has_ended_ = false;
  Shared& shared_;
};

Result<net::ip::address> loopback(const std::string& text) {
  Fault fault;
  const std::string name = text == "localhost" ? "127.0.0.1" : text;
  const net::ip::address address = net::ip::make_address(name, fault);
  if (fault) {
    return fail("bad_address", fmt::format("`{}` is no address to listen at", text));
  }
  if (!address.is_loopback()) {
    return fail("not_loopback",
                fmt::format("`{}` can be reached by others, and this version has no TLS: listen at "
                            "127.0.0.1 or ::1, and let others in through `ssh -L` or a proxy with "
                            "--allow-host",
                            text));
  }
  return address;
}

}  // namespace

struct Listener::Parts {
  Shared shared;  // first, as sessions that end with the rest say so to it
  net::io_context io{1};
  net::thread_pool workers{kWorkers};
  Tcp::acceptor acceptor{io};
  std::atomic<bool> is_stopped = false;
  std::uint16_t port = 0;
  std::string host;

  void accept() {
    acceptor.async_accept([this](const Fault& fault, Tcp::socket socket) {
      if (fault == net::error::operation_aborted) {
        return;
      }
      if (fault) {
        return rest();
      }
      if (shared.connections >= kConnectionsMost) {
        turn_away(std::move(socket));
      } else {
        std::make_shared<Session>(std::move(socket), shared)->read();
      }
      accept();
    });
  }

  /// There are no more sockets to be had: those in use will end.
  void rest() {
    const auto timer = std::make_shared<net::steady_timer>(io, kRestTime);
    timer->async_wait([this, timer](const Fault& fault) {
      if (!fault) {
        accept();
      }
    });
  }

  static void turn_away(Tcp::socket socket) {
    Fault ignored;
    const Reply reply = error_reply(503, "too_many_connections", "there are too many connections");
    const std::string text = head_of(reply, false) + std::string(reply.body.bytes());
    socket.non_blocking(true, ignored);
    socket.write_some(net::buffer(text), ignored);
    socket.shutdown(Tcp::socket::shutdown_send, ignored);
  }
};

Listener::Listener(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Listener::~Listener() = default;

Result<std::unique_ptr<Listener>> Listener::bind(const std::string& address, std::uint16_t port) {
  const net::ip::address at = TRY(loopback(address));
  auto parts = std::make_unique<Parts>();
  Tcp::acceptor& acceptor = parts->acceptor;
  const Tcp::endpoint endpoint(at, port);
  Fault fault;
  acceptor.open(endpoint.protocol(), fault);
  if (!fault) {
    acceptor.set_option(net::socket_base::reuse_address(true), fault);
    acceptor.bind(endpoint, fault);
  }
  if (!fault) {
    acceptor.listen(net::socket_base::max_listen_connections, fault);
  }
  if (fault == net::error::address_in_use) {
    return fail("address_in_use",
                fmt::format("port {} is in use, choose another with --port", port));
  }
  if (fault) {
    return fail("cannot_listen",
                fmt::format("cannot listen at {} port {}: {}", address, port, fault.message()));
  }
  parts->port = acceptor.local_endpoint(fault).port();
  parts->host =
      fmt::format(fmt::runtime(at.is_v6() ? "[{}]:{}" : "{}:{}"), at.to_string(), parts->port);
  return std::unique_ptr<Listener>(new Listener(std::move(parts)));
}

std::uint16_t Listener::port() const { return parts_->port; }
std::string Listener::host() const { return parts_->host; }
bool Listener::is_stopped() const { return parts_->is_stopped; }

void Listener::run(Site& site) {
  Parts& parts = *parts_;
  parts.shared.io = &parts.io;
  parts.shared.workers = &parts.workers;
  parts.shared.site = &site;
  net::signal_set signals(parts.io, SIGINT, SIGTERM);
  signals.async_wait([this](const Fault& fault, int) {
    if (!fault) {
      stop();
    }
  });
  site.feed().call([&parts] {
    net::post(parts.io, [&parts] {
      for (Session* each : parts.shared.streams) {
        each->wake();
      }
    });
  });
  parts.accept();
  if (!parts.is_stopped) {
    parts.io.run();
  }
  site.feed().call({});
  parts.workers.stop();
  parts.workers.join();
  Fault ignored;
  parts.acceptor.close(ignored);
}

void Listener::stop() {
  parts_->is_stopped = true;
  parts_->io.stop();
}

std::string answer_bytes(Site& site, std::string_view bytes) {
  std::string sent;
  while (!bytes.empty()) {
    std::optional<Parser> parser;
    set_limits(parser);
    parser->eager(true);
    Fault fault;
    bytes.remove_prefix(parser->put(net::buffer(bytes.data(), bytes.size()), fault));
    const bool needs_more = fault == http::error::need_more;
    std::optional<Reply> reply;
    Request request;
    if (!fault || needs_more) {
      if (!parser->is_header_done()) {
        return sent;
      }
      request = request_of(*parser);
      reply = site.refuse(request);
      if (!reply && !parser->is_done()) {
        return sent;
      }
      request.body = parser->get().body();
      reply = reply ? reply : site.answer(request);
    } else {
      reply = reply_to(fault);
    }
    if (!reply) {
      return sent;
    }
    const bool keeps_alive = !fault && parser->get().keep_alive() && !reply->events_after;
    sent += head_of(*reply, keeps_alive);
    sent += request.method == Method::Head ? std::string_view() : reply->body.bytes();
    if (!keeps_alive) {
      return sent;
    }
  }
  return sent;
}

}  // namespace portolan::server
