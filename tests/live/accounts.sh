#!/usr/bin/env bash
# accounts.sh PORTOLAN ROOT PORT: two accounts with three regions each, on a moto server that verifies signatures and
# policies; a user who may do nothing but assume the role of both sweeps them. Needs root and `aws`.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
portolan=$1 root=$2 port=$3
. "$here/server.sh"
regions=(eu-west-1 eu-central-1 us-east-1)
accounts=(123456789012 222233334444)
"$portolan" collect --print-policy >"$work/policy.json"

# Every account gets the role and, in each region, a VPC with a group that lets the world in.
build() {
  aws iam create-role --role-name portolan --assume-role-policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"sts:AssumeRole","Condition":{"StringEquals":{"sts:ExternalId":"the-word"}}}]}' >"$work/role.json"
  aws iam put-role-policy --role-name portolan --policy-name collect --policy-document "file://$work/policy.json"
  local region
  for region in "${regions[@]}"; do
    AWS_DEFAULT_REGION=$region bash "$here/estate.sh" network
  done
}

build
(within "${accounts[1]}" build)
become_sweeper '"sts:AssumeRole"' "arn:aws:iam::*:role/portolan"

# The user itself may list nothing.
code=0
"$portolan" collect --region eu-west-1 --service ec2 -o "$work/refused" >"$work/refused.txt" 2>&1 || code=$?
[ "$code" -eq 3 ]
grep -q '"Outcome":"denied"' "$work/refused/portolan-manifest.json"

sweep=()
for each in "${regions[@]}"; do sweep+=(--region "$each"); done
for each in "${accounts[@]}"; do sweep+=(--account "$each"); done
code=0
"$portolan" collect "${sweep[@]}" --role portolan --external-id the-word -o "$work/dump" || code=$?
[ "$code" -eq 0 ] || [ "$code" -eq 3 ] # moto does not know every call

# Nothing that moto can judge was refused: every POST was signed as AWS demands. Its known faults: it takes the query of
# a GET for a body, so that it refuses those of the AWS CLI too; it calls the permissions of CloudWatch monitoring:…; and
# it takes the actions of Batch from their paths, which are in small letters.
python3 - "$work/dump" <<'END'
import json, os, sys
dump = sys.argv[1]
with open(os.path.join(dump, "portolan-manifest.json")) as file:
    calls = json.load(file)["PortolanManifest"]["Calls"]
refused = sorted({call["Call"] + ": " + call["Code"] for call in calls if call["Outcome"] == "denied"
                  and call["Code"] != "SignatureDoesNotMatch" and not call["Call"].startswith(("cloudwatch ", "batch "))})
by_get = {"efs", "eks", "emr-serverless", "kafka", "lambda", "mq", "opensearch", "osis", "scheduler"}
unsigned = {call["Call"].split()[0] for call in calls if call.get("Code") == "SignatureDoesNotMatch"}
assert unsigned == by_get, unsigned ^ by_get
collected = {(call["Account"], call["Region"]) for call in calls if call["Outcome"] == "collected"}
print(len([call for call in calls if call["Outcome"] == "collected"]), "answers of", len(collected), "places")
# The user who sweeps may ask nothing itself, so that the organization stays unknown.
assert refused == ["organizations describe-organization: AccessDenied"], refused
for account in ("123456789012", "222233334444"):
    for region in ("eu-west-1", "eu-central-1", "us-east-1"):
        with open(os.path.join(dump, account, region, "ec2-describe-security-groups.json")) as file:
            groups = json.load(file)["SecurityGroups"]
        web = [group for group in groups if group["GroupName"] == "web"]
        assert len(web) == 1 and web[0]["OwnerId"] == account, (account, region, groups)
END

# The joined snapshot has the open group of each place, by its account and region.
code=0
"$portolan" audit "$work/dump" --check sg-ingress-world-ssh --format json --quiet >"$work/audit.json" || code=$?
python3 - "$work/audit.json" <<'END'
import json, sys
with open(sys.argv[1]) as file:
    found = json.load(file)["findings"]
places = sorted({(each["account"], each["region"]) for each in found if each["outcome"] == "fail"})
assert len(places) == 6, places
print("the audit finds the open groups of", len(places), "places")
END
! grep -rqF "$AWS_SECRET_ACCESS_KEY" "$work/dump" "$work/audit.json" "$work/refused" "$work/refused.txt"
