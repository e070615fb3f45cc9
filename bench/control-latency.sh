#!/usr/bin/env bash
# Measures pause and resume against the demo: bench/control-latency.sh [CYCLES], 200 unless told otherwise.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
cycles="${1:-200}"
mvn -q -B -ntp -P '!checks' -Dmaven.test.skip=true package
touch app/target/stepwell/.built
base="$(mktemp -d)"
./stepwell demo --base-dir "$base" --files 99 >"$base/demo.out" 2>&1 &
daemon=$!
trap 'kill "$daemon" 2>/dev/null || true; wait "$daemon" 2>/dev/null || true; rm -rf "$base"' EXIT
"${JAVA_HOME:?set it to a JDK 25}/bin/java" \
  -cp "bench/target/classes:app/target/stepwell/lib/*" dev.stepwell.bench.ControlLatency "$base" "$cycles"
