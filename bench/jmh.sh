#!/usr/bin/env bash
# Runs the JMH benchmarks: bench/jmh.sh [JMH options], for example `bench/jmh.sh PublishStep -prof gc`.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
mvn -q -B -ntp -P '!checks' -Dmaven.test.skip=true package
exec "${JAVA_HOME:?set it to a JDK 25}/bin/java" \
  -cp "bench/target/classes:bench/target/bench/lib/*:app/target/stepwell/lib/*" org.openjdk.jmh.Main "$@"
