#include "reach/reach.h"

#include <array>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "answers/answer_json.h"
#include "cli/answer_text.h"
#include "cli/commands/commands.h"
#include "cli/past.h"
#include "cli/question_words.h"
#include "cli/source.h"
#include "cli/terminal.h"
#include "cli/text_input.h"
#include "core/text.h"

namespace portolan::cli {
namespace {

enum class Format : std::uint8_t { Table, Json, Lines };

Format format_of(const Invocation& invocation) {
  const std::string format = invocation.has("json") ? "json" : invocation.value("format", "table");
  return format == "table" ? Format::Table : format == "json" ? Format::Json : Format::Lines;
}

Result<reach::Answer> answer_to(const reach::Network& network, std::string_view question) {
  return reach::ask(network, TRY(reach::parse_question(question)));
}

Result<ExitCode> answer_one(const Invocation& invocation, Terminal& terminal) {
  const TypedQuestion typed = TRY(read_question(invocation.words));
  const std::string name = TRY(source_name(invocation, typed.source));
  const reach::Question question = TRY(reach::parse_question(typed.question));
  Source now = TRY(load_source(invocation, name, terminal));
  const Source source = TRY(as_it_was(invocation, std::move(now), terminal));
  const reach::Network network = reach::build(source.decoded.snapshot);
  const reach::Answer answer = TRY(reach::ask(network, question));
  if (format_of(invocation) == Format::Table) {
    terminal.out.write(answer_text(typed.question, answer, terminal.style()));
  } else {
    terminal.out.write(boost::json::serialize(answers::answer_json(typed.question, answer)) + "\n");
  }
  return exit_code(
      {.bad_input = source.is_bad(), .unknown = answer.verdict == reach::Verdict::Unknown});
}

/// Answers a list of questions, each as soon as it is there.
class Series {
 public:
  Series(const reach::Network& network, Format format, Terminal& terminal)
      : network_(network), format_(format), terminal_(terminal), style_(terminal.style()) {}

  void answer(const Line& line) {
    const std::string_view question = trimmed(line.text);
    if (line.is_cut) {
      report(question.substr(0, kShownOfLongLine),
             fail("line_too_long", fmt::format("the line is longer than {} bytes, write one "
                                               "question a line",
                                               LineReader::kLengthMost)));
    } else if (!question.empty() && !question.starts_with('#')) {
      report(question, answer_to(network_, question));
    }
  }

  void finish() {
    if (format_ == Format::Json) {
      terminal_.out.write(count_ == 0 ? "[]\n" : "\n]\n");
    }
  }

  [[nodiscard]] const Events& events() const { return events_; }

 private:
  static constexpr std::size_t kShownOfLongLine = 100;

  void report(std::string_view question, const Result<reach::Answer>& answer) {
    events_.bad_input = events_.bad_input || !answer;
    events_.unknown = events_.unknown || (answer && answer->verdict == reach::Verdict::Unknown);
    if (format_ == Format::Table) {
      write_line(question, answer);
    } else {
      write_json(question, answer);
    }
    ++count_;
    terminal_.out.flush();
  }

  void write_line(std::string_view question, const Result<reach::Answer>& answer) {
    if (answer) {
      terminal_.out.write(answer_line(question, *answer, style_));
    } else {
      terminal_.out.write(printable(fmt::format("error    {}  {} ({})", question,
                                                answer.error().message, answer.error().code)) +
                          "\n");
    }
  }

  void write_json(std::string_view question, const Result<reach::Answer>& answer) {
    if (format_ == Format::Json) {
      terminal_.out.write(count_ == 0 ? "[\n" : ",\n");
    }
    terminal_.out.write(
        boost::json::serialize(answer ? answers::answer_json(question, *answer)
                                      : answers::error_json(question, answer.error())));
    if (format_ == Format::Lines) {
      terminal_.out.write("\n");
    }
  }

  const reach::Network& network_;
  Format format_;
  Terminal& terminal_;
  Style style_;
  Events events_;
  std::size_t count_ = 0;
};

Result<ExitCode> answer_file(const Invocation& invocation, Terminal& terminal) {
  if (invocation.words.size() > 1) {
    return fail("usage",
                "with `--questions` no question is given as argument; see `portolan help reach`");
  }
  const std::string name = TRY(source_name(invocation, invocation.word(0)));
  LineReader lines = TRY(LineReader::open(invocation.value("questions")));
  Source now = TRY(load_source(invocation, name, terminal));
  const Source source = TRY(as_it_was(invocation, std::move(now), terminal));
  const reach::Network network = reach::build(source.decoded.snapshot);
  Series series(network, format_of(invocation), terminal);
  while (terminal.out.is_open()) {
    const std::optional<Line> line = TRY(lines.next());
    if (!line) {
      break;
    }
    series.answer(*line);
  }
  series.finish();
  Events events = series.events();
  events.bad_input = events.bad_input || source.is_bad();
  return exit_code(events);
}

Result<ExitCode> run(const Invocation& invocation, Terminal& terminal) {
  return invocation.has("questions") ? answer_file(invocation, terminal)
                                     : answer_one(invocation, terminal);
}

constexpr std::array<std::string_view, 3> kFormats = {"table", "json", "jsonl"};

constexpr std::array<std::string_view, 3> kUsage = {
    "[SOURCE] 'FROM -> TO [SERVICE]'",
    "[SOURCE] FROM TO [SERVICE]",
    "--questions FILE [SOURCE]",
};

constexpr std::array kArguments = {
    kSourceArgument,
    Argument{.name = "FROM, TO",
             .summary = "internet, any, a CIDR, an address (also ADDRESS@vpc-…), a resource id, a "
                        "name, sg:…, subnet:…, vpc:…, lb:…, tag:KEY=VALUE, account:…; a name with "
                        "spaces or a colon in double quotes",
             .is_required = false},
    Argument{.name = "SERVICE",
             .summary = "any (the default), tcp, udp, icmp, tcp/22, tcp/80,443, tcp/1024-65535, "
                        "icmp/8, proto/50; several with spaces between",
             .is_required = false,
             .repeats = true},
};

constexpr std::array kOptions = {
    Option{.name = "questions",
           .value = "FILE",
           .summary = "answer every line `FROM -> TO [SERVICE]` of FILE (- is standard input), in "
                      "order; empty lines and lines that begin with # are skipped",
           .completes = Completes::File},
    Option{.name = "format",
           .value = "FORMAT",
           .summary = "table for people, json one document, jsonl one object a line; "
                      "default: table",
           .completes = Completes::Choice,
           .choices = kFormats},
    kJsonOption,
    kAtOption,
    kLogsOption,
    kTakenOption,
};

constexpr std::array kExamples = {
    Example{"why can, or can the internet not, open ssh on web-1",
            "portolan reach -s dump 'internet -> web-1 tcp/22'"},
    Example{"which services does the load balancer's group offer to everybody",
            "portolan reach dump 'internet -> lb:shop any'"},
    Example{"names with spaces, and tags", "portolan reach -s dump '\"web 1\" -> tag:tier=db tcp'"},
    Example{"whether it could yesterday, before somebody changed it back",
            "portolan reach -s dump --taken 2026-05-04T09:00:00Z --logs AWSLogs --at "
            "2026-05-03T14:10:00Z 'internet -> db-2 tcp/5432'"},
    Example{"a thousand questions, one JSON object each",
            "portolan reach -s dump --questions questions.txt --format jsonl"},
};

}  // namespace

const Command kReach = {
    .name = "reach",
    .group = "Ask",
    .summary = "ask whether one place can reach another, and why",
    .description =
        "Says whether FROM can open a connection of SERVICE to TO: yes, no, depends (for some "
        "clients only) or unknown (what decides was not collected). Below it stand the services "
        "that pass, the reason, and every hop with the rule that decided, on the way there and on "
        "the way back. Put the question in quotes, for a bare > belongs to the shell.\n\n"
        "With --at and --logs it answers for another moment: the source as it was when it was "
        "collected "
        "(--taken), rolled back or forward through what CloudTrail recorded. What the logs do not "
        "tell of that moment is listed, and what hangs on it is unknown.\n\n"
        "The answer is exact or says that it is unknown. The exit code is 0 for yes, no and "
        "depends; 3 if an answer is unknown, a question was bad or part of the input could not be "
        "read; 2 if nothing was answered.",
    .usage = kUsage,
    .arguments = kArguments,
    .options = kOptions,
    .examples = kExamples,
    .reads_source = true,
    .run = run,
};

}  // namespace portolan::cli
