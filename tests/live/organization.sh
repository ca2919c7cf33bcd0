#!/usr/bin/env bash
# organization.sh PORTOLAN ROOT PORT: an organization on a moto server, with units, two accounts and a service control policy on
# one of the units; what `portolan collect` puts together of it decides `portolan who`. Needs root and `aws`.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
portolan=$1 root=$2 port=$3
. "$here/server.sh"
text() { aws "$@" --output text; }

# An account outside of any organization says so, and is complete.
"$portolan" collect --region eu-west-1 --service organizations -o "$work/alone"
grep -q '{"Organization":null}' "$work/alone/123456789012/global/organizations-describe-organization.json"

aws organizations create-organization --feature-set ALL >"$work/organization.json"
top=$(text organizations list-roots --query 'Roots[0].Id')
aws organizations enable-policy-type --root-id "$top" --policy-type SERVICE_CONTROL_POLICY >"$work/type.json"
unit=$(text organizations create-organizational-unit --parent-id "$top" --name Shipping --query OrganizationalUnit.Id)
inner=$(text organizations create-organizational-unit --parent-id "$unit" --name Night --query OrganizationalUnit.Id)
member() {
  local account
  account=$(text organizations create-account --email "$1@example.com" --account-name "$1" --query CreateAccountStatus.AccountId)
  aws organizations move-account --account-id "$account" --source-parent-id "$top" --destination-parent-id "$2"
  echo "$account"
}
limited=$(member limited "$inner")
free=$(member free "$top")
policy=$(text organizations create-policy --type SERVICE_CONTROL_POLICY --name 'No <groups> & "rules"' --description d \
  --content '{"Version":"2012-10-17","Statement":[{"Sid":"Groups","Effect":"Deny","Action":"ec2:*SecurityGroup*","Resource":"*"}]}' \
  --query Policy.PolicySummary.Id)
aws organizations attach-policy --policy-id "$policy" --target-id "$unit"

code=0
"$portolan" collect --region eu-west-1 --service organizations -o "$work/dump" || code=$?
python3 - "$work/dump" "$top" "$unit" "$inner" "$limited" "$free" "$policy" <<'END'
import json, sys
dump, top, unit, inner, limited, free, policy = sys.argv[1:]
with open(f"{dump}/portolan-manifest.json") as file:
    calls = json.load(file)["PortolanManifest"]["Calls"]
# moto has not got the call that tells what is delegated: that alone is a gap.
gaps = [call for call in calls if call["Outcome"] != "collected"]
print(gaps)
assert [call["Call"] for call in gaps] == ["organizations describe-organization"], gaps
with open(f"{dump}/123456789012/global/organizations-describe-organization.json") as file:
    told = json.load(file)
assert told["Organization"]["MasterAccountId"] == "123456789012"
assert "ResourcePolicy" not in told, told
targets = {target["Id"]: target for target in told["Targets"]}
assert {each: targets[each]["ParentId"] for each in (unit, inner, limited, free)} == \
    {unit: top, inner: unit, limited: inner, free: top}, targets
assert policy in targets[unit]["ServiceControlPolicies"]
assert all(policy not in targets[each]["ServiceControlPolicies"] for each in (top, inner, limited, free))
assert all("p-FullAWSAccess" in targets[each]["ServiceControlPolicies"] for each in targets), targets
texts = {each["PolicySummary"]["Id"]: each for each in told["Policies"]}
assert json.loads(texts[policy]["Content"])["Statement"][0]["Sid"] == "Groups"
END
[ "$code" -eq 3 ]

# The same policies in two accounts: the one below the unit is denied what the other one may do.
for account in "$limited" "$free"; do
  folder=$work/dump/$account/eu-west-1
  mkdir -p "$folder"
  cat >"$folder/iam.json" <<END
{"UserDetailList": [{"UserName": "ann", "UserId": "AIDA1", "Arn": "arn:aws:iam::$account:user/ann", "GroupList": [],
  "AttachedManagedPolicies": [], "UserPolicyList": [{"PolicyName": "p", "PolicyDocument": {"Version": "2012-10-17",
  "Statement": [{"Effect": "Allow", "Action": "ec2:*", "Resource": "*"}]}}]}], "RoleDetailList": [], "GroupDetailList": [], "Policies": []}
END
  cat >"$folder/groups.json" <<END
{"SecurityGroups": [{"GroupId": "sg-$account", "GroupName": "g$account", "OwnerId": "$account", "VpcId": "vpc-1",
  "SecurityGroupArn": "arn:aws:ec2:eu-west-1:$account:security-group/sg-$account", "IpPermissions": [], "IpPermissionsEgress": []}]}
END
  code=0
  "$portolan" who "sg-$account" -s "$work/dump" --action delete --format json --quiet >"$work/who-$account.json" || code=$?
done
grep -q 'user/ann' "$work/who-$free.json"
grep -q '"verdict":"always"' "$work/who-$free.json"
! grep -q 'user/ann' "$work/who-$limited.json"
echo 'the service control policy of the unit decides'

# A caller who may not read the tree is not asked for more than its organization, and what is allowed stays unknown.
read -r AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN < <(text sts assume-role --role-arn "arn:aws:iam::$free:role/r" \
  --role-session-name member --query 'Credentials.[AccessKeyId,SecretAccessKey,SessionToken]')
export AWS_SESSION_TOKEN
"$portolan" collect --region eu-west-1 --service organizations -o "$work/member"
python3 - "$work/member/$free/global/organizations-describe-organization.json" <<'END'
import json, sys
with open(sys.argv[1]) as file:
    told = json.load(file)
assert told.keys() == {"Organization"} and told["Organization"]["MasterAccountId"] == "123456789012", told
END
