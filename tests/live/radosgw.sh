#!/usr/bin/env bash
# radosgw.sh start WORK PORT: Debian's radosgw, an S3 and STS that verify signatures, on PORT of loopback; another one on
# PORT + 1, whose clock is three hours ahead. Its objects are in the memory of one OSD, and one monitor knows it; both
# on loopback too. Buckets: `logs` with names that are hard to write, `trail`, `private`; the role `reader` may read `logs`.
# radosgw.sh stop WORK: ends them. They end by themselves after ten minutes.
set -euo pipefail
export PATH=/usr/sbin:/usr/bin:/sbin:/bin
command=$1 work=$2

if [ "$command" = stop ]; then
  while read -r pid; do kill -KILL -- "-$pid" 2>/dev/null || true; done <"$work/pids"
  exit 0
fi

port=$3
mkdir -p "$work"/{mon,osd,run}
fsid=00000000-0000-4000-8000-000000000001
osd=00000000-0000-4000-8000-000000000002
cat >"$work/ceph.conf" <<EOF
[global]
fsid = $fsid
mon host = v1:127.0.0.1:$((port + 2))
public addr = 127.0.0.1
cluster addr = 127.0.0.1
ms bind msgr2 = false
ms bind port min = $((port + 3))
ms bind port max = $((port + 9))
auth cluster required = none
auth service required = none
auth client required = none
keyring = /dev/null
run dir = $work/run
admin socket =
pid file =
log file = $work/\$name.log
mon cluster log file = $work/cluster.log
mon data = $work/mon
mon data avail crit = 0
mon allow pool size one = true
mon max pg per osd = 1000
osd data = $work/osd
osd objectstore = memstore
osd crush chooseleaf type = 0
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 1
osd pool default pgp num = 1
osd pool default pg autoscale mode = off
rgw data = $work/rgw
rgw rados pool pg num min = 1
rgw run sync thread = false
rgw s3 auth use sts = true
rgw sts key = abcdefghijklmnop
[client.now]
rgw frontends = beast endpoint=127.0.0.1:$port
[client.ahead]
rgw frontends = beast endpoint=127.0.0.1:$((port + 1))
EOF
export CEPH_CONF=$work/ceph.conf

# Starts a daemon that outlives this script, but not for long.
launch() {
  setsid timeout 600 "$@" >>"$work/daemons.log" 2>&1 </dev/null &
  echo $! >>"$work/pids"
}

wait_for() {
  for _ in $(seq 300); do
    ! (: <>"/dev/tcp/127.0.0.1/$1") 2>/dev/null || return 0
    sleep 0.1
  done
  echo "nothing listens on $1" >&2
  return 1
}

monmaptool --create --fsid "$fsid" --addv a "[v1:127.0.0.1:$((port + 2))]" "$work/monmap" >/dev/null
ceph-mon --mkfs -i a --monmap "$work/monmap"
launch ceph-mon -f -i a
wait_for $((port + 2))
ceph --connect-timeout 30 osd new "$osd" 0 >/dev/null
ceph-osd --mkfs -i 0 --osd-uuid "$osd" 2>>"$work/daemons.log"
launch ceph-osd -f -i 0
timeout 300 radosgw-admin user create --uid=owner --display-name=owner --access-key=AKIDEXAMPLE --secret=a-very-secret-key >/dev/null
radosgw-admin role create --role-name=reader --assume-role-policy-doc='{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":["arn:aws:iam:::user/owner"]},"Action":["sts:AssumeRole"]}]}' >/dev/null
radosgw-admin role-policy put --role-name=reader --policy-name=read --policy-doc='{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:GetObject","s3:ListBucket"],"Resource":["arn:aws:s3:::logs","arn:aws:s3:::logs/*"]}]}' >/dev/null
launch radosgw -f -n client.now
launch faketime -f +3h radosgw -f -n client.ahead
wait_for "$port"
wait_for $((port + 1))

export HOME=$work AWS_ACCESS_KEY_ID=AKIDEXAMPLE AWS_SECRET_ACCESS_KEY=a-very-secret-key AWS_DEFAULT_REGION=us-east-1
aws() { command aws --endpoint-url "http://127.0.0.1:$port" --no-cli-pager "$@" >/dev/null; }
aws s3api create-bucket --bucket logs
aws s3api create-bucket --bucket private
aws s3api create-bucket --bucket trail
# Each object holds its own key. The AWS CLI is slow to start: what can be a file goes in one turn.
mkdir -p "$work/keys/é" "$work/keys/dump/123456789012/eu-west-1"
for key in 'a b' 'a+b' 'a%20b' '100%' 'é/ü' "q?a=b&c#'()*!" '~tilde'; do
  printf '%s' "$key" >"$work/keys/$key"
done
printf '{"Vpcs":[{"VpcId":"vpc-1","CidrBlock":"10.0.0.0/16","OwnerId":"123456789012"}]}' >"$work/keys/dump/123456789012/eu-west-1/v p+c%.json"
LC_ALL=C.UTF-8 aws s3 cp --recursive "$work/keys" s3://logs
# Logs of two days in two regions, and a digest between them.
for day in 2026/04/01 2026/05/03; do
  for place in CloudTrail/eu-west-1 CloudTrail/us-east-1 CloudTrail-Digest/eu-west-1; do
    mkdir -p "$work/trail/AWSLogs/1/$place/$day"
    printf '{"Records":[]}' >"$work/trail/AWSLogs/1/$place/$day/a.json"
  done
done
aws s3 cp --recursive "$work/trail" s3://trail
for key in 'x//y' '/lead'; do
  printf '%s' "$key" >"$work/body"
  aws s3api put-object --bucket logs --key "$key" --body "$work/body"
done
