#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/authority.h"
#include "cli/command.h"
#include "cli/source.h"
#include "cli/terminal.h"
#include "cli/trail_input.h"
#include "core/result.h"
#include "events/network_past.h"

namespace portolan::cli {

// What commands take that can look back.
inline constexpr Option kAtOption{
    .name = "at",
    .value = "TIME",
    .summary = "as it was at this moment, as 2026-05-03T14:03:00Z; with --logs"};
inline constexpr Option kLogsOption{
    .name = "logs",
    .value = "LOGS",
    .summary = "CloudTrail that tells what happened since, or before; may come several times",
    .completes = Completes::Folder,
    .repeats = true};
inline constexpr Option kTakenOption{
    .name = "taken", .value = "TIME", .summary = "when the source was collected; goes with --logs"};

/// On standard error, the first of them.
void list_gaps(const std::vector<Gap>& gaps, Terminal& terminal);

/// When the source was collected: `--taken`. Error `usage` without: no source tells it.
Result<Time> taken_at(const Invocation& invocation, const Source& source);

/// The source, which was collected at `taken`, at all moments that the logs tell of.
/// `words` are how the user named these logs: the names of files tell from when to when they are.
Result<events::NetworkPast> past_of(Time taken, const Source& source, const Trail& trail,
                                    const std::vector<std::string>& words);
/// The same, collected at `--taken`.
Result<events::NetworkPast> past_of(const Invocation& invocation, const Source& source,
                                    const Trail& trail, const std::vector<std::string>& words);

/// The source as it was at `time`. What is not known of it is listed on standard error; what
/// cannot be said of any part of it makes the source a bad one.
Result<Source> source_at(const events::NetworkPast& past, Time time, const Source& source,
                         Terminal& terminal);

/// The source as it was at `--at`, or as it is without it. Errors as `load_trail`, `past_of`;
/// `usage` if `--at` comes without `--logs`.
Result<Source> as_it_was(const Invocation& invocation, Source now, Terminal& terminal);

/// With `--at`, says on standard error that documents of IAM are as they were collected, not as
/// they were then: logs of the network do not tell what they were. For what `past_of` did not
/// refuse.
void tell_of_authority(const Invocation& invocation, const Source& source,
                       const AuthorityRead& read, Terminal& terminal);

/// The logs of `--logs`.
Result<Trail> load_logs(const Invocation& invocation, Terminal& terminal);

}  // namespace portolan::cli
