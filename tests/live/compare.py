#!/usr/bin/env python3
"""compare.py DUMP ENDPOINT: each document of a `portolan collect` beside what the AWS CLI prints for the same call.

Lists are compared without order. Every call of the table is compared, or listed here with the reason why it cannot be. What only
the server's newer model knows, so that the older AWS CLI drops it, is listed too. Exits with 1 if a document differs, or if one
of the lists is not what it ought to be.
"""
import concurrent.futures
import datetime
import json
import os
import re
import subprocess
import sys

from awscli.botocore import xform_name

# Members that tell the moment of the call.
MOMENTS = {"LatestRestorableTime", "Timestamp", "LatestDeliveryTime", "LatestDeliveryAttemptTime"}
# Times as Python prints them, which moto lets slip out and the AWS CLI mends.
PYTHON_TIME = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")
# What stands in the place of a secret; the ids of groups that it named follow.
HIDDEN = re.compile(r"\(hidden\)( sg-[0-9a-f]+)*")
# Members whose values are left out of the dump. What moto prints of others is no secret.
SECRET = {
    "ec2 describe-vpn-connections": {"VpnConnections.CustomerGatewayConfiguration"},
    "redshift describe-clusters": {"Clusters.MasterUserPassword"},
}
# Calls that moto does not answer, or not as AWS does.
NOT_ON_MOTO = {
    "amp list-scrapers": "newer than moto",
    "apprunner list-vpc-connectors": "moto has no App Runner",
    "appstream describe-fleets": "moto has no AppStream",
    "appstream describe-image-builders": "moto has no AppStream",
    "dms describe-replication-instances": "it wants a filter, and fails without one",
    "ec2 describe-client-vpn-authorization-rules": "of no endpoint that is known",
    "ec2 describe-client-vpn-endpoints": "moto has no Client VPN",
    "ec2 describe-instance-connect-endpoints": "newer than moto",
    "ec2 describe-security-group-vpc-associations": "newer than moto",
    "ec2 describe-transit-gateway-peering-attachments": "moto answers with the element of another call",
    "ec2 describe-verified-access-endpoints": "newer than moto",
    "ec2 describe-vpc-block-public-access-exclusions": "newer than moto",
    "ec2 describe-vpc-block-public-access-options": "newer than moto",
    "ec2 describe-vpc-endpoint-service-configurations": "moto answers with the element of another call",
    "ec2 get-instance-metadata-defaults": "newer than moto",
    "ec2 get-transit-gateway-prefix-list-references": "moto does not know it",
    "ec2 search-transit-gateway-routes": "moto fails for the table that it made itself",
    "elasticache describe-serverless-caches": "newer than moto",
    "evs get-environment": "of no environment that is known",
    "evs list-environments": "moto has no EVS",
    "glue get-connections": "moto fails without a connection",
    "grafana describe-workspace": "of no workspace that is known",
    "grafana list-workspaces": "moto has no Grafana",
    "imagebuilder get-infrastructure-configuration": "of no configuration that is known",
    "imagebuilder list-infrastructure-configurations": "moto has no Image Builder",
    "kafkaconnect list-connectors": "moto has no MSK Connect",
    "kinesisanalyticsv2 describe-application": "of no application that is known",
    "kinesisanalyticsv2 list-applications": "moto has no Managed Flink",
    "m2 get-environment": "of no environment that is known",
    "m2 list-environments": "moto has no Mainframe Modernization",
    "mwaa get-environment": "of no environment that is known",
    "mwaa list-environments": "moto has no Airflow",
    "network-firewall describe-firewall": "of no firewall that is known",
    "network-firewall describe-firewall-policy": "of no policy that is known",
    "network-firewall describe-rule-group": "of no group that is known",
    "network-firewall list-firewall-policies": "moto does not know it",
    "network-firewall list-firewalls": "moto does not know it",
    "network-firewall list-rule-groups": "moto does not know it",
    "opensearchserverless batch-get-vpc-endpoint": "of no endpoint that is known",
    "opensearchserverless list-vpc-endpoints": "moto does not know it",
    "pcs get-cluster": "of no cluster that is known",
    "pcs list-clusters": "moto has no Parallel Computing Service",
    "pipes describe-pipe": "of no pipe that is known",
    "pipes list-pipes": "moto has no Pipes",
    "redshift-serverless list-workgroups": "moto has no Redshift Serverless",
    "synthetics describe-canaries": "moto has no Synthetics",
    "transfer describe-server": "of no server that is known",
    "transfer list-servers": "moto does not know it",
    "vpc-lattice get-service-network-vpc-association": "of no association that is known",
    "vpc-lattice list-resource-gateways": "moto has no VPC Lattice",
    "vpc-lattice list-service-network-vpc-associations": "of no service network that is known",
    "vpc-lattice list-service-networks": "moto has no VPC Lattice",
    "wafv2 list-resources-for-web-acl": "moto does not know it",
}
# Calls that the AWS CLI of Debian 12 does not have, and moto answers.
NEWER_THAN_CLI = {"osis list-pipelines", "timestream-influxdb list-db-instances"}
# Calls that are made for each of several resources of which the estate has none, as moto cannot make them.
OF_NOTHING = {
    "codebuild batch-get-projects": "there is no project",
    "emr describe-cluster": "there is no cluster",
    "emr-serverless get-application": "there is no application",
    "firehose describe-delivery-stream": "there is no stream",
    "osis get-pipeline": "there is no pipeline",
    "sagemaker describe-domain": "there is no domain",
    "sagemaker describe-notebook-instance": "there is no notebook",
    "scheduler get-schedule": "there is no schedule",
    "timestream-influxdb get-db-instance": "there is no database",
}
# Put together of several calls; organization.sh looks at it.
ORGANIZATION = "organizations describe-organization"
# Members of answers that moto knows and the older AWS CLI does not print.
OURS_ALONE = {
    "ec2 describe-instances": {"Reservations.Instances.BlockDeviceMappings.Ebs.Size",
                               "Reservations.Instances.Tags.ResourceId", "Reservations.Instances.Tags.ResourceType"},
    "ec2 describe-security-groups": {"SecurityGroups.SecurityGroupArn"},
    "ecs describe-clusters": {"clusters.regionName"},
    "ecs describe-services": {"services.clusterName", "services.regionName"},
    "efs describe-file-systems": {"FileSystems.LifecyclePolicies"},
    "efs describe-mount-targets": {"MountTargets.SecurityGroups"},
    "events list-rules": {"Rules.CreatedBy"},
    "iam get-account-authorization-details": {"IsTruncated"},
    "opensearch describe-domain": {"DomainStatus.SoftwareUpdateOptions"},
    "redshift describe-clusters": {"Clusters.MasterUserPassword", "Clusters.Port"},
}
# What the call asks for beside its name.
MORE = {
    "route53resolver list-resolver-endpoints": ["--page-size", "100"],  # it says how many it was asked for
    "wafv2 list-web-acls": ["--scope", "REGIONAL"],
    "ec2 describe-launch-template-versions": ["--versions", "$Latest", "$Default"],
    "emr list-clusters": ["--cluster-states", "STARTING", "BOOTSTRAPPING", "RUNNING", "WAITING"],
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
    "eks list-nodegroups": lambda a: ["--cluster-name", "kube"],  # the answer does not tell, and there is one cluster
    "eks describe-nodegroup": lambda a: ["--cluster-name", a["nodegroup"]["clusterName"], "--nodegroup-name", a["nodegroup"]["nodegroupName"]],
    "efs describe-mount-targets": lambda a: ["--file-system-id", a["MountTargets"][0]["FileSystemId"]],
    "opensearch describe-domain": lambda a: ["--domain-name", a["DomainStatus"]["DomainName"]],
    "mq describe-broker": lambda a: ["--broker-id", a["BrokerId"]],
    # Neither answer tells what it is of: there is one rule, and the group of schedules that every region has.
    "events list-targets-by-rule": lambda a: ["--rule", "changes"],
    "scheduler list-schedules": lambda a: ["--group-name", "default"],
    "cloudtrail get-event-selectors": lambda a: ["--trail-name", a["TrailARN"]],
}


def canonical(value):
    if isinstance(value, dict):
        return {key: canonical(each) for key, each in value.items() if key not in MOMENTS}
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


def known_only(ours, theirs, extra, place=""):
    """Ours without the members that theirs does not have, whose places go to `extra`."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        extra.update(f"{place}{key}" for key in ours if key not in theirs)
        return {key: known_only(each, theirs[key], extra, f"{place}{key}.") for key, each in ours.items() if key in theirs}
    if isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
        return [known_only(a, b, extra, place) for a, b in zip(ours, theirs)]
    is_hidden = isinstance(ours, str) and isinstance(theirs, str) and theirs != "" and HIDDEN.fullmatch(ours)
    return theirs if is_hidden or is_same_moment(ours, theirs) else ours


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
        elif call in INSIDE:
            pairs.append((INSIDE[call](answer), answer))
        else:
            raise KeyError(call + " has several answers, and nothing tells what they are of")
    return pairs


def difference(call, document, endpoint):
    """What is wrong with a document, in words; None if nothing is; "" where there is nothing to ask the AWS CLI. And the members
    that only ours has."""
    name = call["Call"]
    extra = set()
    is_of_none = not isinstance(document, list) and call["Items"] == 0 and name in OF_NOTHING | BESIDE | INSIDE
    if is_of_none or document == [] or name in NEWER_THAN_CLI:
        return "", extra
    region = os.environ["AWS_DEFAULT_REGION"] if call["Region"] == "global" else call["Region"]
    for more, answer in questions(name, document):
        try:
            theirs = canonical(printed(name, more, region, endpoint))
        except subprocess.CalledProcessError as error:
            return f"aws {name} fails: {error.stderr.strip()}", extra
        if known_only(canonical(answer), theirs, extra) != theirs:
            return f"{name} differs: {json.dumps(canonical(answer))} instead of {json.dumps(theirs)}", extra
    return None, extra


def table():
    """Every call that a crawl of an account makes, as the AWS CLI is called."""
    with open(os.path.join(os.path.dirname(__file__), "../../src/collect/aws/calls.cpp")) as file:
        rows = re.findall(r'^    Call\{"([a-z0-9-]+)", "(\w+)", (.*)$', file.read(), re.MULTILINE)
    return {f"{service} {xform_name(action, '-')}" for service, action, rest in rows
            if "Asked::OnDemand" not in rest and not action.startswith("AssumeRole")}


def faults_of_lists(calls, compared, empty, extras):
    """Where a list of this file says what is not so."""
    collected = {call["Call"] for call in calls if call["Outcome"] == "collected"}
    for name in sorted(table() - compared - set(NOT_ON_MOTO) - set(OF_NOTHING) - NEWER_THAN_CLI):
        yield f"{name} is neither compared nor listed"
    for name in sorted({call["Call"] for call in calls} - collected - set(NOT_ON_MOTO)):
        yield f"{name} is not collected, and not in NOT_ON_MOTO"
    for name in sorted(set(NOT_ON_MOTO) & collected):
        yield f"{name} is collected, and yet in NOT_ON_MOTO"
    for name in sorted(set(OF_NOTHING) - empty):
        yield f"{name} is in OF_NOTHING, and yet there is something to ask for"
    hidden = {call["Call"]: set(call["Hidden"]) for call in calls if "Hidden" in call}
    for name in sorted(set(hidden) | set(SECRET)):
        if hidden.get(name, set()) != SECRET.get(name, set()):
            yield f"{name}: hidden are {sorted(hidden.get(name, set()))}, in SECRET stand {sorted(SECRET.get(name, set()))}"
    for name in sorted(set(extras) | set(OURS_ALONE)):
        ours, listed = extras.get(name, set()), OURS_ALONE.get(name, set())
        if ours != listed:
            yield f"{name}: members that the AWS CLI lacks are {sorted(ours)}, in OURS_ALONE stand {sorted(listed)}"


def main():
    dump, endpoint = sys.argv[1:3]
    with open(os.path.join(dump, "portolan-manifest.json")) as file:
        calls = json.load(file)["PortolanManifest"]["Calls"]
    collected = [call for call in calls if call["Outcome"] == "collected" and call["Call"] != ORGANIZATION]
    documents = []
    for call in collected:
        with open(os.path.join(dump, call["File"])) as file:
            documents.append(json.load(file))
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        results = list(pool.map(lambda pair: difference(*pair, endpoint), zip(collected, documents)))
    compared = {call["Call"] for call, (result, _) in zip(collected, results) if result is None}
    empty = {call["Call"] for call, (result, _) in zip(collected, results) if result == ""}
    extras = {call["Call"]: extra for call, (_, extra) in zip(collected, results) if extra}
    different = [result for result, _ in results if result]
    different += faults_of_lists(calls, compared, empty, extras)
    kinds = sum(call["Items"] > 0 for call in calls)
    for each in different:
        print(each)
    print(len(compared), "documents are the same,", len(different), "faults;", kinds, "list something")
    sys.exit(1 if different or kinds < 40 else 0)


main()
