#!/usr/bin/env python3
"""compare.py DUMP ENDPOINT: each document of a `portolan collect` beside what the AWS CLI prints for the same call.

Lists are compared without order. What only the server's newer model knows, so that the older AWS CLI drops it, is passed
over. Exits with 1 if a document differs.
"""
import concurrent.futures
import datetime
import json
import os
import re
import subprocess
import sys

# Members that tell the moment of the call.
MOMENTS = {"LatestRestorableTime", "Timestamp", "LatestDeliveryTime", "LatestDeliveryAttemptTime"}
# What moto makes up anew for each answer, a known fault of its.
INVENTED = {"AvailabilityZones"}
# Times as Python prints them, which moto lets slip out and the AWS CLI mends.
PYTHON_TIME = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")
# What the call asks for beside its name.
MORE = {
    "wafv2 list-web-acls": ["--scope", "REGIONAL"],
    "ec2 describe-launch-template-versions": ["--versions", "$Latest", "$Default"],
    "glue get-connections": ["--hide-password"],
}
# Calls that are made for each of several resources: the member that stands beside the answer, and the option that gets it.
BESIDE = {
    "ec2 search-transit-gateway-routes": ("TransitGatewayRouteTableId", "--transit-gateway-route-table-id",
                                          "--filters", "Name=state,Values=active,blackhole"),
    "ec2 get-transit-gateway-route-table-associations": ("TransitGatewayRouteTableId", "--transit-gateway-route-table-id"),
    "ec2 get-transit-gateway-route-table-propagations": ("TransitGatewayRouteTableId", "--transit-gateway-route-table-id"),
    "ec2 get-managed-prefix-list-entries": ("PrefixListId", "--prefix-list-id"),
    "elbv2 describe-load-balancer-attributes": ("LoadBalancerArn", "--load-balancer-arn"),
    "elbv2 describe-listeners": ("LoadBalancerArn", "--load-balancer-arn"),
    "elbv2 describe-target-group-attributes": ("TargetGroupArn", "--target-group-arn"),
    "elbv2 describe-target-health": ("TargetGroupArn", "--target-group-arn"),
    "ecs list-services": ("cluster", "--cluster"),
    "efs describe-mount-target-security-groups": ("MountTargetId", "--mount-target-id"),
    "cloudtrail get-trail-status": ("TrailARN", "--name"),
    "elb describe-load-balancer-attributes": ("LoadBalancerName", "--load-balancer-name"),
    "wafv2 list-resources-for-web-acl": ("WebACLArn", "--web-acl-arn", "--resource-type", "APPLICATION_LOAD_BALANCER"),
}
# The same, where the answer itself tells of what it is.
INSIDE = {
    "elbv2 describe-rules": lambda a: ["--listener-arn", a["Rules"][0]["RuleArn"].replace("listener-rule", "listener").rsplit("/", 1)[0]],
    "ecs describe-clusters": lambda a: ["--clusters", a["clusters"][0]["clusterArn"]],
    "ecs describe-services": lambda a: ["--cluster", a["services"][0]["clusterArn"], "--services", a["services"][0]["serviceArn"]],
    "eks describe-cluster": lambda a: ["--name", a["cluster"]["name"]],
    "eks list-nodegroups": None,  # it tells nothing of its cluster
    "eks describe-nodegroup": lambda a: ["--cluster-name", a["nodegroup"]["clusterName"], "--nodegroup-name", a["nodegroup"]["nodegroupName"]],
    "efs describe-mount-targets": lambda a: ["--file-system-id", a["MountTargets"][0]["FileSystemId"]],
    "opensearch describe-domain": lambda a: ["--domain-name", a["DomainStatus"]["DomainName"]],
    "mq describe-broker": lambda a: ["--broker-id", a["BrokerId"]],
    "cloudtrail get-event-selectors": lambda a: ["--trail-name", a["TrailARN"]],
}


def canonical(value):
    if isinstance(value, dict):
        return {key: canonical(each) for key, each in value.items() if key not in MOMENTS | INVENTED}
    if isinstance(value, str) and PYTHON_TIME.match(value):
        return value.replace(" ", "T", 1)
    if isinstance(value, list):
        return sorted((canonical(each) for each in value), key=lambda each: json.dumps(each, sort_keys=True))
    return value


def is_same_moment(ours, theirs):
    """True of two times not more than a microsecond apart: on the wire a time may be a floating point number, and its last
    digit is then a matter of who rounds."""
    try:
        times = [datetime.datetime.fromisoformat(each.replace("Z", "+00:00")) for each in (ours, theirs)]
        return abs(times[0] - times[1]) <= datetime.timedelta(microseconds=1)
    except (AttributeError, TypeError, ValueError):
        return False


def known_only(ours, theirs):
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return {key: known_only(each, theirs[key]) for key, each in ours.items() if key in theirs}
    if isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
        return [known_only(a, b) for a, b in zip(ours, theirs)]
    return theirs if is_same_moment(ours, theirs) else ours


def printed(call, more, region, endpoint):
    command = ["aws", "--endpoint-url", endpoint, "--region", region, "--output", "json"] + call.split() + more
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout or "{}")


def questions(call, document):
    """What the AWS CLI has to be asked for each part of the document: pairs of options and the expected answer."""
    if not isinstance(document, list):
        return [(MORE.get(call, []), document)]
    pairs = []
    for answer in document:
        if call in BESIDE:
            beside, option, *more = BESIDE[call]
            pairs.append(([option, answer[beside]] + more, {key: answer[key] for key in answer if key != beside}))
        elif call in INSIDE and INSIDE[call] is None:
            continue
        elif call in INSIDE:
            pairs.append((INSIDE[call](answer), answer))
        else:
            raise KeyError(call + " has several answers, and nothing tells what they are of")
    return pairs


def difference(call, document, endpoint):
    """What is wrong with a document, in words; None if nothing is; "" where there is nothing to ask the AWS CLI."""
    name = call["Call"]
    is_of_none = not isinstance(document, list) and call["Items"] == 0 and (name in BESIDE or name in INSIDE)
    if is_of_none or document == []:
        return ""
    region = os.environ["AWS_DEFAULT_REGION"] if call["Region"] == "global" else call["Region"]
    for more, answer in questions(name, document):
        try:
            theirs = canonical(printed(name, more, region, endpoint))
        except subprocess.CalledProcessError as error:
            # Asked for each of no resources, or a call that this AWS CLI does not know.
            return "" if call["Items"] == 0 else f"aws {name} fails: {error.stderr.strip()}"
        if known_only(canonical(answer), theirs) != theirs:
            return f"{name} differs: {json.dumps(canonical(answer))} instead of {json.dumps(theirs)}"
    return None


def main():
    dump, endpoint = sys.argv[1:3]
    with open(os.path.join(dump, "portolan-manifest.json")) as file:
        calls = json.load(file)["PortolanManifest"]["Calls"]
    calls = [call for call in calls if call["Outcome"] == "collected"]
    documents = []
    for call in calls:
        with open(os.path.join(dump, call["File"])) as file:
            documents.append(json.load(file))
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        results = list(pool.map(lambda pair: difference(*pair, endpoint), zip(calls, documents)))
    different = [result for result in results if result]
    kinds = sum(call["Items"] > 0 for call in calls)
    for each in different:
        print(each)
    print(results.count(None), "documents are the same,", len(different), "differ;", kinds, "list something")
    sys.exit(1 if different or kinds < 40 else 0)


main()
