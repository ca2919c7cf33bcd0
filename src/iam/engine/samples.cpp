#include "iam/engine/samples.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "core/ip.h"
#include "core/time.h"

namespace portolan::iam::engine {
namespace {

/// A step of a pattern: one character, or a wildcard. As numbers of letters.
constexpr int kAnyRun = -1;
constexpr int kAnyRunInPart = -2;
constexpr int kAnyOne = -3;
constexpr int kAnyOneInPart = -4;

constexpr std::size_t kArnColons = 5;

std::size_t length_of_character(const std::u16string& units, std::size_t at) {
  std::size_t end = at + 1;
  while (end < units.size() && units[end] < Glob::kAnyRun && (units[end] & 0xC0U) == 0x80U) {
    ++end;
  }
  return end - at;
}

/// The characters of all patterns, and one that no pattern has.
class Alphabet {
 public:
  int number(const std::string& letter) {
    const auto [place, is_new] = numbers_.emplace(letter, static_cast<int>(letters_.size()));
    if (is_new) {
      letters_.push_back(letter);
    }
    return place->second;
  }
  void add_other() {
    static constexpr std::string_view kCandidates = "xyzabcdefghijklmnopqrstuvw0123456789-_+.~ ";
    for (const char c : kCandidates) {
      const std::string letter(1, c);
      if (!numbers_.contains(letter)) {
        number(letter);
        return;
      }
    }
    for (int i = 1; i < 0x80; ++i) {  // 64 characters of two bytes
      const std::string letter{static_cast<char>(0xC3), static_cast<char>(0x80 + i % 0x40)};
      if (!numbers_.contains(letter)) {
        number(letter);
        return;
      }
    }
  }
  [[nodiscard]] const std::vector<std::string>& letters() const { return letters_; }

 private:
  std::map<std::string, int> numbers_;
  std::vector<std::string> letters_;
};

/// One pattern as a row of steps; a state is the set of steps that may come next.
struct Automaton {
  std::vector<std::vector<int>> steps;  // of each pattern
  std::vector<Case> letters;
};
using State = std::vector<std::vector<std::size_t>>;  // per pattern, sorted

std::vector<int> steps_of(const TextPattern& pattern, Alphabet& alphabet) {
  std::vector<int> steps;
  const std::u16string& units = pattern.glob.units;
  std::size_t colons = 0;
  for (std::size_t at = 0; at < units.size();) {
    const bool is_inside = pattern.is_arn && colons < kArnColons;
    if (units[at] == Glob::kAnyRun || units[at] == Glob::kAnyOne) {
      const bool is_run = units[at] == Glob::kAnyRun;
      steps.push_back(is_run ? (is_inside ? kAnyRunInPart : kAnyRun)
                             : (is_inside ? kAnyOneInPart : kAnyOne));
      ++at;
      continue;
    }
    const std::size_t length = length_of_character(units, at);
    const std::string letter = Glob{units.substr(at, length)}.text();
    colons += letter == ":" ? 1U : 0U;
    steps.push_back(alphabet.number(letter));
    at += length;
  }
  return steps;
}

bool is_run(int step) { return step == kAnyRun || step == kAnyRunInPart; }

/// Runs may be empty: the step after one may come next too.
void close(const std::vector<int>& steps, std::vector<std::size_t>& set) {
  for (std::size_t i = 0; i < set.size(); ++i) {
    if (set[i] < steps.size() && is_run(steps[set[i]])) {
      set.push_back(set[i] + 1);
    }
  }
  std::ranges::sort(set);
  set.erase(std::unique(set.begin(), set.end()), set.end());
}

class Walk {
 public:
  explicit Walk(const std::vector<TextPattern>& patterns) {
    for (const TextPattern& pattern : patterns) {
      automaton_.steps.push_back(steps_of(pattern, alphabet_));
      automaton_.letters.push_back(pattern.letters);
    }
    add_other_cases(patterns);
    alphabet_.number(":");
    alphabet_.add_other();
  }

  std::optional<std::vector<std::string>> run() {
    State begin(automaton_.steps.size());
    for (std::size_t i = 0; i < begin.size(); ++i) {
      begin[i] = {0};
      close(automaton_.steps[i], begin[i]);
    }
    reach(std::move(begin), "");
    for (std::size_t i = 0; i < waiting_.size(); ++i) {
      const auto [state, text] = *waiting_[i];
      for (std::size_t letter = 0; letter < alphabet_.letters().size(); ++letter) {
        reach(after(state, static_cast<int>(letter)), text + alphabet_.letters()[letter]);
        if (waiting_.size() > kMostTexts) {
          return std::nullopt;
        }
      }
    }
    return std::move(samples_);
  }

 private:
  /// Where case is ignored, both cases are letters.
  void add_other_cases(const std::vector<TextPattern>& patterns) {
    const bool has_any = std::ranges::any_of(
        patterns, [](const auto& each) { return each.letters == Case::Ignored; });
    const auto letters = alphabet_.letters();
    for (const std::string& letter : has_any ? letters : std::vector<std::string>{}) {
      const char c = letter.front();
      if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
        alphabet_.number(std::string(1, static_cast<char>(c ^ 0x20)));
      }
    }
  }

  [[nodiscard]] bool takes(int step, int letter, Case letters) const {
    if (step == kAnyOne || step == kAnyRun) {
      return true;
    }
    const std::string& text = alphabet_.letters()[static_cast<std::size_t>(letter)];
    if (step < 0) {
      return text != ":";
    }
    return step == letter ||
           (letters == Case::Ignored &&
            folded(text) == folded(alphabet_.letters()[static_cast<std::size_t>(step)]));
  }

  [[nodiscard]] State after(const State& state, int letter) const {
    State next(state.size());
    for (std::size_t i = 0; i < state.size(); ++i) {
      const std::vector<int>& steps = automaton_.steps[i];
      for (const std::size_t at : state[i]) {
        if (at < steps.size() && takes(steps[at], letter, automaton_.letters[i])) {
          next[i].push_back(is_run(steps[at]) ? at : at + 1);
        }
      }
      close(steps, next[i]);
    }
    return next;
  }

  void reach(State state, std::string text) {
    std::vector<bool> accepted;
    for (std::size_t i = 0; i < state.size(); ++i) {
      accepted.push_back(!state[i].empty() && state[i].back() == automaton_.steps[i].size());
    }
    const auto [place, is_new] = states_.emplace(std::move(state), text);
    if (is_new) {
      waiting_.push_back(&*place);
      if (classes_.insert(std::move(accepted)).second) {
        samples_.push_back(std::move(text));
      }
    }
  }

  Alphabet alphabet_;
  Automaton automaton_;
  std::map<State, std::string> states_;
  std::vector<const std::pair<const State, std::string>*> waiting_;
  std::set<std::vector<bool>> classes_;
  std::vector<std::string> samples_;
};

// Values

bool is_between(Comparison comparison, Comparison first, Comparison last) {
  return first <= comparison && comparison <= last;
}

void add_numbers(const std::set<double>& ends, std::vector<std::string>& samples) {
  if (ends.empty()) {
    return;
  }
  samples.push_back(fmt::format("{}", *ends.begin() - 1));
  samples.push_back(fmt::format("{}", *ends.rbegin() + 1));
  for (auto end = ends.begin(); end != ends.end(); ++end) {
    samples.push_back(fmt::format("{}", *end));
    if (const auto next = std::next(end); next != ends.end()) {
      samples.push_back(fmt::format("{}", *end + (*next - *end) / 2));
    }
  }
}

void add_dates(const std::set<std::int64_t>& ends, std::vector<std::string>& samples) {
  for (const std::int64_t end : ends) {
    for (const std::int64_t each : {end - 1, end, end + 1}) {
      samples.push_back(Time::from_seconds(each).text());
    }
  }
}

void add_addresses(const std::set<IpPrefix>& blocks, std::vector<std::string>& samples) {
  if (blocks.empty()) {
    return;
  }
  std::set<IpAddress> addresses{IpAddress::v4(0xCB007107), IpAddress::v6(0x20010db800000000, 7)};
  for (const IpPrefix& block : blocks) {
    addresses.insert({block.first(), block.last()});
    if (const auto before = block.first().previous()) {
      addresses.insert(*before);
    }
    if (const auto after = block.last().next()) {
      addresses.insert(*after);
    }
  }
  for (const IpAddress& address : addresses) {
    samples.push_back(address.text());
  }
}

/// What the values of atoms say where classes of values begin and end.
struct Ends {
  std::vector<TextPattern> texts;
  std::set<double> numbers;
  std::set<std::int64_t> dates;
  std::set<IpPrefix> blocks;

  void add(Comparison comparison, const Glob& value) {
    using enum Comparison;
    if (is_between(comparison, NumericEquals, NumericGreaterEquals)) {
      if (const auto number = parse_number(value.text())) {
        numbers.insert(*number);
      }
    } else if (is_between(comparison, DateEquals, DateGreaterEquals)) {
      if (const auto date = parse_date(value.text())) {
        dates.insert(*date);
      }
    } else if (comparison == IpAddress) {
      const std::string text = value.text();
      const auto block =
          text.find('/') == std::string::npos
              ? IpPrefix::parse(text + (text.find(':') == text.npos ? "/32" : "/128"))
              : IpPrefix::parse(text);
      if (block) {
        blocks.insert(*block);
      }
    } else if (comparison != Null && comparison != NotReadable) {
      const bool is_pattern = comparison == StringLike || comparison == Arn;
      const bool is_folded = comparison == StringEqualsIgnoreCase || comparison == Bool;
      texts.push_back({.glob = is_pattern ? value : Glob::literal(value.text()),
                       .letters = is_folded ? Case::Ignored : Case::Significant,
                       .is_arn = comparison == Arn && !value.is_everything()});
    }
  }
};

}  // namespace

std::optional<std::vector<std::string>> sample_texts(std::vector<TextPattern> patterns) {
  std::ranges::sort(patterns);
  patterns.erase(std::unique(patterns.begin(), patterns.end()), patterns.end());
  const bool are_literal = std::ranges::all_of(patterns, [](const TextPattern& pattern) {
    return pattern.glob.is_literal() && pattern.letters == Case::Significant;
  });
  if (!are_literal) {
    return Walk(patterns).run();
  }
  std::vector<std::string> samples;
  for (const TextPattern& pattern : patterns) {
    samples.push_back(pattern.glob.text());
  }
  std::string other = "other";
  while (std::ranges::find(samples, other) != samples.end()) {
    other += '-';
  }
  samples.push_back(other);
  return samples;
}

std::optional<std::vector<std::string>> sample_values(const std::vector<const Atom*>& atoms) {
  Ends ends;
  bool is_boolean = false;
  for (const Atom* atom : atoms) {
    is_boolean = is_boolean || atom->op.comparison == Comparison::Bool;
    for (const auto& value : atom->values) {
      if (value) {
        ends.add(atom->op.comparison, *value);
      }
    }
  }
  std::vector<std::string> samples;
  add_numbers(ends.numbers, samples);
  add_dates(ends.dates, samples);
  add_addresses(ends.blocks, samples);
  if (is_boolean) {  // a key of this type has no other values
    samples.insert(samples.end(), {"true", "false"});
  } else if (!ends.texts.empty() || samples.empty()) {
    const auto texts = sample_texts(std::move(ends.texts));
    if (!texts) {
      return std::nullopt;
    }
    samples.insert(samples.end(), texts->begin(), texts->end());
  }
  return samples;
}

bool is_satisfied_by(const Atom& atom, const std::string& value) {
  Operator single = atom.op;
  single.quantifier = Quantifier::None;
  const Context::Entry entry{.values = {value}};
  return holds(single, atom.values, &entry) == Truth::Yes;
}

}  // namespace portolan::iam::engine
