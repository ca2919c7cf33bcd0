# Sourced: a moto server from the trixie in the folder `root` on `port` of loopback, until the script ends; the AWS CLI and
# Portolan ask it, with `work` as their home.
export PATH=/usr/sbin:/usr/bin:/sbin:/bin # the AWS CLI of Debian, whatever else is installed
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
