#pragma once

#include <array>
#include <cstdint>
#include <string_view>

/// The policy of exit codes, all of it.
namespace portolan::cli {

enum class ExitCode : std::uint8_t {
  Clean = 0,       // answered, nothing found
  Findings = 1,    // findings, or intents broken
  Failed = 2,      // nothing was answered: wrong arguments, unreadable source, full disk
  Incomplete = 3,  // part of the input was bad, or an answer is unknown
};

struct ExitMeaning {
  ExitCode code;
  std::string_view meaning;
};

/// For help, the man page and whoever needs the list.
inline constexpr std::array kExitMeanings = {
    ExitMeaning{ExitCode::Clean, "clean: answered, nothing found, every intent holds"},
    ExitMeaning{ExitCode::Findings, "findings, or an intent is broken"},
    ExitMeaning{ExitCode::Failed, "error: wrong arguments, or nothing could be read"},
    ExitMeaning{ExitCode::Incomplete,
                "incomplete: part of the input was bad, or an answer is unknown"},
};

/// What happened while a command ran.
struct Events {
  bool failed = false;     // the command could not do its work
  bool bad_input = false;  // a file, a record or a line could not be understood
  bool found = false;      // findings at the level that counts, or a broken intent
  bool unknown = false;    // some answer is not known, because something was not collected
};

/// Failed before bad input before findings before unknown: what may have been missed is worse than
/// what was found, and what was found is worse than what could not be judged.
ExitCode exit_code(const Events& events);

}  // namespace portolan::cli
