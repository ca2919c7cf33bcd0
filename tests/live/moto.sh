#!/usr/bin/env bash
# moto.sh PORTOLAN ROOT PORT: an estate on a moto server from the trixie in the folder ROOT (make-root.sh), on loopback;
# collects it, and holds every document against what the AWS CLI prints for the same call. Needs root and `aws`.
set -euo pipefail
export PATH=/usr/sbin:/usr/bin:/sbin:/bin # the AWS CLI of Debian, whatever else is installed
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
portolan=$1 root=$2 port=$3
work=$(mktemp -d)
chroot "$root" moto_server -H 127.0.0.1 -p "$port" >"$work/server.log" 2>&1 &
server=$!
trap 'kill "$server" 2>/dev/null || true; rm -rf "$work"' EXIT

export HOME=$work AWS_ENDPOINT_URL=http://127.0.0.1:$port AWS_DEFAULT_REGION=eu-west-1
export AWS_ACCESS_KEY_ID=AKIDEXAMPLE AWS_SECRET_ACCESS_KEY=a-very-secret-key
for _ in $(seq 100); do
  ! (: <>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break
  sleep 0.3
done

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
