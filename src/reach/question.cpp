#include "reach/question.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "core/name.h"
#include "core/text.h"
#include "core/words.h"

namespace portolan::reach {

namespace {

struct Prefix {
  std::string_view text;
  SelectorKind kind;
};

constexpr std::array<Prefix, 6> kPrefixes{{{"sg", SelectorKind::Group},
                                           {"subnet", SelectorKind::Subnet},
                                           {"vpc", SelectorKind::VpcOf},
                                           {"lb", SelectorKind::Balancer},
                                           {"tag", SelectorKind::TagOf},
                                           {"account", SelectorKind::AccountOf}}};

Selector selector_of(SelectorKind kind, std::string value = {}) {
  Selector selector;
  selector.kind = kind;
  selector.value = std::move(value);
  return selector;
}

tl::unexpected<Error> bad_selector(std::string message) {
  return fail("bad_selector", std::move(message));
}

/// `10.0.0.0/8`, `10.0.0.7`, `10.0.0.7@vpc-1`; nothing if the word does not begin with an address.
std::optional<Result<Selector>> parse_host(const Word& word) {
  const std::string_view text = word.value;
  const std::size_t mark = text.find_first_of("/@");
  const auto address = IpAddress::parse(text.substr(0, mark));
  if (!address || (mark != std::string_view::npos && mark >= word.bare)) {
    return std::nullopt;
  }
  Selector selector = selector_of(SelectorKind::Address);
  selector.prefix = IpPrefix::host(*address);
  if (mark == std::string_view::npos) {
    return selector;
  }
  if (text[mark] == '@') {
    selector.vpc = text.substr(mark + 1);
    if (selector.vpc.empty()) {
      return bad_selector(fmt::format("`{}` names no VPC after the `@`", printable(text)));
    }
    return selector;
  }
  const auto prefix = IpPrefix::parse(text);
  if (!prefix) {
    return bad_selector(prefix.error().message);
  }
  selector.kind = SelectorKind::Cidr;
  selector.prefix = *prefix;
  return selector;
}

/// True for text that can only be meant as an IPv4 address, such as `10.0.0` or `10.0.0.300/8`.
bool looks_like_address(std::string_view text) {
  return text.find('.') != std::string_view::npos &&
         text.find_first_not_of("0123456789./") == std::string_view::npos;
}

Result<Selector> check_value(const Selector& selector) {
  const std::string_view value = selector.value;
  if (value.empty()) {
    return bad_selector("there is nothing after the `:`, write a name or an id there");
  }
  if (selector.kind == SelectorKind::TagOf && value.find('=', 1) == std::string_view::npos) {
    return bad_selector(
        fmt::format("`{}` is no tag, write it as `tag:KEY=VALUE`", printable(value)));
  }
  if (selector.kind == SelectorKind::AccountOf && !AccountId::parse(value)) {
    return bad_selector(
        fmt::format("`{}` is no account, write its twelve digits", printable(value)));
  }
  return selector;
}

/// `sg:web` and the like; nothing if the word has no prefix, as an ARN.
std::optional<Result<Selector>> parse_prefixed(const Word& word) {
  const std::size_t colon = word.value.find(':');
  if (colon >= word.bare || word.value.starts_with("arn:")) {
    return std::nullopt;
  }
  const std::string prefix = word.value.substr(0, colon);
  std::vector<std::string> known;
  for (const auto& [text, kind] : kPrefixes) {
    if (text == prefix) {
      return check_value(selector_of(kind, word.value.substr(colon + 1)));
    }
    known.emplace_back(text);
  }
  const auto near = suggestions(prefix, known);
  const std::string advice = near.empty()
                                 ? fmt::format("known are `{}:`", fmt::join(known, ":`, `"))
                                 : fmt::format("did you mean `{}:`", fmt::join(near, ":` or `"));
  return bad_selector(
      fmt::format("`{}:` is no kind of place, {}; a name with a colon goes in quotes",
                  printable(prefix), advice));
}

Result<Selector> parse_word(const Word& word) {
  const bool is_bare = word.bare == word.value.size();
  if (is_bare && word.value == "internet") {
    return selector_of(SelectorKind::Internet);
  }
  if (is_bare && word.value == "any") {
    return selector_of(SelectorKind::Any);
  }
  if (auto host = parse_host(word)) {
    return *std::move(host);
  }
  if (is_bare && looks_like_address(word.value)) {
    return bad_selector(fmt::format("`{}` is no address or address block; a name goes in quotes",
                                    printable(word.value)));
  }
  if (auto prefixed = parse_prefixed(word)) {
    return *std::move(prefixed);
  }
  return selector_of(SelectorKind::Name, word.value);
}

std::string_view prefix_of(SelectorKind kind) {
  const auto* const found = std::find_if(kPrefixes.begin(), kPrefixes.end(),
                                         [&](const Prefix& each) { return each.kind == kind; });
  return found == kPrefixes.end() ? std::string_view{} : found->text;
}

/// The service of a question, `any` if left out.
Result<ServiceSet> parse_service(std::string_view text) {
  if (text.empty()) {
    return ServiceSet::all();
  }
  std::string words(text);
  std::replace_if(
      words.begin(), words.end(),
      [](char letter) { return letter == '\t' || letter == '\n' || letter == '\r'; }, ' ');
  ServiceSet services = TRY(ServiceSet::parse(words));
  if (services.empty()) {
    return fail("bad_service", "a question needs a service to ask about, or `any`");
  }
  return services;
}

}  // namespace

std::string Selector::text() const {
  switch (kind) {
    case SelectorKind::Internet:
      return "internet";
    case SelectorKind::Any:
      return "any";
    case SelectorKind::Cidr:
      return prefix.value_or(IpPrefix{}).text();
    case SelectorKind::Address: {
      const std::string address = prefix.value_or(IpPrefix{}).first().text();
      return vpc.empty() ? address : address + "@" + spelled(vpc);
    }
    case SelectorKind::Name: {
      const std::string word = spelled(value);
      const auto read = parse_selector(word);
      return read && *read == *this ? word : quoted(value);
    }
    case SelectorKind::Group:
    case SelectorKind::Subnet:
    case SelectorKind::VpcOf:
    case SelectorKind::Balancer:
    case SelectorKind::TagOf:
    case SelectorKind::AccountOf:
      return fmt::format("{}:{}", prefix_of(kind), spelled(value));
  }
  return {};
}

std::string Question::text() const {
  return fmt::format("{} -> {} {}", from.text(), to.text(), services.text());
}

Result<Selector> parse_selector(std::string_view text) {
  const std::string_view raw = trimmed(text);
  const Word word = unquoted(raw);
  if (!word.is_closed) {
    return bad_selector(fmt::format("`{}` has a quote without an end", printable(raw)));
  }
  if (word.value.empty()) {
    return bad_selector("the place is empty, write `internet`, an address, an id or a name");
  }
  if (end_of_word(raw) != raw.size()) {
    return bad_selector(fmt::format("`{}` is more than one word, put a name with spaces in quotes",
                                    printable(raw)));
  }
  // A quote at the beginning says: this is a name, whatever it looks like.
  return word.bare == 0 ? selector_of(SelectorKind::Name, word.value) : parse_word(word);
}

Result<Question> parse_question(std::string_view text) {
  constexpr std::string_view kArrow = "->";
  const std::size_t arrow = find_outside_quotes(text, kArrow);
  if (arrow == std::string_view::npos) {
    return fail("bad_question", fmt::format("`{}` has no arrow, write it as `FROM -> TO SERVICE`",
                                            printable(trimmed(text))));
  }
  const std::string_view from = trimmed(text.substr(0, arrow));
  const std::string_view rest = trimmed(text.substr(arrow + kArrow.size()));
  if (from.empty() || rest.empty()) {
    return fail("bad_question", "one side of the arrow is empty, write `FROM -> TO SERVICE`");
  }
  if (find_outside_quotes(rest, kArrow) != std::string_view::npos) {
    return fail("bad_question", "a question has one arrow, ask about each step by itself");
  }
  const std::size_t end = end_of_word(rest);
  // One after the other: a return from the middle of an initialiser would leak its first members.
  Question question;
  question.from = TRY(parse_selector(from));
  question.to = TRY(parse_selector(rest.substr(0, end)));
  question.services = TRY(parse_service(trimmed(rest.substr(end))));
  return question;
}

}  // namespace portolan::reach
