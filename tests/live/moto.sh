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

# What is found is what was built, in the dump and in the account itself.
code=0
"$portolan" audit "$work/dump" --format json --quiet >"$work/audit.json" || code=$?
[ "$code" -eq 3 ] || [ "$code" -eq 1 ]
python3 "$here/expect.py" "$work/audit.json" "$work/dump" "$here/estate.expected"
code=0
"$portolan" audit aws: --region eu-west-1 --format json --quiet >"$work/live.json" || code=$?
[ "$code" -eq 3 ] || [ "$code" -eq 1 ]
python3 "$here/expect.py" "$work/live.json" "$work/dump" "$here/estate.expected"
! grep -rq a-very-secret-key "$work/dump" "$work/audit.json" "$work/live.json"
