#pragma once

#include <array>
#include <string_view>

#include "cli/command.h"

/// What is said about the program as a whole, in help and in the man page.
namespace portolan::cli {

inline constexpr std::string_view kPurpose = "chart an AWS network and what is wrong with it";

inline constexpr std::string_view kIntroduction =
    "Portolan charts an AWS network: which connections it permits and why, which of them are "
    "dangerous, and whether it keeps what you promised. It reads what `aws … describe-*` printed "
    "or `portolan collect` wrote into a folder, and changes nothing.";

inline constexpr std::array kOverviewExamples = {
    Example{"can the internet open ssh on web-1, and what lets it",
            "portolan reach -s dump 'internet -> web-1 tcp/22'"},
    Example{"what is wrong, worst first", "portolan audit dump"},
    Example{"in CI: does the network keep its promises", "portolan verify network.intent -s dump"},
};

struct Variable {
  std::string_view name;
  std::string_view meaning;
};

inline constexpr std::array kVariables = {
    Variable{"PORTOLAN_SOURCE", "the source, where none is named"},
    Variable{"NO_COLOR", "no colour, unless --color always asks for it"},
    Variable{"COLUMNS", "how wide to write; default: as wide as the terminal"},
};

}  // namespace portolan::cli
