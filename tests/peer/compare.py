#!/usr/bin/env python3
"""Random requests, decided by `portolan who --requests` and by @cloud-copilot/iam-simulate: what differs without being judged
in docs/IAM.md is a failure.

    tests/peer/compare.py build/dev/portolan build/dev/peer [SEED [REQUESTS]]

The second argument is a folder for the peer's modules, which npm brings. Exit code 77: there is no npm, or no network.
"""

import collections
import json
import pathlib
import random
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ACCOUNT, OTHER = "111122223333", "444455556666"
IAM, STS = f"arn:aws:iam::{ACCOUNT}:", f"arn:aws:sts::{ACCOUNT}:"
PRINCIPALS = [IAM + "user/ann", IAM + "role/R", STS + "assumed-role/R/one", STS + "federated-user/f",
              f"arn:aws:iam::{OTHER}:user/eve", "lambda.amazonaws.com", {"type": "Anonymous"}]
RESOURCES = {
    "ec2:DeleteSecurityGroup": [f"arn:aws:ec2:eu-west-1:{ACCOUNT}:security-group/{g}" for g in ("sg-1", "sg-2")],
    "sqs:SendMessage": [f"arn:aws:sqs:eu-west-1:{ACCOUNT}:{q}" for q in ("q", "p")],
    "s3:GetObject": ["arn:aws:s3:::b/x", "arn:aws:s3:::b/y/z"],
    "sts:AssumeRole": [IAM + "role/R", IAM + "role/S"],
}
CONTEXT = {"aws:SourceIp": ["10.1.1.1", "192.0.2.7"], "aws:username": ["ann", "bob"],
           "aws:PrincipalTag/Team": ["red", "blue"], "aws:ResourceTag/Team": ["red", "blue"],
           "aws:MultiFactorAuthPresent": ["true", "false"], "aws:TagKeys": [["a"], ["a", "b"], []],
           "aws:CurrentTime": ["2026-01-01T00:00:00Z"], "aws:MultiFactorAuthAge": ["10", "3600"],
           "aws:SourceArn": ["arn:aws:sns:eu-west-1:111122223333:t"]}
TESTS = {
    "aws:SourceIp": [("IpAddress", "10.0.0.0/8"), ("NotIpAddress", ["10.0.0.0/8", "192.0.2.7"])],
    "aws:username": [("StringEquals", "ann"), ("StringNotLike", "b*"), ("StringEqualsIgnoreCase", "ANN"), ("Null", "true")],
    "aws:PrincipalTag/Team": [("StringEquals", "red"), ("StringLike", ["r*", "g?"]), ("StringNotEquals", "blue")],
    "aws:ResourceTag/Team": [("StringEquals", "${aws:PrincipalTag/Team}"), ("StringNotEquals", "red"), ("StringLike", "*")],
    "aws:MultiFactorAuthPresent": [("Bool", "true"), ("Bool", "false"), ("Null", "false")],
    "aws:TagKeys": [("ForAllValues:StringEquals", ["a"]), ("ForAnyValue:StringLike", "b*"),
                    ("ForAllValues:StringNotEquals", "b")],
    "aws:CurrentTime": [("DateLessThan", "2027-01-01T00:00:00Z"), ("DateGreaterThanEquals", "2026-06-01T00:00:00Z")],
    "aws:MultiFactorAuthAge": [("NumericLessThan", "100"), ("NumericGreaterThanEquals", "100")],
    "aws:SourceArn": [("ArnLike", "arn:aws:sns:*:*:t"), ("ArnNotEquals", "arn:aws:sns:*:*:u")],
}


class Maker:
    def __init__(self, seed):
        self.dice = random.Random(seed)

    def chance(self, percent):
        return self.dice.randrange(100) < percent

    def some(self, values, most=2):
        picked = self.dice.sample(values, self.dice.randint(1, min(most, len(values))))
        return picked[0] if len(picked) == 1 and self.chance(50) else picked

    def statement(self, action, needs_principal, names=None):
        service = action.split(":")[0]
        statement = {"Effect": "Deny" if self.chance(25) else "Allow"}
        actions = self.some([action, service + ":*", "*", action[:-3] + "*", "iam:GetUser", action.upper()])
        statement["NotAction" if self.chance(10) else "Action"] = actions
        arns = RESOURCES[action]
        patterns = ["*", *arns, arns[0][:-1] + "*", arns[0][:-1] + "?", "arn:aws:dynamodb:*:*:table/t"]
        statement["NotResource" if self.chance(10) else "Resource"] = self.some(patterns)
        if self.chance(45):
            condition = {}
            for key in self.dice.sample(sorted(TESTS), self.dice.randint(1, 2)):
                operator, value = self.dice.choice(TESTS[key])
                # IfExists has no meaning beside Null, and none that is written for a set of values.
                if self.chance(20) and operator != "Null" and ":" not in operator:
                    operator += "IfExists"
                condition.setdefault(operator, {})[key] = value
            statement["Condition"] = condition
        if needs_principal:
            names = names or ["*", {"AWS": ACCOUNT}, {"AWS": IAM + "user/ann"}, {"AWS": IAM + "role/R"},
                     {"AWS": STS + "assumed-role/R/one"}, {"Service": "lambda.amazonaws.com"},
                     {"AWS": f"arn:aws:iam::{OTHER}:root"}, {"AWS": [IAM + "root", IAM + "user/bob"]}]
            name = self.dice.choice(names)
            can_turn = statement["Effect"] == "Deny" and name != "*"  # AWS takes nothing else
            statement["NotPrincipal" if can_turn and self.chance(20) else "Principal"] = name
        return statement

    def policy(self, action, needs_principal=False, names=None):
        return {"Version": "2012-10-17",
                "Statement": [self.statement(action, needs_principal, names) for _ in range(self.dice.randint(1, 3))]}

    def policies(self, action, most=2):
        return [self.policy(action) for _ in range(self.dice.randint(0, most))]

    def request(self, number):
        action = self.dice.choice(sorted(RESOURCES))
        context = {key: self.dice.choice(values) for key, values in CONTEXT.items() if self.chance(60)}
        request = {"id": number, "principal": self.dice.choice(PRINCIPALS), "action": action,
                   "resource": self.dice.choice(RESOURCES[action]), "account": ACCOUNT, "context": context,
                   "wildcard_only": False, "identity": self.policies(action), "session": None,
                   "boundary": self.policies(action, 1) if self.chance(30) else [],
                   "scp": [self.policies(action) for _ in range(2)] if self.chance(30) else [],
                   "rcp": [[self.policy(action, True, ["*"])]] if self.chance(20) else [], "resource_policy": None,
                   "endpoint": [self.policy(action, True)] if self.chance(10) else []}
        principal = request["principal"]
        if principal == PRINCIPALS[-1] or principal == PRINCIPALS[-2]:  # neither has an identity with policies
            request |= {"identity": [], "boundary": [], "scp": []}
        has_session = isinstance(principal, str) and ("assumed-role" in principal or "federated-user" in principal)
        if has_session and self.chance(40):
            request["session"] = self.policy(action)
        if not action.startswith("ec2:") and self.chance(60):
            request["resource_policy"] = self.policy(action, True)
        if self.chance(30):
            request["mode"] = "Discovery"
            if self.chance(50):
                request["known"] = {key: self.dice.choice(["value", "presence"])
                                    for key in self.dice.sample(sorted(CONTEXT), 3)}
        return request


def statements_of(request):
    documents = [*request["identity"], *request["boundary"], *sum(request["scp"], []), *sum(request["rcp"], []),
                 *request["endpoint"], request["session"], request["resource_policy"]]
    return [statement for document in documents if document for statement in document["Statement"]]


def denies_session(request, ours):
    named = [json.dumps([each.get("NotPrincipal"), each.get("Principal")]) for each in statements_of(request) if each["Effect"] == "Deny"]
    is_role = "R" in str(request["principal"]).split("/")
    return request.get("mode") == "Discovery" and is_role and ours != "ExplicitlyDenied" and "assumed-role" in "".join(named)


def judged(request, ours, theirs):
    """The row of docs/IAM.md that a difference belongs to; None if there is none."""
    service = request["action"].split(":")[0]
    principal = request["principal"]
    if request["rcp"] and service == "ec2":
        return "resource control policies on EC2"
    if request["session"] and request["resource_policy"]:
        return "a resource policy that names the session"
    if any(statement.get("Principal") != "*" for policy in request["endpoint"] for statement in policy["Statement"]):
        return "the principal of an endpoint policy"
    if "federated-user" in str(principal) and not request["session"]:
        return "a federated user without session policy"
    if denies_session(request, ours):
        return "a denial about a session, whose name is open"
    if request["action"] == "sts:AssumeRole" and not request["resource_policy"]:
        return "a role without trust policy"
    if request.get("mode") == "Discovery" and theirs == "Allowed" and ours != "Allowed":
        return "conditions that no value can meet, or all do"
    if request.get("mode") == "Discovery" and "${" in json.dumps(statements_of(request)):
        return "a variable that is open"
    return None


def answers(command, text):
    done = subprocess.run(command, input=text, capture_output=True, text=True)
    return {answer["id"]: answer for answer in map(json.loads, done.stdout.splitlines())}


def install(folder):
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(HERE / "package.json", folder)
    if not shutil.which("npm") or not shutil.which("node"):
        sys.exit(77)
    if not (folder / "node_modules" / "@cloud-copilot" / "iam-simulate").is_dir():
        command = ["npm", "install", "--no-package-lock", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
        if subprocess.run(command, cwd=folder).returncode != 0:
            sys.exit(77)


def main():
    portolan, folder = sys.argv[1], pathlib.Path(sys.argv[2]).resolve()
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    count = int(sys.argv[4]) if len(sys.argv) > 4 else 3000
    install(folder)
    maker = Maker(seed)
    requests = [maker.request(number) for number in range(count)]
    text = "".join(json.dumps(request) + "\n" for request in requests)
    ours = answers([portolan, "who", "--requests", "-"], text)
    theirs = answers(["node", HERE / "peer.mjs", folder / "node_modules"], text)
    rows, open_ones, results = collections.Counter(), [], collections.Counter()
    for request in requests:
        a, b = ours[request["id"]]["result"], theirs[request["id"]]["result"]
        results[a] += 1
        if a != b:
            row = judged(request, a, b)
            rows[row] += 1
            if row is None:
                open_ones.append((a, b, request))
    print(f"{count} requests, seed {seed}: {dict(results)}; judged differences: {dict(rows)}")
    for a, b, request in open_ones[:3]:
        print(f"ours {a}, the peer {b}: {json.dumps(request)}")
    sys.exit(1 if open_ones else 0)


if __name__ == "__main__":
    main()
