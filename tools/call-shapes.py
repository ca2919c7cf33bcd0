#!/usr/bin/env python3
"""Writes tools/trail/calls_table.cpp: the API calls that can change a network, and how their requests look.

    tools/call-shapes.py cloudtrail_events.json > tools/trail/calls_table.cpp

The input is `{"botocore_commit": …, "events": [{"eventSource", "eventName", "protocol", "shape", "fields"}, …]}`, whose members are
those of the public API model.
"""
import json
import sys

# SOURCE: CloudTrail API reference, the actions of these names.
LOGGING = [{"eventSource": "cloudtrail.amazonaws.com", "eventName": name, "protocol": "json", "fields": fields}
           for name, fields in (("DeleteTrail", ["name"]), ("PutEventSelectors", ["trailName"]),
                                ("StopLogging", ["name"]), ("UpdateTrail", ["name"]))]
DIALECTS = {"flat": "f", "wrapped": "w", "either": "e", "query": "q"}


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        document = json.load(file)
    services = {}
    for call in document["events"] + LOGGING:
        dialect = DIALECTS.get(call.get("shape") or call["protocol"], "j")
        words = services.setdefault(call["eventSource"], [])
        words.append(f"{call['eventName']}:{dialect}:{','.join(call['fields'])}")
    print(f"// Written by tools/call-shapes.py from the public API model, botocore {document['botocore_commit'][:12]}.")
    print('#include <array>\n\n#include "tools/trail/calls.h"\n\nnamespace portolan::trail {\n\nnamespace {\n')
    print("// clang-format off")
    print("constexpr std::array kCalls = {")
    for source, words in sorted(services.items()):
        text = " ".join(sorted(words))
        lines = [text[at:at + 88] for at in range(0, len(text), 88)]
        body = "\n".join(f'        "{line}"' for line in lines)
        print(f'    ServiceCalls{{"{source}",\n{body}}},')
    print("};\n// clang-format on\n\n}  // namespace\n\nconst std::span<const ServiceCalls> kServiceCalls = kCalls;")
    print("\n}  // namespace portolan::trail")


if __name__ == "__main__":
    main()
