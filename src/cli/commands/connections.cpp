#include <array>
#include <utility>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "checks/check.h"
#include "cli/commands/commands.h"
#include "cli/connection_text.h"
#include "cli/past.h"
#include "cli/source.h"
#include "cli/terminal.h"
#include "core/text.h"
#include "reach/connection_map.h"
#include "reach/lateral.h"

namespace portolan::cli {
namespace {

Result<std::optional<reach::Selector>> selector_of(const Invocation& invocation,
                                                   std::string_view option) {
  if (!invocation.has(option)) {
    return std::optional<reach::Selector>{};
  }
  return std::optional(TRY(reach::parse_selector(invocation.value(option))));
}

Result<reach::ConnectionFilter> filter_of(const Invocation& invocation) {
  reach::ConnectionFilter filter;
  filter.from = TRY(selector_of(invocation, "from"));
  filter.to = TRY(selector_of(invocation, "to"));
  filter.from_internet = invocation.has("exposed");
  if (invocation.has("service")) {
    filter.services = TRY(ServiceSet::parse(invocation.value("service")));
  }
  if (invocation.has("risky")) {
    filter.services = filter.services.intersected(checks::risky_services());
  }
  return filter;
}

/// Whether some service of a row is not known to pass or not.
bool is_incomplete(const answers::ConnectionRows& rows) {
  for (const auto& row : rows) {
    if (!row.passage.unknown.empty()) {
      return true;
    }
  }
  return false;
}

void write_rows(const Invocation& invocation, const std::string& format,
                const answers::ConnectionRows& rows, Terminal& terminal) {
  if (format == "csv") {
    terminal.out.write(answers::connections_csv(rows));
  } else if (format == "dot") {
    terminal.out.write(answers::connections_dot(rows));
  } else if (format == "json") {
    terminal.out.write(boost::json::serialize(answers::connections_json(rows)) + "\n");
  } else {
    terminal.out.write(connections_table(rows, invocation.has("members"), terminal.style()));
  }
}

void write_views(const Invocation& invocation, const std::string& format,
                 answers::ConnectionViews views, Terminal& terminal) {
  if (format == "table") {
    const Style style = terminal.style();
    terminal.out.write("Ingress: who may open what to it\n\n");
    terminal.out.write(connections_table(views.ingress, invocation.has("members"), style));
    terminal.out.write("\nEgress: what it may open to whom\n\n");
    terminal.out.write(connections_table(views.egress, invocation.has("members"), style));
  } else if (format == "json") {
    terminal.out.write(boost::json::serialize(answers::views_json(views)) + "\n");
  } else {
    answers::ConnectionRows rows = std::move(views.ingress);
    rows.insert(rows.end(), views.egress.begin(), views.egress.end());
    write_rows(invocation, format, rows, terminal);
  }
}

constexpr std::size_t kPathsMost = 100;
constexpr std::uint32_t kHopsMost = 1000;

/// `--hops` and `--paths`: connections one after the other.
Result<void> write_chains(const Invocation& invocation, const reach::Network& network,
                          const reach::Connections& connections,
                          const reach::ConnectionFilter& filter, Terminal& terminal) {
  const bool is_json = invocation.has("json") || invocation.value("format") == "json";
  if (invocation.has("paths")) {
    const reach::Selector internet = TRY(reach::parse_selector("internet"));
    const auto paths = TRY(reach::attack_paths(network, connections, filter.from.value_or(internet),
                                               *filter.to, filter.services, kPathsMost));
    terminal.out.write(is_json ? boost::json::serialize(answers::paths_json(paths)) + "\n"
                               : paths_text(paths, terminal.style()));
    return {};
  }
  const auto hops = decimal(invocation.value("hops"), kHopsMost);
  const auto reached = TRY(reach::blast_radius(network, connections, *filter.from, filter.services,
                                               static_cast<int>(*hops)));
  terminal.out.write(is_json ? boost::json::serialize(answers::reached_json(reached)) + "\n"
                             : reached_table(reached, invocation.has("members"), terminal.style()));
  return {};
}

/// What goes together.
Result<void> check_options(const Invocation& invocation, const reach::ConnectionFilter& filter) {
  if (invocation.has("of") && (filter.from || filter.to)) {
    return fail("usage", "`--of` shows both directions, so `--from` and `--to` do not go with it");
  }
  if (invocation.has("hops") && (!filter.from || filter.to)) {
    return fail("usage", "`--hops` starts somewhere: it goes with `--from`, and without `--to`");
  }
  if (invocation.has("hops") && decimal(invocation.value("hops"), kHopsMost).value_or(0) == 0) {
    return fail("usage", fmt::format("`--hops` is a number from 1 to {}", kHopsMost));
  }
  if (invocation.has("paths") && (!filter.to || invocation.has("hops"))) {
    return fail("usage", "`--paths` leads somewhere: it goes with `--to`, and without `--hops`");
  }
  return {};
}

std::string format_of(const Invocation& invocation) {
  return invocation.has("json") ? "json" : invocation.value("format", "table");
}

Result<ExitCode> run(const Invocation& invocation, Terminal& terminal) {
  reach::ConnectionFilter filter = TRY(filter_of(invocation));
  const auto of = TRY(selector_of(invocation, "of"));
  if (auto checked = check_options(invocation, filter); !checked) {
    return tl::unexpected<Error>(std::move(checked).error());
  }
  const std::string name = TRY(source_name(invocation, invocation.word(0)));
  Source now = TRY(load_source(invocation, name, terminal));
  const Source source = TRY(as_it_was(invocation, std::move(now), terminal));
  const reach::Network network = reach::build(source.decoded.snapshot);
  const reach::Connections connections(network, 2);
  if (invocation.has("hops") || invocation.has("paths")) {
    auto written = write_chains(invocation, network, connections, filter, terminal);
    return written ? Result<ExitCode>(exit_code({.bad_input = source.is_bad()}))
                   : tl::unexpected<Error>(std::move(written).error());
  }
  bool is_unknown = false;
  if (of) {
    reach::ConnectionFilter outward = filter;
    filter.to = of;
    outward.from = of;
    answers::ConnectionViews views;
    views.ingress = TRY(reach::connection_map(network, connections, filter));
    views.egress = TRY(reach::connection_map(network, connections, outward));
    is_unknown = is_incomplete(views.ingress) || is_incomplete(views.egress);
    write_views(invocation, format_of(invocation), std::move(views), terminal);
  } else {
    const answers::ConnectionRows rows = TRY(reach::connection_map(network, connections, filter));
    is_unknown = is_incomplete(rows);
    write_rows(invocation, format_of(invocation), rows, terminal);
  }
  return exit_code({.bad_input = source.is_bad(), .unknown = is_unknown});
}

constexpr std::array<std::string_view, 4> kFormats = {"table", "csv", "json", "dot"};

constexpr std::array<std::string_view, 4> kUsage = {
    "[SOURCE] [--from FROM] [--to TO] [--service SERVICE]",
    "[SOURCE] --of RESOURCE",
    "[SOURCE] --from FOOTHOLD --hops N",
    "[SOURCE] --to RESOURCE --paths",
};

constexpr std::array kArguments = {
    kSourceArgument,
};

constexpr std::array kOptions = {
    Option{.name = "from",
           .value = "FROM",
           .summary = "only what FROM opens; everything that `portolan reach` takes as FROM"},
    Option{.name = "to", .value = "TO", .summary = "only what is opened to TO"},
    Option{.name = "service",
           .value = "SERVICE",
           .summary = "only these services: tcp/22, 'tcp/80,443 icmp', …"},
    Option{.name = "of",
           .value = "RESOURCE",
           .summary = "both directions of one resource: who may open what to it, and what it may "
                      "open to whom"},
    Option{.name = "hops",
           .value = "N",
           .summary = "what somebody who holds FROM gets to by at most N connections, each opened "
                      "from what the one before reached"},
    Option{.name = "paths",
           .summary = "all shortest chains of connections from FROM (default: internet) to TO, "
                      "with the rule that lets each in"},
    Option{.name = "exposed", .summary = "only what the internet opens"},
    Option{.name = "risky",
           .summary = "only services that are dangerous in the wrong hands: admin ports, "
                      "databases, and their like"},
    Option{.name = "members", .summary = "list below each row who they are"},
    Option{.name = "format",
           .value = "FORMAT",
           .summary = "table for people, csv, json, or dot for Graphviz; default: table",
           .completes = Completes::Choice,
           .choices = kFormats},
    kJsonOption,
    kAtOption,
    kLogsOption,
    kTakenOption,
};

constexpr std::array kExamples = {
    Example{"everything that may be opened, by groups", "portolan connections dump"},
    Example{"what the internet may open that is dangerous",
            "portolan connections dump --exposed --risky"},
    Example{"all about one instance", "portolan connections dump --of web-1 --members"},
    Example{"how far an attacker gets who takes over web-1",
            "portolan connections dump --from web-1 --hops 3"},
    Example{"every shortest way from the internet to the databases",
            "portolan connections dump --to tag:tier=db --paths"},
    Example{"what the internet could open on Sunday",
            "portolan connections dump --exposed --taken 2026-05-04T09:00:00Z --logs AWSLogs --at "
            "2026-05-03T14:10:00Z"},
    Example{"who reaches the databases, as a picture",
            "portolan connections dump --to tag:tier=db --format dot | dot -Tsvg >db.svg"},
};

}  // namespace

const Command kConnections = {
    .name = "connections",
    .group = "Ask",
    .summary = "list who can connect to whom on which services",
    .description =
        "Lists all port connections that the network permits, both directions checked: groups, "
        "NACLs, routes, gateways and balancers together. Interfaces that have the same groups "
        "share a row; a row says for how many pairs of different ends it holds (`24 of 48` if not "
        "for each). Hosts out there are told apart by the blocks that rules and routes name: "
        "`internet` is all of it, `internet 203.0.113.0/24` that block only (without smaller ones "
        "that have rows of their own), `internet without 203.0.113.0/24` all but that.\n\n"
        "Services in brackets are not sure: they depend on the client's ports, or something that "
        "decides was not collected; then the exit code is 3. Chains (`--hops`, `--paths`) are made "
        "of "
        "connections that are sure.",
    .usage = kUsage,
    .arguments = kArguments,
    .options = kOptions,
    .examples = kExamples,
    .reads_source = true,
    .run = run,
};

}  // namespace portolan::cli
