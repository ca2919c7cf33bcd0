#!/usr/bin/env python3
"""Writes what examples/harbor has of IAM, as the AWS CLI prints it: principals and their policies, and the organization.

    tools/harbor_iam.py

What is seeded stands beside each principal. Same input, same bytes.
"""

import hashlib
import json
import pathlib

ACCOUNT = "123456789012"
HARBOR = pathlib.Path(__file__).resolve().parent.parent / "examples" / "harbor"
ARN = f"arn:aws:iam::{ACCOUNT}:"


def identity(prefix, name):
    return prefix + hashlib.sha256(name.encode()).hexdigest()[:17].upper()


def policy(*statements):
    return {"Version": "2012-10-17", "Statement": list(statements)}


def allow(actions, resource="*", sid=None, **condition):
    statement = {"Sid": sid} if sid else {}
    statement |= {"Effect": "Allow", "Action": actions, "Resource": resource}
    return statement | ({"Condition": condition} if condition else {})


def trust(**principal):
    return policy({"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole"})


def role(name, trusts, inline=None, attached=(), tags=None, on_instances=False):
    profile = {"InstanceProfileName": name, "InstanceProfileId": identity("AIPA", name), "Path": "/",
               "Arn": f"{ARN}instance-profile/{name}", "Roles": []}
    return {"Path": "/", "RoleName": name, "RoleId": identity("AROA", name), "Arn": f"{ARN}role/{name}",
            "AssumeRolePolicyDocument": trusts,
            "InstanceProfileList": [profile] if on_instances else [],
            "RolePolicyList": [{"PolicyName": "inline", "PolicyDocument": inline}] if inline else [],
            "AttachedManagedPolicies": [{"PolicyName": arn.split("/")[-1], "PolicyArn": arn} for arn in attached],
            "Tags": [{"Key": key, "Value": value} for key, value in (tags or {}).items()]}


def user(name, inline=None, attached=(), groups=()):
    return {"Path": "/", "UserName": name, "UserId": identity("AIDA", name), "Arn": f"{ARN}user/{name}",
            "UserPolicyList": [{"PolicyName": "inline", "PolicyDocument": inline}] if inline else [],
            "GroupList": list(groups),
            "AttachedManagedPolicies": [{"PolicyName": arn.split("/")[-1], "PolicyArn": arn} for arn in attached],
            "Tags": []}


def managed(arn, document):
    return {"PolicyName": arn.split("/")[-1], "PolicyId": identity("ANPA", arn), "Arn": arn, "Path": "/",
            "DefaultVersionId": "v1",
            "PolicyVersionList": [{"Document": document, "VersionId": "v1", "IsDefaultVersion": True}]}


EC2_FULL = "arn:aws:iam::aws:policy/AmazonEC2FullAccess"
READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess"
ON_EC2 = trust(Service="ec2.amazonaws.com")
BY_PEOPLE = trust(AWS=f"{ARN}root")
GROUPS = f"arn:aws:ec2:*:{ACCOUNT}:security-group/*"

ROLES = [
    # May do what it does: the intended one.
    role("network-admin", BY_PEOPLE, policy(allow(["ec2:*"], sid="Network"))),
    # Excess: everything of EC2 for somebody who reads reports.
    role("reporting", BY_PEOPLE, attached=[EC2_FULL, READ_ONLY]),
    # Opens the group that its own tag names.
    role("deploy", BY_PEOPLE, policy(allow(
        ["ec2:AuthorizeSecurityGroupIngress", "ec2:RevokeSecurityGroupIngress"], GROUPS, "OwnGroup",
        StringEquals={"aws:ResourceTag/Name": "${aws:PrincipalTag/group}"})), tags={"group": "web"}),
    # The end of the chain: the role of rundeck-1 opens any group.
    role("rundeck", ON_EC2, policy(allow(["ec2:AuthorizeSecurityGroupIngress"], GROUPS, "OpenForJobs")),
         on_instances=True),
    # Its beginning: web-canary hands out this role to the internet, and it may send commands to instances.
    role("web", ON_EC2, policy(allow(["ssm:SendCommand"], sid="Restart")), on_instances=True),
    role("app", ON_EC2, policy(allow(["s3:GetObject"])), on_instances=True),
    role("tracking", ON_EC2, policy(allow(["sqs:SendMessage"])), on_instances=True),
    role("worker", ON_EC2, policy(allow(["sqs:ReceiveMessage"])), on_instances=True),
    role("builds", ON_EC2, policy(allow(["ecr:GetAuthorizationToken"])), on_instances=True),
    # Runs functions; whoever may pass it becomes it.
    role("provisioner", trust(Service="lambda.amazonaws.com"), attached=[EC2_FULL]),
]
USERS = [
    # Excess under a condition: only from the office.
    user("contractor", policy(allow(["ec2:*SecurityGroup*"], sid="FromTheOffice",
                                    IpAddress={"aws:SourceIp": "198.51.100.0/24"}))),
    # Excess by a detour: a function with the role of another.
    user("ci", policy(allow(["iam:PassRole"], f"{ARN}role/provisioner"),
                      allow(["lambda:CreateFunction", "lambda:InvokeFunction"]))),
    user("auditor", attached=[READ_ONLY]),
]
DETAILS = {
    "UserDetailList": USERS,
    "GroupDetailList": [],
    "RoleDetailList": ROLES,
    "Policies": [managed(EC2_FULL, policy(allow("ec2:*"), allow("elasticloadbalancing:*"))),
                 managed(READ_ONLY, policy(allow(["ec2:Describe*", "s3:Get*", "s3:List*"])))],
    "IsTruncated": False,
}

EVERYTHING = policy(allow("*"))
HOME_REGIONS = policy(
    allow("*", sid="All"),
    {"Sid": "HomeRegions", "Effect": "Deny", "NotAction": ["iam:*", "organizations:*", "sts:*"], "Resource": "*",
     "Condition": {"StringNotEquals": {"aws:RequestedRegion": ["eu-west-1", "eu-central-1"]}}})


def control(name, document):
    arn = f"arn:aws:organizations::999999999999:policy/o-harbor00001/service_control_policy/{name}"
    return {"PolicySummary": {"Id": name, "Arn": arn, "Name": name, "Type": "SERVICE_CONTROL_POLICY"},
            "Content": json.dumps(document)}


ORGANIZATION = {
    "Organization": {"Id": "o-harbor00001", "MasterAccountId": "999999999999"},
    "Targets": [
        {"Id": "r-harb", "ParentId": "", "ServiceControlPolicies": ["p-FullAWSAccess"]},
        {"Id": "ou-harb-shipping", "ParentId": "r-harb", "ServiceControlPolicies": ["p-homeregions"]},
        {"Id": ACCOUNT, "ParentId": "ou-harb-shipping", "ServiceControlPolicies": ["p-FullAWSAccess"]},
    ],
    "Policies": [control("p-FullAWSAccess", EVERYTHING), control("p-homeregions", HOME_REGIONS)],
    "ResourcePolicy": None,
}


def main():
    for name, document in (("iam-get-account-authorization-details", DETAILS), ("organization", ORGANIZATION)):
        (HARBOR / ACCOUNT / f"{name}.json").write_text(json.dumps(document, indent=4) + "\n")


if __name__ == "__main__":
    main()
