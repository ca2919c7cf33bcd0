#include "collect/decode/document.h"

#include <array>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "collect/aws/calls.h"
#include "collect/decode/families.h"
#include "collect/decode/members.h"
#include "collect/decode/mentions.h"

namespace portolan::collect {

namespace {

constexpr std::size_t kPartKinds = std::tuple_size_v<decltype(Harvest::parts)>;

/// How much a harvest holds, to see what a member added to it.
struct Fill {
  std::array<std::size_t, kPartKinds> parts{};
  std::size_t nouns = 0;
  std::size_t total = 0;

  template <class Part>
  [[nodiscard]] std::size_t part() const {
    return parts[kind_of<Part>(static_cast<decltype(Harvest::parts)*>(nullptr))];
  }

 private:
  template <class Part, class... Parts>
  static constexpr std::size_t kind_of(std::tuple<std::vector<Loose<Parts>>...>*) {
    std::size_t kind = 0;
    bool is_found = false;
    ((is_found = is_found || std::is_same_v<Part, Parts>, kind += is_found ? 0 : 1), ...);
    return kind;
  }
};

Fill fill_of(const Harvest& harvest) {
  Fill fill{.nouns = harvest.nouns.size()};
  std::size_t kind = 0;
  std::apply([&](const auto&... list) { ((fill.parts[kind++] = list.size()), ...); },
             harvest.parts);
  harvest.tables.apply([&](const auto&... table) { ((fill.total += table.size()), ...); });
  for (const std::size_t size : fill.parts) {
    fill.total += size;
  }
  return fill;
}

/// Gives the parts that were added after `before` and know no holder the one that stood beside
/// them.
class HolderFill {
 public:
  HolderFill(const Siblings& siblings, const Fill& before)
      : siblings_(&siblings), before_(&before) {}

  template <class Part>
  void operator()(std::vector<Loose<Part>>& list) {
    const std::size_t first = before_->parts[kind_++];
    for (std::size_t i = first; i < list.size(); ++i) {
      if (list[i].holder.empty()) {
        list[i].holder = holder(list[i].part);
      }
    }
  }

 private:
  [[nodiscard]] std::string holder(const RoutesPart&) const { return siblings_->route_table; }
  [[nodiscard]] std::string holder(const PropagationsPart&) const { return siblings_->route_table; }
  [[nodiscard]] std::string holder(const AssociationsPart&) const { return siblings_->route_table; }
  [[nodiscard]] std::string holder(const EntriesPart&) const { return siblings_->prefix_list; }
  [[nodiscard]] std::string holder(const ListenersPart&) const { return siblings_->balancer; }
  [[nodiscard]] std::string holder(const TargetsPart&) const { return siblings_->target_group; }
  [[nodiscard]] std::string holder(const TrailStatusPart&) const { return siblings_->trail; }
  [[nodiscard]] std::string holder(const SelectorsPart&) const { return siblings_->trail; }
  [[nodiscard]] std::string holder(const ProtectedPart&) const { return siblings_->web_acl; }
  [[nodiscard]] std::string holder(const AttributesPart& part) const {
    if (part.is_of_classic) {
      return siblings_->classic;
    }
    return siblings_->balancer.empty() ? siblings_->target_group : siblings_->balancer;
  }
  template <class Part>
  [[nodiscard]] std::string holder(const Part&) const {
    return {};
  }

  const Siblings* siblings_;
  const Fill* before_;
  std::size_t kind_ = 0;
};

/// The members that stand beside a list and say what it belongs to. False if `key` is none.
bool read_sibling(Answer& answer, std::string_view key) {
  Reader& in = answer.in;
  Siblings& siblings = answer.siblings;
  if (key == "TransitGatewayRouteTableId") {
    in.read(siblings.route_table);
  } else if (key == "PrefixListId") {
    in.read(siblings.prefix_list);
  } else if (key == "LoadBalancerArn") {
    in.read(siblings.balancer);
  } else if (key == "LoadBalancerName") {
    in.read(siblings.classic);
  } else if (key == "TargetGroupArn") {
    in.read(siblings.target_group);
  } else if (key == "TrailARN") {
    in.read(siblings.trail);
  } else if (key == "WebACLArn") {
    in.read(siblings.web_acl);
  } else if (key == "NextToken" || key == "nextToken" || key == "NextMarker" || key == "Marker") {
    std::string token;
    in.read(token);
    siblings.has_next_page |= !token.empty();
  } else if (key == "AdditionalRoutesAvailable") {
    in.read(siblings.has_more_routes);
  } else {
    return false;
  }
  return true;
}

/// The file is named after another call than the one that prints these things.
bool is_of_other_call(std::string_view path, Noun noun) {
  const aws::Call* call = aws::call_of_file(path);
  return call != nullptr && aws::command_of(*call) != call_of(noun);
}

void read_member(Answer& answer, const Member& member) {
  Reader& in = answer.in;
  const std::size_t start = in.offset();
  const std::size_t total = fill_of(answer.out).total;
  Problems problems;
  Problems& outer = in.redirect(problems);
  answer.evidence = {};
  answer.noun = member.noun;
  member.decode(answer);
  in.redirect(outer);
  const bool is_empty = fill_of(answer.out).total == total;
  const bool is_foreign = member.name_use != NameUse::Own && is_empty && problems.size() > 0 &&
                          problems.only("missing_id", "wrong_type");
  const bool is_named_otherwise = member.name_use != NameUse::Own && is_empty && answer.noun &&
                                  is_of_other_call(answer.out.path, *answer.noun);
  if (is_foreign || is_named_otherwise) {
    return;
  }
  outer.append(std::move(problems));
  if (!member.mentions_count) {
    answer.out.silent.push_back({start, in.ok() ? in.offset() : in.text().size()});
  }
  if (in.ok() || !is_empty) {
    ++answer.out.members_read;
  }
  const bool is_told =
      answer.noun != member.noun || !is_empty || member.name_use != NameUse::SharedNotEmpty;
  if (answer.noun && is_told) {
    answer.out.nouns.push_back({.noun = *answer.noun,
                                .is_whole = in.ok(),
                                .account = answer.evidence.account(),
                                .region = answer.evidence.region()});
  }
  answer.out.evidence.note(answer.evidence);
}

void finish_answer(Answer& answer, const Fill& before, std::size_t place) {
  Harvest& out = answer.out;
  finish_firewall(answer, place);
  std::apply(
      [fill = HolderFill(answer.siblings, before)](auto&... list) mutable { (fill(list), ...); },
      out.parts);
  for (std::size_t i = before.nouns; i < out.nouns.size(); ++i) {
    out.nouns[i].is_last &= !answer.siblings.has_next_page;
  }
  if (answer.siblings.has_more_routes) {
    auto& routes = out.loose<RoutesPart>();
    for (std::size_t i = before.part<RoutesPart>(); i < routes.size(); ++i) {
      routes[i].part.has_more = true;
    }
  }
}

void read_answer(Reader& in, Harvest& out, std::uint32_t number) {
  const std::size_t place = in.offset();
  const Fill before = fill_of(out);
  Answer answer{.in = in, .out = out, .document = number};
  in.object([&](std::string_view key) {
    if (const Member* member = find_member(key)) {
      read_member(answer, *member);
    } else if (only_lists_groups(key)) {
      const std::size_t start = in.offset();
      in.skip();
      out.silent.push_back({start, in.offset()});
    } else if (!read_sibling(answer, key)) {
      in.skip();
    }
  });
  finish_answer(answer, before, place);
}

void read_answers(Reader& in, Harvest& out, std::uint32_t number) {
  in.array([&] {
    if (in.kind() == '{') {
      read_answer(in, out, number);
    } else {
      in.skip();
    }
  });
}

void read_top(Reader& in, Harvest& out, std::uint32_t number) {
  if (in.kind() == '[') {
    read_answers(in, out, number);
  } else if (in.kind() == '{') {
    read_answer(in, out, number);
  } else {
    in.skip();
  }
}

/// What a fault means for the answers: something is missing, and nobody knows what.
void note_fault(const JsonFault& fault, const std::string& path, Harvest& out) {
  out.is_whole = false;
  out.problems.add({.code = fault.code,
                    .message = fmt::format("{}; what follows is not read", fault.message),
                    .offset = fault.offset});
  out.gaps.push_back({.code = "document_incomplete",
                      .resource = path,
                      .message = "a document could not be read to its end"});
}

}  // namespace

void decode_nested_answers(Answer& answer) {
  if (answer.in.kind() == '[') {
    read_answers(answer.in, answer.out, answer.document);
  } else {
    answer.in.skip();
  }
}

Harvest read_document(std::string_view text, const std::string& path, std::uint32_t number,
                      TokenIndexer& indexer) {
  Harvest out;
  out.path = path;
  Reader in(text, indexer, out.problems);
  if (in.at_end() && in.ok()) {
    out.is_whole = false;
    out.problems.add({.code = "empty_document",
                      .message = "the file is empty: did the call that should fill it fail"});
  }
  while (!in.at_end()) {
    read_top(in, out, number);
  }
  if (const JsonFault* fault = in.fault()) {
    note_fault(*fault, path, out);
  }
  find_mentions(text, path, out);
  return out;
}

}  // namespace portolan::collect
