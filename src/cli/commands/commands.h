#pragma once

#include <array>

#include "cli/command.h"

/// One constant for each command, defined in the file of its name.
namespace portolan::cli {

/// What several commands take.
inline constexpr Argument kSourceArgument{
    .name = "SOURCE",
    .summary = "folder of AWS CLI `describe-*` JSON; or use `-s`",
    .completes = Completes::Folder,
    .is_required = false};
inline constexpr std::array<std::string_view, 2> kTableOrJson = {"table", "json"};
inline constexpr Option kFormatOption{
    .name = "format",
    .value = "FORMAT",
    .summary = "table for people, json for programs; default: table",
    .completes = Completes::Choice,
    .choices = kTableOrJson};
inline constexpr Option kJsonOption{.name = "json", .summary = "same as --format json"};
inline constexpr Option kConfigOption{
    .name = "config",
    .value = "FILE",
    .summary = "YAML file that says which tags mean production, data tier and admin source",
    .completes = Completes::File};

inline constexpr Option kNoOrganizationOption{
    .name = "no-organization",
    .summary = "the accounts are in no organization: there are no service control policies"};

extern const Command kReach;
extern const Command kConnections;
extern const Command kDiff;
extern const Command kVerify;
extern const Command kWho;
extern const Command kAudit;
extern const Command kTrail;
extern const Command kHistory;
extern const Command kCollect;
extern const Command kServe;
extern const Command kChecks;
extern const Command kExplain;
extern const Command kHelp;
extern const Command kCompletions;
extern const Command kMan;

}  // namespace portolan::cli
