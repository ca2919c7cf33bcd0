#include "model/event_filter.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "core/assert.h"
#include "core/result.h"
#include "core/text.h"

namespace portolan {

namespace {

constexpr int kDepthMax = 64;

/// A pattern longer than AWS takes (1024 characters) needs no more nodes than this.
constexpr std::size_t kNodesMax = 4096;

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

bool ends_word(char c) {
  return is_space(c) || std::string_view("(){}=!<>&|\"").find(c) != std::string_view::npos;
}

Takes yes_if(bool holds) { return holds ? Takes::Yes : Takes::No; }

/// What is known of the members of a successful call of EC2 that changes something.
std::optional<std::string_view> known_value(std::string_view member, std::string_view call) {
  if (member == "eventName") {
    return call;
  }
  if (member == "eventSource") {
    return "ec2.amazonaws.com";
  }
  if (member == "eventType") {
    return "AwsApiCall";
  }
  if (member == "eventCategory") {
    return "Management";
  }
  if (member == "readOnly") {
    return "false";
  }
  return member == "managementEvent" ? std::optional<std::string_view>("true") : std::nullopt;
}

/// Only `*` is a wildcard there.
bool fits(std::string_view pattern, std::string_view value) {
  return pattern.find('?') == std::string_view::npos && matches_glob(value, pattern);
}

bool is_absent(std::string_view member) {
  return member == "errorCode" || member == "errorMessage";
}

}  // namespace

Takes both(Takes a, Takes b) {
  if (a == Takes::No || b == Takes::No) {
    return Takes::No;
  }
  return a == Takes::Yes && b == Takes::Yes ? Takes::Yes : Takes::Unclear;
}

Takes either(Takes a, Takes b) {
  if (a == Takes::Yes || b == Takes::Yes) {
    return Takes::Yes;
  }
  return a == Takes::No && b == Takes::No ? Takes::No : Takes::Unclear;
}

/// Reads `or = and { "||" and }`, `and = term { "&&" term }`, `term = "(" or ")" | condition`.
class EventFilter::Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  Result<std::vector<Node>> run() {
    skip_spaces();
    if (at_ == text_.size()) {
      return std::vector<Node>{};
    }
    if (!take("{")) {
      return bad("it is no filter of JSON log events");
    }
    const std::size_t root = TRY(read_or(0));
    PORTOLAN_ASSERT(root + 1 == nodes_.size());
    if (!take("}") || at_ != text_.size()) {
      return bad("a bracket is missing, or something stands behind the last one");
    }
    return std::move(nodes_);
  }

 private:
  static tl::unexpected<Error> bad(std::string message) {
    return fail("bad_pattern", std::move(message));
  }

  Result<std::size_t> read_or(int depth) {
    std::size_t left = TRY(read_and(depth));
    while (take("||")) {
      const std::size_t right = TRY(read_and(depth));
      left = TRY(join(Kind::Or, left, right));
    }
    return left;
  }

  Result<std::size_t> read_and(int depth) {
    std::size_t left = TRY(read_term(depth));
    while (take("&&")) {
      const std::size_t right = TRY(read_term(depth));
      left = TRY(join(Kind::And, left, right));
    }
    return left;
  }

  Result<std::size_t> read_term(int depth) {
    if (!take("(")) {
      return read_condition();
    }
    if (depth == kDepthMax) {
      return bad("its brackets are nested too deep");
    }
    const std::size_t inside = TRY(read_or(depth + 1));
    if (!take(")")) {
      return bad("a `)` is missing");
    }
    return inside;
  }

  Result<std::size_t> join(Kind kind, std::size_t left, std::size_t right) {
    return add({.kind = kind, .left = left, .right = right, .member = {}, .value = {}});
  }

  Result<std::size_t> add(Node node) {
    if (nodes_.size() == kNodesMax) {
      return bad("it is too long");
    }
    nodes_.push_back(std::move(node));
    return nodes_.size() - 1;
  }

  Result<std::size_t> read_condition() {
    const std::string selector = word();
    if (!selector.starts_with("$.") || selector.size() == 2) {
      return bad("a condition begins with `$.` and a member");
    }
    Node node{
        .kind = Kind::Other, .left = 0, .right = 0, .member = selector.substr(2), .value = {}};
    static constexpr std::array<std::string_view, 6> kOperators = {"!=", "<=", ">=", "=", "<", ">"};
    for (const std::string_view operation : kOperators) {
      if (take(operation)) {
        node.value = TRY(read_value());
        node.kind = operation == "="    ? Kind::Equal
                    : operation == "!=" ? Kind::Unequal
                                        : Kind::Other;
        return add(std::move(node));
      }
    }
    node.kind = TRY(read_test());
    return add(std::move(node));
  }

  /// `IS TRUE`, `IS NULL`, `EXISTS`, `NOT EXISTS`.
  Result<Kind> read_test() {
    const std::string first = word();
    if (first == "EXISTS") {
      return Kind::Exists;
    }
    const std::string second = word();
    if (first == "NOT" && second == "EXISTS") {
      return Kind::Missing;
    }
    if (first == "IS") {
      return second == "TRUE" ? Kind::True : second == "FALSE" ? Kind::False : Kind::Other;
    }
    return bad("a member is compared with nothing");
  }

  Result<std::string> read_value() {
    skip_spaces();
    if (at_ < text_.size() && text_[at_] == '"') {
      const std::size_t end = text_.find('"', at_ + 1);
      if (end == std::string_view::npos) {
        return bad("a quote is missing");
      }
      std::string value(text_.substr(at_ + 1, end - at_ - 1));
      at_ = end + 1;
      return value;
    }
    std::string value = word();
    if (value.empty()) {
      return bad("a member is compared with nothing");
    }
    return value;
  }

  void skip_spaces() {
    while (at_ < text_.size() && is_space(text_[at_])) {
      ++at_;
    }
  }

  bool take(std::string_view what) {
    skip_spaces();
    const bool is_there = text_.substr(at_).starts_with(what);
    if (is_there) {
      at_ += what.size();
      skip_spaces();
    }
    return is_there;
  }

  std::string word() {
    skip_spaces();
    const std::size_t start = at_;
    while (at_ < text_.size() && !ends_word(text_[at_])) {
      ++at_;
    }
    return std::string(text_.substr(start, at_ - start));
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<Node> nodes_;
};

Result<EventFilter> EventFilter::parse(std::string_view text) {
  EventFilter filter;
  filter.nodes_ = TRY(Parser(text).run());
  return filter;
}

Takes EventFilter::takes(std::string_view call) const {
  std::vector<Takes> taken;
  for (const Node& node : nodes_) {
    taken.push_back(node.kind == Kind::And  ? both(taken[node.left], taken[node.right])
                    : node.kind == Kind::Or ? either(taken[node.left], taken[node.right])
                                            : judge(node, call));
  }
  return taken.empty() ? Takes::Yes : taken.back();
}

Takes EventFilter::judge(const Node& condition, std::string_view call) {
  const bool wants_absent = condition.kind == Kind::Missing || condition.kind == Kind::Unequal;
  if (is_absent(condition.member)) {
    // SOURCE: the same page: a member that is not there equals nothing.
    return condition.kind == Kind::Other ? Takes::Unclear : yes_if(wants_absent);
  }
  const auto value = known_value(condition.member, call);
  if (!value) {
    return Takes::Unclear;
  }
  // SOURCE: the same page: text between two `%` is a regular expression, which is not read here.
  const bool is_expression = condition.value.starts_with('%');
  switch (condition.kind) {
    case Kind::Equal:
      return is_expression ? Takes::Unclear : yes_if(fits(condition.value, *value));
    case Kind::Unequal:
      return is_expression ? Takes::Unclear : yes_if(!fits(condition.value, *value));
    case Kind::Exists:
      return Takes::Yes;
    case Kind::Missing:
      return Takes::No;
    case Kind::True:
      return yes_if(*value == "true");
    case Kind::False:
      return yes_if(*value == "false");
    case Kind::And:
    case Kind::Or:
    case Kind::Other:
      break;
  }
  return Takes::Unclear;
}

}  // namespace portolan
