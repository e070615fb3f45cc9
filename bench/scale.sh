#!/usr/bin/env bash
# Measures the queue with 100,000 small files, and the counting of a file of 1 GB with a heap of 64 MB:
#   bench/scale.sh [FILES]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
mvn -q -B -ntp -P '!checks' -Dmaven.test.skip=true package
export STEPWELL_CLASSPATH="bench/target/classes"
STEPWELL_MAIN=dev.stepwell.bench.QueueScale ./stepwell "${1:-100000}"
STEPWELL_MAIN=dev.stepwell.bench.LargeFile STEPWELL_JAVA_OPTS="${STEPWELL_JAVA_OPTS:-} -Xmx64m" ./stepwell
