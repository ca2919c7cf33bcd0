#!/usr/bin/env bash
# Makes a small Debian trixie in the folder $1 that holds a moto server: a stand-in for AWS's own APIs. Needs root,
# debootstrap and about 430 MB. The folder is whole once it is there.
set -euo pipefail
root=$1
[ ! -x "$root/usr/bin/moto_server" ] || exit 0
command -v debootstrap >/dev/null || { echo 'debootstrap is missing' >&2 && exit 1; }
rm -rf "$root.part"
debootstrap --variant=minbase --include=python3-moto,python3-cffi-backend,python3-flask,python3-flask-cors \
  trixie "$root.part" >"$root.log" 2>&1
mv "$root.part" "$root"
