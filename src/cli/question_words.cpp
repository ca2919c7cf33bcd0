#include "cli/question_words.h"

#include <algorithm>
#include <span>

#include <fmt/format.h>

#include "core/service.h"
#include "core/text.h"

namespace portolan::cli {
namespace {

using Words = std::span<const std::string>;

constexpr std::string_view kArrow = "->";
constexpr std::string_view kHow =
    "ask as `portolan reach -s SOURCE 'FROM -> TO SERVICE'`; see `portolan help reach`";

tl::unexpected<Error> usage(std::string_view problem) {
  return fail("usage", fmt::format("{}: {}", problem, kHow));
}

/// A place that the shell has freed from its quotes, as the grammar of questions wants it.
std::string quoted_place(const std::string& word) {
  const bool has_quotes = word.find('"') != std::string::npos;
  const bool has_space = word.find_first_of(" \t") != std::string::npos;
  return has_space && !has_quotes ? fmt::format("\"{}\"", word) : word;
}

bool is_service(const std::string& word) { return ServiceSet::parse(word).has_value(); }

/// `FROM` or `SOURCE FROM`, put before the rest of the question.
Result<TypedQuestion> with_from(Words before, std::string_view rest) {
  if (before.empty() || before.size() > 2) {
    return usage(before.empty() ? "nothing stands before the arrow"
                                : "more than a source and a place stand before the arrow");
  }
  return TypedQuestion{
      .source = before.size() == 2 ? before.front() : std::string{},
      .question = fmt::format("{} {}", quoted_place(before.back()), trimmed(rest))};
}

/// `TO SERVICE…` of separate words.
std::string target_text(Words words) {
  std::string result;
  for (std::size_t i = 0; i < words.size(); ++i) {
    result += i == 0 ? quoted_place(words[i]) : " " + words[i];
  }
  return result;
}

Result<TypedQuestion> with_arrow(Words words, std::size_t at) {
  const std::string& word = words[at];
  const Words before = words.first(at);
  const Words after = words.subspan(at + 1);
  if (word == kArrow) {
    return with_from(before, fmt::format("-> {}", target_text(after)));
  }
  if (word.starts_with(kArrow)) {  // FROM '-> TO SERVICE'
    return with_from(before, fmt::format("{} {}", word, fmt::join(after, " ")));
  }
  if (before.size() > 1) {  // [SOURCE] 'FROM -> TO SERVICE'
    return usage("more than a source stands before the question");
  }
  const bool ends_with_arrow = trimmed(word).ends_with(kArrow);
  const std::string rest =
      ends_with_arrow ? target_text(after) : fmt::format("{}", fmt::join(after, " "));
  return TypedQuestion{.source = before.empty() ? std::string{} : before.front(),
                       .question = std::string(trimmed(fmt::format("{} {}", word, rest)))};
}

Result<TypedQuestion> without_arrow(Words words) {
  std::size_t places = words.size();
  while (places > 2 && is_service(words[places - 1])) {
    --places;
  }
  if (places < 2 || places > 3) {
    return usage(places < 2 ? "a question needs a place to come from and one to go to"
                            : "there are too many words for a question without an arrow");
  }
  const std::string to = target_text(words.subspan(places - 1));
  return with_from(words.first(places - 1), fmt::format("-> {}", to));
}

}  // namespace

Result<TypedQuestion> read_question(const std::vector<std::string>& words) {
  if (words.empty()) {
    return usage("there is no question");
  }
  if (std::find(words.begin(), words.end(), "-") != words.end()) {
    return fail("shell_redirect",
                "the shell took the `>` of the arrow and wrote to a file: put the question in "
                "quotes, as in `portolan reach -s SOURCE 'FROM -> TO SERVICE'`");
  }
  const auto arrow = std::find_if(words.begin(), words.end(), [](const std::string& word) {
    return word.find(kArrow) != std::string::npos;
  });
  const Words all = words;
  return arrow == words.end() ? without_arrow(all)
                              : with_arrow(all, static_cast<std::size_t>(arrow - words.begin()));
}

}  // namespace portolan::cli
