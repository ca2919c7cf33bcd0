#include <algorithm>
#include <array>
#include <utility>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "answers/answer_json.h"
#include "cli/answer_text.h"
#include "cli/commands/commands.h"
#include "cli/source.h"
#include "cli/terminal.h"
#include "cli/text_input.h"
#include "core/text.h"
#include "reach/reach.h"
#include "report/report.h"

namespace portolan::cli {
namespace {

using State = reach::IntentAnswer::State;

constexpr std::size_t kFileBytesMost = std::size_t{16} << 20U;

struct Verified {
  reach::Intent intent;
  reach::IntentAnswer answer;
};

/// All that came of a file.
struct Verification {
  std::string file;
  std::string source;
  std::vector<Verified> intents;
  std::vector<Error> errors;  // lines that are no intents, or name what does not exist

  [[nodiscard]] std::size_t count(State state) const {
    return static_cast<std::size_t>(
        std::count_if(intents.begin(), intents.end(),
                      [&](const Verified& each) { return each.answer.state == state; }));
  }
};

std::string_view word_of(State state) {
  switch (state) {
    case State::Holds:
      return "holds";
    case State::Broken:
      return "broken";
    case State::Unknown:
      return "unknown";
  }
  return "";
}

report::Tone tone_of(State state) {
  switch (state) {
    case State::Holds:
      return report::Tone::Good;
    case State::Broken:
      return report::Tone::Bad;
    case State::Unknown:
      return report::Tone::Warning;
  }
  return report::Tone::Plain;
}

Verification verify(const reach::Network& network, reach::Intents intents, std::string file) {
  Verification result;
  result.file = std::move(file);
  result.errors = std::move(intents.errors);
  for (reach::Intent& intent : intents.intents) {
    auto answer = reach::check(network, intent);
    if (answer) {
      result.intents.push_back({std::move(intent), *std::move(answer)});
    } else {
      answer.error().context = fmt::format("{}:{}", result.file, intent.line);
      result.errors.push_back(std::move(answer).error());
    }
  }
  return result;
}

boost::json::object value_of(const Verified& verified) {
  boost::json::object object = {
      {"line", verified.intent.line},
      {"intent", printable(verified.intent.text())},
      {"state", word_of(verified.answer.state)},
      {"message", printable(verified.answer.message)},
  };
  if (verified.answer.state != State::Holds) {
    object.emplace("witness",
                   answers::answer_json(verified.intent.question.text(), verified.answer.witness));
  }
  return object;
}

boost::json::object value_of(const Error& error) {
  return {{"place", printable(error.context)},
          {"code", printable(error.code)},
          {"message", printable(error.message)}};
}

template <class Value>
boost::json::array list_of(const std::vector<Value>& values) {
  boost::json::array result;
  for (const Value& value : values) {
    result.push_back(value_of(value));
  }
  return result;
}

std::string verification_json(const Verification& verification) {
  const boost::json::object document = {
      {"schema", "portolan/verify/1"},
      {"file", printable(verification.file)},
      {"source", printable(verification.source)},
      {"summary",
       {{"holds", verification.count(State::Holds)},
        {"broken", verification.count(State::Broken)},
        {"unknown", verification.count(State::Unknown)},
        {"errors", verification.errors.size()}}},
      {"intents", list_of(verification.intents)},
      {"errors", list_of(verification.errors)},
  };
  return boost::json::serialize(document) + "\n";
}

std::string verification_table(const Verification& verification, const Style& style) {
  constexpr std::size_t kStateWidth = 9;  // `unknown` and two spaces
  std::string out;
  for (const auto& [intent, answer] : verification.intents) {
    const std::string_view word = word_of(answer.state);
    out += report::painted(word, tone_of(answer.state), style.colour);
    out += std::string(kStateWidth - word.size(), ' ');
    out += printable(fmt::format("{}:{}: {}", verification.file, intent.line, intent.text()));
    out += "\n";
    if (answer.state != State::Holds) {
      out += report::hanging(std::string(kStateWidth, ' '), printable(answer.message),
                             static_cast<std::size_t>(style.width));
      out += explanation_text(answer.witness, style);
    }
  }
  out += fmt::format("{}: {} broken, {} unknown, {} held, {}\n",
                     report::counted(verification.intents.size(), "intent"),
                     verification.count(State::Broken), verification.count(State::Unknown),
                     verification.count(State::Holds),
                     report::counted(verification.errors.size(), "bad line"));
  return out;
}

Result<ExitCode> run(const Invocation& invocation, Terminal& terminal) {
  const std::string path = invocation.word(0);
  const std::string file = path == "-" ? "stdin" : path;
  const std::string name = TRY(source_name(invocation, invocation.word(1)));
  reach::Intents intents = reach::parse_intents(TRY(read_text(path, kFileBytesMost)), file);
  const Source source = TRY(load_source(invocation, name, terminal));
  const reach::Network network = reach::build(source.decoded.snapshot);
  Verification verification = verify(network, std::move(intents), file);
  verification.source = name;

  for (const Error& error : verification.errors) {
    terminal.complain(fmt::format("{}: {} ({})", error.context, error.message, error.code));
  }
  const bool is_json = invocation.has("json") || invocation.value("format") == "json";
  terminal.out.write(is_json ? verification_json(verification)
                             : verification_table(verification, terminal.style()));
  return exit_code({.bad_input = source.is_bad() || !verification.errors.empty(),
                    .found = verification.count(State::Broken) > 0,
                    .unknown = verification.count(State::Unknown) > 0});
}

constexpr std::array<std::string_view, 1> kUsage = {"FILE [SOURCE]"};

constexpr std::array kArguments = {
    Argument{.name = "FILE",
             .summary = "file of intents, - for standard input",
             .completes = Completes::File},
    kSourceArgument,
};

constexpr std::array kOptions = {
    kFormatOption,
    kJsonOption,
};

constexpr std::array kExamples = {
    Example{"does the network keep its promises", "portolan verify network.intent -s dump"},
    Example{"one promise, on the spot",
            "echo 'deny internet -> tag:tier=db any' | portolan verify - dump"},
};

}  // namespace

const Command kVerify = {
    .name = "verify",
    .group = "Ask",
    .summary = "check that the network keeps what a file of intents promises",
    .description =
        "Each line of FILE is a promise; # begins a comment:\n\n"
        "  allow internet -> lb:shop tcp/443       all of it passes\n"
        "  deny  internet -> tag:tier=db any       nothing of it passes\n"
        "  only  lb:shop -> sg:web tcp/8080        passes, and nobody else reaches it\n\n"
        "Each holds, is broken (with the connection that breaks it) or is unknown, because what "
        "decides was not collected. The exit code is 0 if all hold, 1 if some are broken, 3 if "
        "lines or documents were bad, or if none is broken and some are unknown.",
    .usage = kUsage,
    .arguments = kArguments,
    .options = kOptions,
    .examples = kExamples,
    .reads_source = true,
    .run = run,
};

}  // namespace portolan::cli
