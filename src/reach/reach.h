#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/result.h"
#include "model/row_changes.h"
#include "model/snapshot.h"
#include "reach/answer.h"
#include "reach/question.h"

/// The door of the reachability module: can it get there, and why.
///
/// Example:
///     const reach::Network network = reach::build(snapshot);
///     const auto question = reach::parse_question("internet -> lb:shop tcp/443");
///     const auto answer = reach::ask(network, *question);
///     if (answer->verdict == reach::Verdict::Yes) { … answer->hops … }
namespace portolan::reach {

class NetworkIndex;  // private: look-ups by address, subnet, group

/// A snapshot with its look-ups. The snapshot must outlive it. Movable, cheap to pass by reference.
class Network {
 public:
  explicit Network(const Snapshot& snapshot);
  /// Of a snapshot that came of the one before by `rows`, all other rows being the same ones.
  /// Cost: see `NetworkIndex`.
  Network(const Network& before, const Snapshot& after, const RowChanges& rows);
  Network(Network&&) noexcept;
  Network& operator=(Network&&) noexcept;
  ~Network();

  [[nodiscard]] const Snapshot& snapshot() const { return *snapshot_; }
  [[nodiscard]] const NetworkIndex& index() const { return *index_; }

 private:
  const Snapshot* snapshot_;
  std::shared_ptr<const NetworkIndex> index_;  // shared by networks that it fits
};

/// Cost: linear in the snapshot.
Network build(const Snapshot& snapshot);

/// Where a packet starts or is meant to end.
struct Place {
  enum class Kind : std::uint8_t {
    Interface,  // an ENI of the snapshot, by one of its addresses
    Outside,    // a host at an address that the snapshot does not own
    Balancer,   // a load balancer: any of its nodes
  };
  Kind kind = Kind::Outside;
  std::string id;                    // eni-… ; the balancer's ARN; empty for Outside
  std::optional<IpAddress> address;  // of the interface (absent: its primary one) or the host;
                                     // a public address of an interface means: ask for it by that
                                     // address, so traffic goes over the internet gateway
  /// For people: `eni-…`, `eni-… (10.0.0.5)`, an address, an ARN.
  [[nodiscard]] std::string text() const;
  friend auto operator<=>(const Place&, const Place&) = default;
};

/// The places that a selector stands for. Error `unknown_name` (with suggestions), `ambiguous_name`
/// (message lists the candidates), `no_such_address`.
/// As a source, `internet` and a CIDR are cut into address atoms: one Outside place for each block
/// that every filter treats alike, so that the answer over the places is exact.
/// `to` (may be empty) tells which filters can matter for that.
Result<std::vector<Place>> resolve(const Network& network, const Selector& selector,
                                   const std::vector<Place>& to);

/// Can `from` open a connection of one of `services` to `to`: every hop, both directions.
/// Slow and obvious: this is the evaluator that reads like AWS's documentation.
/// Cost: routes x rules on the way; microseconds to a millisecond.
Answer trace(const Network& network, const Place& from, const Place& to,
             const ServiceSet& services);

/// The answer over all pairs: yes if some pair passes (`passage` is the union over the pairs), and
/// the hops of the best pair. Errors as `resolve`.
Result<Answer> ask(const Network& network, const Question& question);

/// Whether an intent holds, with the witness.
struct IntentAnswer {
  enum class State : std::uint8_t { Holds, Broken, Unknown };
  State state = State::Unknown;
  Answer witness;       // the pair that breaks it (or decides it), if any
  std::string message;  // one sentence
};

/// Errors as `resolve`.
Result<IntentAnswer> check(const Network& network, const Intent& intent);

}  // namespace portolan::reach
