#!/usr/bin/env bash
# Time from the publication of a status until its watchers have it: bench/watchers.sh [SECONDS], 20 unless told
# otherwise, with 1, 1,000 and 10,000 watchers on loopback, in processes of their own, and 1 GB of heap for the server;
# WATCHERS in the environment says others. The server needs a file for each, and `ulimit -n` says how many it may have.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
mvn -q -B -ntp -P '!checks' -Dmaven.test.skip=true package
touch app/target/stepwell/.built
for watchers in ${WATCHERS:-1 1000 10000}; do
  "${JAVA_HOME:?set it to a JDK 25}/bin/java" -Xmx1g \
    -cp "bench/target/classes:app/target/stepwell/lib/*" dev.stepwell.bench.WatcherLatency "$watchers" "${1:-20}"
done
