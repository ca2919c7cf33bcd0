#!/usr/bin/env python3
"""Writes the documents of examples/harbor from its inventory, as the AWS CLI prints them.

    tools/harbor.py build/dev/tools/scenario

The tool expands examples/harbor/harbor.scn; what only makes the documents look lived-in (instance types, launch times,
hardware addresses) is added here. Same input, same bytes.
"""

import hashlib
import json
import pathlib
import subprocess
import sys
import tempfile

HARBOR = pathlib.Path(__file__).resolve().parent.parent / "examples" / "harbor"

CALLS = {
    "Addresses": "ec2-describe-addresses",
    "Alarms": "cloudwatch-describe-alarms",
    "AutoScalingGroups": "autoscaling-describe-auto-scaling-groups",
    "ClassicLoadBalancers": "elb-describe-load-balancers",
    "CloudTrailEventSelectors": "cloudtrail-get-event-selectors",
    "CloudTrailStatus": "cloudtrail-get-trail-status",
    "CloudTrailTrails": "cloudtrail-describe-trails",
    "DBInstances": "rds-describe-db-instances",
    "EcsServices": "ecs-describe-services",
    "EksNodegroup": "eks-list-nodegroups",
    "EventRules": "events-list-rules",
    "Functions": "lambda-list-functions",
    "InstanceMetadataDefaults": "ec2-get-instance-metadata-defaults",
    "ip": "ip",  # ip-ranges.json, which AWS publishes
    "portolan": "portolan",  # portolan-manifest.json, what else was asked
    "LaunchConfigurations": "autoscaling-describe-launch-configurations",
    "LaunchTemplateVersions": "ec2-describe-launch-template-versions",
    "Listeners": "elbv2-describe-listeners",
    "LoadBalancerAttributes": "elbv2-describe-load-balancer-attributes",
    "LoadBalancers": "elbv2-describe-load-balancers",
    "ManagedPrefixListEntries": "ec2-get-managed-prefix-list-entries",
    "MetricFilters": "logs-describe-metric-filters",
    "RedshiftClusters": "redshift-describe-clusters",
    "Reservations": "ec2-describe-instances",
    "Rules": "elbv2-describe-rules",
    "Subscriptions": "sns-list-subscriptions",
    "TargetGroupAttributes": "elbv2-describe-target-group-attributes",
    "TargetGroups": "elbv2-describe-target-groups",
    "TargetHealth": "elbv2-describe-target-health",
    "ResourcesForWebACL": "wafv2-list-resources-for-web-acl",
    "WebACLs": "wafv2-list-web-acls",
}

# By the `service` or `role` tag of an instance; others are small.
TYPES = {"shop": "m6i.large", "tracking": "c6i.large", "search": "r6i.xlarge", "cache": "r6g.large",
         "voice": "c6i.xlarge", "labels": "m6i.large", "builds": "c6i.2xlarge"}


def digits(text, count):
    return hashlib.sha256(text.encode()).hexdigest()[:count]


def call_name(stem):
    """`VpcPeeringConnections` is what ec2 describe-vpc-peering-connections answers; a suffix names its argument."""
    kind, dash, argument = stem.partition("-")
    if kind in CALLS:
        return CALLS[kind] + dash + argument
    words = "".join("-" + letter.lower() if letter.isupper() else letter for letter in kind)
    return "ec2-describe" + words + dash + argument


def moment(text):
    """Some moment of the last two years before the documents were taken."""
    number = int(digits(text, 8), 16)
    return "20%02d-%02d-%02dT%02d:%02d:%02d+00:00" % (
        24 + number % 2, 1 + number // 2 % 12, 1 + number // 24 % 28, number // 700 % 24,
        number // 17000 % 60, number // 1000000 % 60)


def hardware_address(identity):
    return "0a:" + ":".join(digits(identity, 10)[i : i + 2] for i in range(0, 10, 2))


def dress_interface(interface, region):
    interface["MacAddress"] = hardware_address(interface["NetworkInterfaceId"])
    for address in interface.get("PrivateIpAddresses", []):
        host = "ip-" + address["PrivateIpAddress"].replace(".", "-")
        address["PrivateDnsName"] = f"{host}.{region}.compute.internal"
    if interface.get("PrivateIpAddresses"):
        interface["PrivateDnsName"] = interface["PrivateIpAddresses"][0]["PrivateDnsName"]
    if "Attachment" in interface:
        interface["Attachment"]["AttachTime"] = moment(interface["NetworkInterfaceId"])


def dress_instance(instance, region):
    tags = {tag["Key"]: tag["Value"] for tag in instance.get("Tags", [])}
    kind = TYPES.get(tags.get("service", ""), "t3.small")
    identity = instance["InstanceId"]
    is_arm = kind.split(".")[0].endswith("g")
    instance.update({
        "AmiLaunchIndex": 0,
        "Architecture": "arm64" if is_arm else "x86_64",
        "ClientToken": "",
        "EbsOptimized": True,
        "EnaSupport": True,
        "Hypervisor": "xen",
        "ImageId": "ami-0" + digits("arm" if is_arm else instance["PlatformDetails"], 16),
        "InstanceType": kind,
        "KeyName": "harbor-ops" if tags.get("role") else "harbor-prod",
        "LaunchTime": moment(identity),
        "Monitoring": {"State": "disabled"},
        "ProductCodes": [],
        "PublicDnsName": "",
        "RootDeviceName": "/dev/sda1" if "Platform" in instance else "/dev/xvda",
        "RootDeviceType": "ebs",
        "StateTransitionReason": "",
        "VirtualizationType": "hvm",
    })
    instance["Placement"].update({"GroupName": "", "Tenancy": "default"})
    for interface in instance["NetworkInterfaces"]:
        dress_interface(interface, region)


def dress(document, region):
    for reservation in document.get("Reservations", []):
        for instance in reservation["Instances"]:
            dress_instance(instance, region)
    for interface in document.get("NetworkInterfaces", []):
        dress_interface(interface, region)


def main():
    if len(sys.argv) != 2:
        sys.exit("usage: tools/harbor.py build/dev/tools/scenario")
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.argv[1], HARBOR / "harbor.scn", folder], check=True, stdout=subprocess.DEVNULL)
        for old in HARBOR.glob("*/*/*.json"):
            old.unlink()
        for path in sorted(pathlib.Path(folder).rglob("*.json")):
            document = json.loads(path.read_text())
            place = path.relative_to(folder).parent
            dress(document, place.name)
            target = HARBOR / place / (call_name(path.stem) + ".json")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(json.dumps(document, indent=4) + "\n")


if __name__ == "__main__":
    main()
