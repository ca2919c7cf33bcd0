#!/usr/bin/env bash
# sweep.sh PORTOLAN ROOT PORT: an organization of three accounts on a moto server that verifies signatures and policies; one
# of them does not let the sweep in (refuse.py). The others are read, and it is said. Needs root and `aws`.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
portolan=$1 root=$2 port=$3
. "$here/server.sh"
"$portolan" collect --print-policy >"$work/policy.json"

# The role and a VPC with a group.
build() {
  aws iam create-role --role-name portolan --assume-role-policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"sts:AssumeRole"}]}' >"$work/role.json"
  aws iam put-role-policy --role-name portolan --policy-name collect --policy-document "file://$work/policy.json"
  bash "$here/estate.sh" network
}
member() {
  aws organizations create-account --email "$1@example.com" --account-name "$1" --query CreateAccountStatus.AccountId --output text
}

aws organizations create-organization --feature-set ALL >"$work/organization.json"
open=$(member open)
closed=$(member closed)
build
(within "$open" build)
become_sweeper '["sts:AssumeRole","organizations:List*","organizations:Describe*"]' "*"

python3 "$here/refuse.py" "$((port + 10))" "$port" "$closed" &
refuser=$!
trap 'kill "$server" "$refuser" 2>/dev/null || true; rm -rf "$work"' EXIT
export AWS_ENDPOINT_URL=http://127.0.0.1:$((port + 10))
for _ in $(seq 100); do
  ! (: <>"/dev/tcp/127.0.0.1/$((port + 10))") 2>/dev/null || break
  sleep 0.1
done
code=0
"$portolan" collect --organization --region eu-west-1 --service ec2 --role portolan -o "$work/dump" || code=$?
[ "$code" -eq 3 ]
python3 - "$work/dump" 123456789012 "$open" "$closed" <<'END'
import json, os, sys
dump, home, open_, closed = sys.argv[1:]
with open(os.path.join(dump, "portolan-manifest.json")) as file:
    manifest = json.load(file)["PortolanManifest"]
assert manifest["Complete"] is True
entered = [call for call in manifest["Calls"] if call["Call"] == "sts assume-role"]
assert [(call["Account"], call["Outcome"]) for call in entered] == [(closed, "denied")], entered
assert [call["Call"] for call in manifest["Calls"] if call["Account"] == closed] == ["sts assume-role"]
assert not os.path.exists(os.path.join(dump, closed))
calls = {}
for account in (home, open_):
    with open(os.path.join(dump, account, "eu-west-1", "ec2-describe-security-groups.json")) as file:
        groups = json.load(file)["SecurityGroups"]
    assert [group["OwnerId"] for group in groups if group["GroupName"] == "web"] == [account], groups
    calls[account] = {(call["Call"], call["Outcome"]) for call in manifest["Calls"]
                      if call["Account"] == account and call["Region"] == "eu-west-1"}
assert calls[home] == calls[open_]
assert ("ec2 describe-vpcs", "collected") in calls[home]
print("two accounts are read, and that the third is closed is said")
END
! grep -rqF "$AWS_SECRET_ACCESS_KEY" "$work/dump"
