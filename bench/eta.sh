#!/usr/bin/env bash
# How far off the time left is, over recorded drains: bench/eta.sh [FOLDER...], bench/drains unless told otherwise.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
mvn -q -B -ntp -P '!checks' -Dmaven.test.skip=true package
"${JAVA_HOME:?set it to a JDK 25}/bin/java" \
  -cp "bench/target/classes:app/target/stepwell/lib/*" dev.stepwell.bench.eta.EtaAccuracy "${@:-bench/drains}"
