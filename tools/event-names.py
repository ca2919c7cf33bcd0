#!/usr/bin/env python3
"""Writes src/events/names_table.cpp: the API calls that can change a network, and a perfect hash of their names.

    tools/event-names.py cloudtrail_events.json > src/events/names_table.cpp

The input is `{"botocore_commit": …, "events": [{"eventSource", "eventName", "cls"}, …]}`: the names are those of the public
API model, the class says which part of the network a call changes.
"""
import json
import sys
import textwrap

BUCKETS = 256
SLOTS = 1024
MULTIPLIER = 0x9E3779B97F4A7C15
WORD = (1 << 64) - 1


# Calls that blind the trail itself; no network is changed by them, so the input does not have them.
# SOURCE: CloudTrail API reference, the actions of these names.
LOGGING = ("DeleteTrail", "PutEventSelectors", "StopLogging", "UpdateTrail")


def hashed(name):
    """The same as `hash_of` of src/events/names.cpp."""
    text = name.encode()

    def word(at):
        return int.from_bytes(text[at:at + 8], "little")

    size = len(text)
    last = max(size - 8, 0)
    value = (word(0) ^ size) * MULTIPLIER & WORD
    value = ((value ^ value >> 32) + word(last // 2)) * MULTIPLIER & WORD
    value = ((value ^ value >> 32) + word(last)) * MULTIPLIER & WORD
    return value ^ value >> 32


def slot_of(value, displacement):
    return ((value >> 8) + displacement * ((value >> 40) | 1)) % SLOTS


def displacements(names):
    """For each bucket of names the first number that sends all of them to free slots, big buckets first."""
    buckets = [[] for _ in range(BUCKETS)]
    for name in names:
        buckets[hashed(name) % BUCKETS].append(hashed(name))
    chosen = [0] * BUCKETS
    taken = set()
    for bucket in sorted(range(BUCKETS), key=lambda each: -len(buckets[each])):
        for candidate in range(256):
            slots = {slot_of(value, candidate) for value in buckets[bucket]}
            if len(slots) == len(buckets[bucket]) and not slots & taken:
                chosen[bucket] = candidate
                taken |= slots
                break
        else:
            sys.exit("no perfect hash found: raise SLOTS")
    return chosen


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        document = json.load(file)
    events = document["events"] + [
        {"eventSource": "cloudtrail.amazonaws.com", "eventName": name, "cls": "logging"} for name in LOGGING]
    groups = {}
    for event in events:
        groups.setdefault((event["eventSource"], event["cls"]), []).append(event["eventName"])
    names = {event["eventName"] for event in events}
    print("// Written by tools/event-names.py from the public API model, botocore " + document["botocore_commit"][:12] + ".")
    print('#include "events/names_table.h"\n\nnamespace portolan::events {\n\n// clang-format off')
    print("const std::array<NameGroup, kNameGroups> kNameTable = {")
    for (source, kind), listed in sorted(groups.items()):
        words = kind.split("_")
        print('    NameGroup{"%s", EventClass::%s,' % (source, "".join(word.capitalize() for word in words)))
        lines = textwrap.wrap(" ".join(sorted(listed)), 84)
        print("\n".join('        "%s%s"' % (line, " " if line is not lines[-1] else "") for line in lines) + "},")
    print("};\n\nconst std::array<std::uint8_t, kNameBuckets> kNameDisplacements = {")
    print(textwrap.fill(", ".join(map(str, displacements(names))), 96, initial_indent="    ", subsequent_indent="    "))
    print("};\n// clang-format on\n\n}  // namespace portolan::events")
    print("%d groups, %d names" % (len(groups), len(names)), file=sys.stderr)


main()
