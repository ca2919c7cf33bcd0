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

aws() { command aws --endpoint-url "$AWS_ENDPOINT_URL" --output json --no-cli-pager "$@"; }

# Runs the rest in the account $1: moto hands out credentials of whatever account a role is said to be of.
within() {
  local answer
  answer=$(aws sts assume-role --role-arn "arn:aws:iam::$1:role/builder" --role-session-name build \
    --query 'Credentials.[AccessKeyId,SecretAccessKey,SessionToken]' --output text)
  read -r AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN <<<"$answer"
  export AWS_SESSION_TOKEN
  "${@:2}"
}

# From here on every request is verified, and whoever asks is a user who may do the actions $1 (JSON) on the resources $2.
become_sweeper() {
  aws iam create-user --user-name sweeper >"$work/user.json"
  aws iam put-user-policy --user-name sweeper --policy-name sweep --policy-document \
    '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":'"$1"',"Resource":"'"$2"'"}]}'
  local keys
  keys=$(aws iam create-access-key --user-name sweeper --query 'AccessKey.[AccessKeyId,SecretAccessKey]' --output text)
  read -r AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY <<<"$keys"
  python3 -c 'import sys, urllib.request as http
http.urlopen(http.Request(sys.argv[1], b"0", {"Content-Type": "text/plain"}))' "$AWS_ENDPOINT_URL/moto-api/reset-auth"
}
