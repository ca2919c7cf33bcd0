#!/usr/bin/env python3
"""expect.py AUDIT DUMP EXPECTED: the findings of `portolan audit --format json` beside lines of `check outcome name`.

Every finding that fails or is unknown stands in EXPECTED, and nothing else does; all others pass. Ids differ from run to run, so
that a resource without a name is told by what it belongs to: a VPC by its addresses, a group or a NACL by its VPC, an interface
by its group. Exits with 1, and prints the lines that are too many (+) or missing (-), if they differ.
"""
import collections
import json
import os
import re
import sys


def documents(dump):
    for folder, _, files in os.walk(dump):
        for name in files:
            if name.startswith("ec2-describe-"):
                with open(os.path.join(folder, name)) as file:
                    yield json.load(file)


def names(dump):
    """What an id is called."""
    vpcs, called = {}, {}
    found = collections.defaultdict(list)
    for document in documents(dump):
        for key in ("Vpcs", "SecurityGroups", "NetworkAcls", "NetworkInterfaces"):
            found[key] += document.get(key, []) if isinstance(document, dict) else []
    for each in found["Vpcs"]:
        vpcs[each["VpcId"]] = each["CidrBlock"]
        called[each["VpcId"]] = "vpc " + each["CidrBlock"]
    for each in found["SecurityGroups"]:
        called[each["GroupId"]] = f"{each['GroupName']} of {vpcs[each['VpcId']]}"
    for each in found["NetworkAcls"]:
        called[each["NetworkAclId"]] = f"{'default' if each['IsDefault'] else 'own'} acl of {vpcs[each['VpcId']]}"
    for each in found["NetworkInterfaces"]:
        called[each["NetworkInterfaceId"]] = "interface of " + "+".join(group["GroupName"] for group in each["Groups"])
    return called


def main():
    audit, dump, expected = sys.argv[1:4]
    called = names(dump)
    with open(audit) as file:
        findings = json.load(file)["findings"]
    told = collections.Counter()
    for each in findings:
        if each["outcome"] != "pass":
            name = called.get(each["resource"]) or each["name"] or re.sub(r"-[0-9a-f]{8,}$", "", each["resource"])
            told[f"{each['check']} {each['outcome']} {name}"] += 1
    with open(expected) as file:
        lines = [line.split("#")[0].strip() for line in file]
    wanted = collections.Counter(line for line in lines if line)
    for line in sorted((told - wanted).elements()):
        print("+", line)
    for line in sorted((wanted - told).elements()):
        print("-", line)
    passed = sum(each["outcome"] == "pass" for each in findings)
    print(sum(told.values()), "findings fail or are unknown,", passed, "pass")
    sys.exit(told != wanted or passed < 300)


main()
