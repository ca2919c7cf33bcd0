#include <array>
#include <utility>

#include <fmt/format.h>

#include "core/text.h"
#include "core/words.h"
#include "reach/question.h"

namespace portolan::reach {

namespace {

/// A file of which most lines are wrong is some other file.
constexpr std::size_t kMostErrors = 100;

constexpr std::array<std::pair<std::string_view, IntentKind>, 3> kKinds{
    {{"allow", IntentKind::Allow}, {"deny", IntentKind::Deny}, {"only", IntentKind::Only}}};

Result<IntentKind> parse_kind(std::string_view word) {
  std::vector<std::string> known;
  for (const auto& [text, kind] : kKinds) {
    if (text == word) {
      return kind;
    }
    known.emplace_back(text);
  }
  const auto near = suggestions(word, known);
  const std::string advice = near.empty()
                                 ? "begin the line with `allow`, `deny` or `only`"
                                 : fmt::format("did you mean `{}`", fmt::join(near, "` or `"));
  return fail("bad_intent", fmt::format("`{}` promises nothing, {}", printable(word), advice));
}

Result<Intent> parse_intent(std::string_view line) {
  const std::size_t end = end_of_word(line);
  Intent intent;
  intent.kind = TRY(parse_kind(line.substr(0, end)));
  intent.question = TRY(parse_question(line.substr(end)));
  return intent;
}

}  // namespace

std::string_view text(IntentKind kind) {
  switch (kind) {
    case IntentKind::Allow:
      return "allow";
    case IntentKind::Deny:
      return "deny";
    case IntentKind::Only:
      return "only";
  }
  return "";
}

std::string Intent::text() const {
  return fmt::format("{} {}", reach::text(kind), question.text());
}

Intents parse_intents(std::string_view text, std::string_view file) {
  Intents result;
  int number = 0;
  for (const std::string_view whole : split(text, '\n')) {
    ++number;
    const std::string_view line = trimmed(without_comment(whole));
    if (line.empty()) {
      continue;
    }
    auto intent = parse_intent(line);
    if (intent) {
      intent->line = number;
      result.intents.push_back(*std::move(intent));
      continue;
    }
    const std::string context = fmt::format("{}:{}", file, number);
    if (result.errors.size() == kMostErrors) {
      result.errors.push_back({.code = "too_many_errors",
                               .message = "the rest is not read, is this a file of intents",
                               .context = context});
      break;
    }
    intent.error().context = context;
    result.errors.push_back(std::move(intent).error());
  }
  return result;
}

}  // namespace portolan::reach
