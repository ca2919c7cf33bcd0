#pragma once

#include <functional>
#include <string>

#include "cli/terminal.h"
#include "collect/collect.h"
#include "collect/live.h"
#include "core/result.h"

namespace portolan::cli {

/// `collect::collect_live` as a command runs it: with progress on a terminal, ended by Ctrl-C, and
/// without a core file that would hold keys.
Result<collect::LiveSummary> run_live(const collect::LiveOptions& options,
                                      std::function<Result<void>(collect::Document)> take,
                                      Terminal& terminal);

/// `collect::lookup_events` in the same way.
Result<collect::LookupSummary> run_lookup(const collect::LookupOptions& options,
                                          std::function<Result<void>(collect::Document)> take,
                                          Terminal& terminal);

/// A folder in a bucket, `s3://…`, as a source, with the keys kept out of core files.
Result<collect::Decoded> load_bucket(const std::string& url, const collect::DecodeOptions& options);

/// The account of a profile as a source: collected into memory and read. What was not collected is
/// among the gaps. Error `interrupted`, or as `collect_live`.
Result<collect::Decoded> load_live(const std::string& profile,
                                   const collect::DecodeOptions& options, Terminal& terminal);

}  // namespace portolan::cli
