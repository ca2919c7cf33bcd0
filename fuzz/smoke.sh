#!/usr/bin/env bash
# Fuzzes one target for a moment, from the inputs kept in fuzz/corpus/<name>/: fuzz/smoke.sh build/fuzz/fuzz_<name>
# Longer: PORTOLAN_FUZZ_SECONDS=600. An input that crashes is left in build/fuzz/crashes/.
set -euo pipefail
program=$(realpath "$1")
name=${program##*/fuzz_}
cd "$(dirname "${BASH_SOURCE[0]}")"
build=$(dirname "$program")

rm -rf "$build/corpus/$name"
mkdir -p "$build/corpus/$name" "$build/crashes"
corpus=("$build/corpus/$name")  # libFuzzer writes what it finds into the first folder, and only reads the others
[ ! -d "corpus/$name" ] || corpus+=("corpus/$name")
options=()
[ ! -f "$name.dict" ] || options+=("-dict=$name.dict")

exec "$program" -max_total_time="${PORTOLAN_FUZZ_SECONDS:-5}" -rss_limit_mb=2048 -timeout=20 -print_final_stats=1 \
  -artifact_prefix="$build/crashes/$name-" "${options[@]}" "${corpus[@]}"
