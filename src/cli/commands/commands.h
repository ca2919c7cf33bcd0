#pragma once

#include "cli/command.h"

/// One constant for each command, defined in the file of its name.
namespace portolan::cli {

extern const Command kReach;
extern const Command kConnections;
extern const Command kDiff;
extern const Command kVerify;
extern const Command kAudit;
extern const Command kChecks;
extern const Command kExplain;
extern const Command kHelp;
extern const Command kCompletions;
extern const Command kMan;

}  // namespace portolan::cli
