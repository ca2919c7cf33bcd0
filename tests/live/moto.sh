#!/usr/bin/env bash
# moto.sh PORTOLAN ROOT PORT: an estate on a moto server from the trixie in the folder ROOT (make-root.sh), on loopback;
# collects it, and holds every document against what the AWS CLI prints for the same call. Needs root and `aws`.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
portolan=$1 root=$2 port=$3
. "$here/server.sh"

bash "$here/estate.sh"
code=0
"$portolan" collect --region eu-west-1 -o "$work/dump" || code=$?
[ "$code" -eq 0 ] || [ "$code" -eq 3 ] # moto does not know every call
python3 "$here/compare.py" "$work/dump" "$AWS_ENDPOINT_URL"

# What is found is what was built: the open port of the instance.
code=0
"$portolan" audit "$work/dump" --check sg-ingress-world-ssh --format json --quiet >"$work/audit.json" || code=$?
grep -q '"check":"sg-ingress-world-ssh","outcome":"fail"' "$work/audit.json"
echo 'the audit finds the open port'
! grep -rq a-very-secret-key "$work/dump" "$work/audit.json"
