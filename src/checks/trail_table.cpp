#include <algorithm>
#include <array>

#include "checks/trail.h"

namespace portolan::checks {

namespace {

constexpr std::array<std::string_view, 2> kRuleReferences = {
    "AWS CloudTrail user guide: CloudTrail record contents",
    "Amazon EC2 API: AuthorizeSecurityGroupIngress, ModifySecurityGroupRules"};
constexpr std::array<std::string_view, 1> kCallReferences = {
    "AWS CloudTrail user guide: CloudTrail record contents"};
constexpr std::string_view kRevert =
    "Ask the actor for the reason; close what is still open, and see what was reached meanwhile in "
    "the flow logs.";
constexpr std::string_view kGuard =
    "Let changes come from the pipeline only, and deny the call to all other roles.";

// Sorted by id.
constexpr std::array kChecks = {
    TrailCheck{
        "address-short-lived", "Public address given and taken again soon after", Risk::Medium,
        "NetworkInterface",
        "For as long as it had the address the interface could be reached from the internet, "
        "and a snapshot of before or after does not show it.",
        kRevert, kCallReferences},
    TrailCheck{"bpa-short-lived-off", "Block on public access switched off for a short time",
               Risk::High, "VpcBlockPublicAccess",
               "The account's last guard against the internet was down for that time.", kRevert,
               kCallReferences},
    TrailCheck{"bpa-switched-off", "Block on public access switched off", Risk::High,
               "VpcBlockPublicAccess",
               "Without it every rule and route that leads to the internet counts again.",
               "Switch it on again, and exclude the subnets that need the internet.",
               kCallReferences},
    TrailCheck{"logging-off-around-change", "Trail or flow logs stopped near a change of a group",
               Risk::High, "Trail, FlowLog",
               "Who stops, deletes or changes a trail (StopLogging, DeleteTrail, UpdateTrail, "
               "PutEventSelectors) or deletes flow logs, and changes groups within an hour, may be "
               "hiding what is done or what passes.",
               "Start the trail again, make the flow log again, and keep these calls from all but "
               "one role.",
               kCallReferences},
    TrailCheck{"nacl-opened-to-world", "NACL entry allows the internet", Risk::Medium, "NetworkAcl",
               "An entry that allows all addresses takes away what the subnet's NACL kept out.",
               kRevert, kCallReferences},
    TrailCheck{"nacl-short-lived-allow", "NACL entry allowed and removed soon after", Risk::High,
               "NetworkAcl", "A subnet was open for a moment, which a daily inventory never shows.",
               kRevert, kCallReferences},
    TrailCheck{"prefix-list-opened-to-world", "Prefix list gained all addresses", Risk::High,
               "PrefixList",
               "Every rule that names the list is open to the internet now, and none of them was "
               "touched.",
               "Take the block out of the list.", kCallReferences},
    TrailCheck{"prefix-list-short-lived-entry", "Prefix list entry added and removed soon after",
               Risk::High, "PrefixList",
               "Every rule that names the list let the block in for that time, and none of them "
               "was touched.",
               kRevert, kCallReferences},
    TrailCheck{"public-address-associated", "Public address given to a resource", Risk::Low,
               "NetworkInterface",
               "With a public address, rules that were harmless may let the internet in.", kRevert,
               kCallReferences},
    TrailCheck{"resource-made-public", "Resource switched to be reachable from the internet",
               Risk::High, "Resource",
               "A database, endpoint or balancer was given a public address by its own switch.",
               "Switch it back, and reach it through a private address.", kCallReferences},
    TrailCheck{"route-short-lived", "Route added and removed soon after", Risk::Medium,
               "RouteTable", "Traffic could leave or enter by another way for that time.", kRevert,
               kCallReferences},
    TrailCheck{"route-to-internet-added", "Route to the internet added", Risk::Medium, "RouteTable",
               "All subnets of the table are public from then on, with all that is in them.",
               "Remove the route unless the subnets are meant to be public.", kCallReferences},
    TrailCheck{"sg-change-denied", "Change of the network denied", Risk::Low, "Principal",
               "Somebody tried what they may not do, or asked by dry run whether they may.",
               "Ask what it was for.", kCallReferences},
    TrailCheck{
        "sg-change-denied-burst", "Many changes of the network denied", Risk::Medium, "Principal",
        "Denied calls and dry runs in a row are how stolen credentials are tried out.",
        "Ask the principal; if they do not know of it, revoke the session.", kCallReferences},
    TrailCheck{"sg-change-rate-anomaly", "Unusual rate of changes of the network", Risk::Medium,
               "Principal",
               "Far more changes than this principal makes at that hour of the week: a script gone "
               "wrong, or somebody else at the keyboard.",
               "Ask the principal; `--alarms-per-week` says how many false alarms you accept.",
               kCallReferences},
    TrailCheck{"sg-change-unusual-actor", "Somebody changes the network for the first time",
               Risk::Medium, "Principal",
               "Where nearly all changes come from the same few, a newcomer is worth a look.",
               kGuard, kCallReferences},
    TrailCheck{"sg-opened-to-world-event", "Group opened to the internet", Risk::High,
               "SecurityGroup",
               "From that moment everybody could try the port, on all that has the group.",
               "Revoke the rule, or narrow it to the addresses that need it.", kRuleReferences},
    TrailCheck{"sg-referenced-group-gained-member", "Group that other rules let in gained a member",
               Risk::Low, "SecurityGroup",
               "A rule that names a group lets in whatever gets it: no rule is changed.",
               "See that the new member belongs there.", kCallReferences},
    TrailCheck{"sg-short-lived-egress", "Egress opened and closed again soon after", Risk::Low,
               "SecurityGroup", "A way out for a few minutes is enough to carry data away.",
               kRevert, kRuleReferences},
    TrailCheck{"sg-short-lived-group", "Group created and deleted soon after", Risk::High,
               "SecurityGroup", "A group that lives for minutes leaves no trace in any inventory.",
               "Ask the actor for the reason; name tools that work like this in the mute file.",
               kRuleReferences},
    TrailCheck{"sg-short-lived-open", "Port opened and closed again soon after", Risk::Critical,
               "SecurityGroup",
               "An opening between two looks at the inventory is seen by none of them, and is long "
               "enough to come in.",
               kRevert, kRuleReferences},
    TrailCheck{"sg-temporary-open-not-closed", "Opening by hand that nobody closed", Risk::Medium,
               "SecurityGroup",
               "What is opened by hand for a moment is what nobody remembers to close.",
               "Close it, or let the pipeline own the rule.", kRuleReferences},
    TrailCheck{"sg-vpc-associated", "Group associated with another VPC", Risk::Low, "SecurityGroup",
               "The group's rules count in a VPC for which nobody may have meant them.",
               "See that the group's rules are meant for that VPC.", kCallReferences},
    TrailCheck{"sg-world-open-group-attached", "Group that is open to the internet attached",
               Risk::Medium, "NetworkInterface",
               "The resource is as open as the group from then on, and no rule was changed.",
               "Detach the group, or narrow its rules.", kCallReferences},
    TrailCheck{"snapshot-rate-summary", "Openings and closings of each environment over time",
               Risk::Info, "Account",
               "What a day usually brings is what an unusual one is seen by.",
               "Nothing is wrong with it; look at the days that stand out.", kCallReferences},
    TrailCheck{"subnet-public-addresses-on", "Subnet gives public addresses from now on",
               Risk::Medium, "Subnet",
               "Whatever starts in the subnet gets a public address without anybody asking for it.",
               kGuard, kCallReferences},
    TrailCheck{"switch-short-lived-public", "Resource made public for a short time", Risk::High,
               "Resource",
               "A database or endpoint was reachable from the internet between two inventories.",
               kRevert, kCallReferences},
};

}  // namespace

std::span<const TrailCheck> trail_checks() { return kChecks; }

const TrailCheck* find_trail_check(std::string_view id) {
  const auto found = std::find_if(kChecks.begin(), kChecks.end(),
                                  [&](const TrailCheck& check) { return check.id == id; });
  return found == kChecks.end() ? nullptr : &*found;
}

}  // namespace portolan::checks
