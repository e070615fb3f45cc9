#!/usr/bin/env bash
# What viewers cost training: bench/viewers.sh [VIEWERS] [SECONDS] [TURNS], 1,000 viewers, 10 s and 40 turns unless told
# otherwise, against the default model on synthetic rows.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
mvn -q -B -ntp -P '!checks' -Dmaven.test.skip=true package
touch app/target/stepwell/.built
base="$(mktemp -d)"
./stepwell demo --base-dir "$base" --files 199 >"$base/demo.out" 2>&1 &
daemon=$!
trap 'kill "$daemon" 2>/dev/null || true; wait "$daemon" 2>/dev/null || true; rm -rf "$base"' EXIT
until grep -q '"status" *: *"training"' "$base/status/training_status.json" 2>/dev/null; do sleep 1; done
"${JAVA_HOME:?set it to a JDK 25}/bin/java" -Xmx256m \
  -cp "bench/target/classes:app/target/stepwell/lib/*" dev.stepwell.bench.ViewerCost \
  "$base" "${1:-1000}" "${2:-10}" "${3:-40}"
