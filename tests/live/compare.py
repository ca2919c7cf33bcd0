#!/usr/bin/env python3
"""compare.py DUMP ENDPOINT: each document of a `portolan collect` beside what the AWS CLI prints for the same call.

Lists are compared without order. What only the server's newer model knows, so that the older AWS CLI drops it, is passed
over. Exits with 1 if a document differs.
"""
import json
import os
import subprocess
import sys

# Members that tell the moment of the call.
MOMENTS = {"LatestRestorableTime", "Timestamp"}
# Answered by moto, refused by the AWS CLI's own call without ids.
NOT_ALONE = {"ec2 describe-launch-template-versions"}


def canonical(value):
    if isinstance(value, dict):
        return {key: canonical(each) for key, each in value.items() if key not in MOMENTS}
    if isinstance(value, list):
        return sorted((canonical(each) for each in value), key=lambda each: json.dumps(each, sort_keys=True))
    return value


def known_only(ours, theirs):
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return {key: known_only(each, theirs[key]) for key, each in ours.items() if key in theirs}
    if isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
        return [known_only(a, b) for a, b in zip(ours, theirs)]
    return ours


def printed(call, region, endpoint):
    command = ["aws", "--endpoint-url", endpoint, "--region", region, "--output", "json"] + call.split()
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout or "{}")


def main():
    dump, endpoint = sys.argv[1:3]
    with open(os.path.join(dump, "portolan-manifest.json")) as file:
        calls = json.load(file)["PortolanManifest"]["Calls"]
    same = different = 0
    for call in calls:
        if call["Outcome"] != "collected" or call["Call"] in NOT_ALONE:
            continue
        with open(os.path.join(dump, call["File"])) as file:
            document = json.load(file)
        # Answers about one resource each, and lists of resources that are not there, have no call of their own.
        if isinstance(document, list) or (call["Items"] == 0 and len(document) == 1 and not list(document.values())[0]
                                          and call["Call"].split()[1].startswith(("get-", "search-"))):
            continue
        region = os.environ["AWS_DEFAULT_REGION"] if call["Region"] == "global" else call["Region"]
        try:
            theirs = canonical(printed(call["Call"], region, endpoint))
        except subprocess.CalledProcessError as error:
            if call["Items"] == 0:  # asked for each of no resources
                continue
            print("aws", call["Call"], "fails:", error.stderr.strip())
            different += 1
            continue
        if known_only(canonical(document), theirs) == theirs:
            same += 1
        else:
            print(call["Call"], "differs:", json.dumps(canonical(document)), "instead of", json.dumps(theirs))
            different += 1
    print(same, "documents are the same,", different, "differ")
    sys.exit(1 if different or not same else 0)


main()
