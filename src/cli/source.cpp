#include "cli/source.h"

#include <utility>

#include <fmt/format.h>

#include "cli/live_run.h"
#include "cli/problems.h"
#include "core/text.h"
#include "iam/iam.h"

namespace portolan::cli {
namespace {

constexpr std::size_t kShownProblems = 20;
constexpr std::string_view kLivePrefix = "aws:";

Result<collect::DecodeOptions> decode_options(const Invocation& invocation) {
  collect::DecodeOptions options;
  if (invocation.has("account")) {
    options.account = TRY(AccountId::parse(invocation.value("account")));
  }
  if (invocation.has("region")) {
    options.region = TRY(Region::parse(invocation.value("region")));
  }
  return options;
}

}  // namespace

Result<std::string> source_name(const Invocation& invocation, std::string_view word) {
  const std::string option = invocation.value("source");
  if (!option.empty() && !word.empty()) {
    return fail("usage", fmt::format("there are two sources, `{}` and `{}`, name one",
                                     printable(option), printable(word)));
  }
  if (!option.empty()) {
    return option;
  }
  if (!word.empty()) {
    return std::string(word);
  }
  if (auto name = environment("PORTOLAN_SOURCE")) {
    return *std::move(name);
  }
  return fail("usage",
              "there is no source: name the folder with the output of `aws … describe-*`, as in "
              "`-s dump`, or set PORTOLAN_SOURCE");
}

namespace {

Result<Source> load(const std::string& name, const collect::DecodeOptions& options,
                    Terminal& terminal) {
  const bool is_live = name.starts_with(kLivePrefix);
  terminal.show_progress(fmt::format("reading {}", name));
  auto decoded = is_live ? load_live(name.substr(kLivePrefix.size()), options, terminal)
                         : collect::load(name, options);
  terminal.end_progress();
  if (!decoded) {
    return tl::unexpected(std::move(decoded).error());
  }
  if (!terminal.is_quiet()) {
    list_problems(decoded->diagnostics, kShownProblems, "`portolan audit --format json` lists all",
                  terminal);
  }
  return Source{.name = name, .decoded = *std::move(decoded)};
}

}  // namespace

Result<Source> load_source(const Invocation& invocation, const std::string& name,
                           Terminal& terminal) {
  const collect::DecodeOptions options = TRY(decode_options(invocation));
  return load(name, options, terminal);
}

Result<Source> load_source_with_authority(const Invocation& invocation, const std::string& name,
                                          Terminal& terminal) {
  collect::DecodeOptions options = TRY(decode_options(invocation));
  options.keeps = iam::mentions_authority;
  return load(name, options, terminal);
}

}  // namespace portolan::cli
