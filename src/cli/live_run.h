#pragma once

#include <functional>
#include <string>

#include "cli/terminal.h"
#include "collect/collect.h"
#include "collect/live.h"
#include "core/result.h"

namespace portolan::cli {

/// `collect::collect_live` as a command runs it: with progress on a terminal, ended by Ctrl-C.
Result<collect::LiveSummary> run_live(const collect::LiveOptions& options,
                                      std::function<Result<void>(collect::Document)> take,
                                      Terminal& terminal);

/// `collect::lookup_events` in the same way.
Result<collect::LookupSummary> run_lookup(const collect::LookupOptions& options,
                                          std::function<Result<void>(collect::Document)> take,
                                          Terminal& terminal);

/// The account of a profile as a source: collected into memory and read. What was not collected is
/// among the gaps. Error `interrupted`, or as `collect_live`.
Result<collect::Decoded> load_live(const std::string& profile,
                                   const collect::DecodeOptions& options, Terminal& terminal);

}  // namespace portolan::cli
