#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "answers/who_answer.h"
#include "cli/authority.h"
#include "cli/commands/commands.h"
#include "cli/roles_file.h"
#include "cli/source.h"
#include "cli/terminal.h"
#include "cli/text_input.h"
#include "cli/who_excess.h"
#include "cli/who_text.h"
#include "core/text.h"
#include "iam/iam.h"

namespace portolan::cli {
namespace {

/// A line holds a request with all its policies, each of which AWS keeps below 21 kB.
constexpr std::size_t kRequestBytesMost = std::size_t{16} << 20U;

bool is_json(const Invocation& invocation) {
  return invocation.has("json") || invocation.value("format") == "json";
}

/// Answers one request a line, each as soon as it is there.
Result<ExitCode> answer_requests(const Invocation& invocation, Terminal& terminal) {
  LineReader lines = TRY(LineReader::open(invocation.value("requests"), kRequestBytesMost));
  Events events;
  while (terminal.out.is_open()) {
    const std::optional<Line> line = TRY(lines.next());
    if (!line) {
      break;
    }
    if (trimmed(line->text).empty()) {
      continue;
    }
    auto answer = line->is_cut ? Result<std::string>(fail(
                                     "bad_request", fmt::format("the line is longer than {} bytes",
                                                                kRequestBytesMost)))
                               : iam::answer_line(line->text);
    if (!answer) {
      events.bad_input = true;
      answer = iam::refusal_line(answer.error().context, answer.error().message);
    }
    terminal.out.write(*answer + "\n");
    terminal.out.flush();
  }
  return exit_code(events);
}

Result<ExitCode> tell(const answers::WhoAnswer& answer, bool is_bad, const Invocation& invocation,
                      Terminal& terminal) {
  terminal.out.write(is_json(invocation) ? answers::who_json(answer)
                                         : who_text(answer, terminal.style()));
  return exit_code({.bad_input = is_bad, .unknown = answer.is_unknown()});
}

/// The policy goes to standard output as it is to be attached, what was proved of it to the other.
ExitCode print_guardrail(const iam::Guardrail& guardrail, bool is_bad, Terminal& terminal) {
  terminal.out.write(guardrail.document + "\n");
  constexpr std::size_t most = 10;
  for (std::size_t i = 0; i < std::min(guardrail.faults.size(), most); ++i) {
    terminal.complain(guardrail.faults[i]);
  }
  if (!terminal.is_quiet()) {
    terminal.complain(fmt::format(
        "this {} takes away {} grants of an action on a resource and keeps {} that are allowed, {}",
        guardrail.is_boundary ? "boundary" : "service control policy", guardrail.denied,
        guardrail.kept,
        guardrail.faults.empty() ? "as the engine finds of all of them"
                                 : fmt::format("but fails in {}", guardrail.faults.size())));
  }
  return exit_code({.bad_input = is_bad, .unknown = !guardrail.faults.empty()});
}

/// Who can change more than the file allows, of one resource or of all.
Result<ExitCode> answer_allowed(const Invocation& invocation, Terminal& terminal) {
  const iam::Intent intent = TRY(read_roles(invocation.value("allowed")));
  auto actions = TRY(answers::pick_actions(invocation.values("action")));
  const std::string name = TRY(source_name(invocation, ""));
  const Source source = TRY(load_source_with_authority(invocation, name, terminal));
  const AuthorityRead read = read_authority(source, invocation, terminal);
  const bool is_bad = source.is_bad() || read.is_bad();
  std::vector<iam::Resource> rows = iam::changeable_resources(source.decoded.snapshot);
  if (!invocation.words.empty()) {
    rows = {TRY(answers::find_resource(rows, invocation.word(0)))};
  }
  if (invocation.has("guardrail")) {
    return print_guardrail(iam::guardrail_of(read.directory, intent, rows, actions), is_bad,
                           terminal);
  }
  const ExcessAnswer answer = find_excess(read.directory, intent, std::move(rows), actions);
  terminal.out.write(is_json(invocation) ? excess_json(answer)
                                         : excess_text(answer, terminal.style()));
  return exit_code(
      {.bad_input = is_bad, .found = answer.is_found(), .unknown = answer.is_unknown()});
}

Result<ExitCode> answer_source(const Invocation& invocation, Terminal& terminal) {
  const bool is_inverse = invocation.has("principal");
  if (is_inverse == !invocation.words.empty()) {
    return fail("usage", "name one resource, or a principal with --principal");
  }
  const auto actions = TRY(answers::pick_actions(invocation.values("action")));
  const std::string name = TRY(source_name(invocation, ""));
  const Source source = TRY(load_source_with_authority(invocation, name, terminal));
  const AuthorityRead read = read_authority(source, invocation, terminal);
  const bool is_bad = source.is_bad() || read.is_bad();
  std::vector<iam::Resource> all = iam::changeable_resources(source.decoded.snapshot);
  if (is_inverse) {
    const iam::Principal* principal =
        TRY(answers::find_principal(read.directory, invocation.value("principal")));
    return tell(answers::what_can_change(read.directory, *principal, std::move(all), actions),
                is_bad, invocation, terminal);
  }
  const iam::Resource resource = TRY(answers::find_resource(all, invocation.word(0)));
  const Snapshot& snapshot = source.decoded.snapshot;
  const iam::Escalation escalation(read.directory, iam::instances_with_roles(snapshot));
  return tell(answers::who_can_change(snapshot, escalation, resource, actions), is_bad, invocation,
              terminal);
}

Result<ExitCode> run(const Invocation& invocation, Terminal& terminal) {
  if (invocation.has("guardrail") && !invocation.has("allowed")) {
    return fail("usage", "--guardrail enforces what --allowed says: name the file");
  }
  if (!invocation.has("requests")) {
    return invocation.has("allowed") ? answer_allowed(invocation, terminal)
                                     : answer_source(invocation, terminal);
  }
  if (!invocation.words.empty() || invocation.has("principal")) {
    return fail("usage", "with `--requests` nothing else is asked; see `portolan help who`");
  }
  return answer_requests(invocation, terminal);
}

constexpr std::array<std::string_view, 4> kUsage = {
    "RESOURCE -s SOURCE",
    "--allowed FILE [RESOURCE] -s SOURCE",
    "--principal PRINCIPAL -s SOURCE",
    "--requests FILE",
};

constexpr std::array kArguments = {
    Argument{.name = "RESOURCE",
             .summary = "sg-…, acl-…, rtb-…, eni-…, pl-…, igw-…, pcx-…, tgw-…, tgw-attach-…, "
                        "tgw-rtb-…, vpcbpa-exclude-…, ACCOUNT/REGION (its block of public access), "
                        "the ARN or name of a load balancer; an ARN or a name of any of them",
             .is_required = false},
};

constexpr std::array kOptions = {
    Option{.name = "principal",
           .value = "PRINCIPAL",
           .summary = "the other way round: what can this user or role (ARN or name) change"},
    Option{.name = "action",
           .value = "ACTION",
           .summary = "judge these actions only: `ec2:Authorize*`, or a kind of change: rules, "
                      "attach, delete, tags; may be repeated",
           .repeats = true},
    Option{.name = "allowed",
           .value = "FILE",
           .summary = "list who can change more than the YAML file allows; exit code 1 if somebody "
                      "can",
           .completes = Completes::File},
    Option{.name = "guardrail",
           .summary = "with --allowed: print a service control policy (without an organization a "
                      "boundary) that takes away what is not allowed, and prove it"},
    kNoOrganizationOption,
    Option{.name = "requests",
           .value = "FILE",
           .summary = "decide every line of FILE (- is standard input), a JSON object with a "
                      "request and all its policies, and answer each with a line of JSON",
           .completes = Completes::File},
    kFormatOption,
    kJsonOption,
};

constexpr std::array kExamples = {
    Example{"who can change the group of the web servers", "portolan who sg-0a1b2c3d -s dump"},
    Example{"who can change its rules, for a program",
            "portolan who web -s dump --action rules --format json"},
    Example{"what a role can change", "portolan who --principal Deploy -s dump"},
    Example{"who can change more than is meant, for CI",
            "portolan who --allowed roles.yaml -s dump"},
    Example{"a policy that ends it", "portolan who --allowed roles.yaml --guardrail -s dump"},
    Example{"decide single requests", "portolan who --requests requests.jsonl"},
};

}  // namespace

const Command kWho = {
    .name = "who",
    .group = "Ask",
    .summary = "tell who can change a group, NACL, route table, interface, list or balancer",
    .description =
        "Lists the users and roles that can change RESOURCE: always, possible (in some "
        "circumstances, which are told, with who can bring them about) or unknown (a policy that "
        "decides was not collected or not readable). Below each stand the actions, the statements "
        "that allow them and the denials that do not hold then; --format json adds a request that "
        "is allowed, to be decided again with --requests, and what would close it. Who is not "
        "listed can do nothing to it.\n\n"
        "SOURCE holds, beside the network, what `aws iam get-account-authorization-details` "
        "prints, and the organization (docs/IAM.md tells how). The exit code is 3 if an answer is "
        "unknown or part of the input could not be read; 2 if nothing was answered.",
    .usage = kUsage,
    .arguments = kArguments,
    .options = kOptions,
    .examples = kExamples,
    .reads_source = true,
    .run = run,
};

}  // namespace portolan::cli
