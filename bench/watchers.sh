#!/usr/bin/env bash
# Time from the publication of a status until its watchers have it: bench/watchers.sh [SECONDS], 20 unless told
# otherwise, with 1, 1,000 and 9,000 watchers on loopback and 1 GB of heap; WATCHERS in the environment says others.
# Each takes two of the files that `ulimit -n` allows.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
mvn -q -B -ntp -P '!checks' -Dmaven.test.skip=true package
touch app/target/stepwell/.built
for watchers in ${WATCHERS:-1 1000 9000}; do
  "${JAVA_HOME:?set it to a JDK 25}/bin/java" -Xmx1g \
    -cp "bench/target/classes:app/target/stepwell/lib/*" dev.stepwell.bench.WatcherLatency "$watchers" "${1:-20}"
done
