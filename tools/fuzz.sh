#!/usr/bin/env bash
# Fuzzes a class of data's tests with Jazzer: tools/fuzz.sh CLASS CORPUS SECONDS [libFuzzer options], for example
#   tools/fuzz.sh dev.stepwell.data.rows.RowFuzzer rows 600
# What reaches new code is kept in target/fuzz/CORPUS, what fails in target/fuzz/CORPUS-crash-*. The corpus of the tests,
# data/src/test/resources/fuzz/CORPUS, is where it begins; what is worth keeping is copied there by hand. Words that inputs
# are made of, where there are some, lie beside it in CORPUS.dict.
set -euo pipefail
class=$1 corpus=$2 seconds=$3
shift 3
cd "$(dirname "${BASH_SOURCE[0]}")/.."
mvn -q -B -ntp -P 'fuzz,!checks' -pl core,data test-compile dependency:build-classpath \
  -Dmdep.outputFile=target/fuzz.classpath -Dmdep.includeScope=test
mkdir -p "data/target/fuzz/$corpus"
cd data
dictionary="src/test/resources/fuzz/$corpus.dict"
[[ ! -f "$dictionary" ]] || set -- "-dict=$dictionary" "$@"
exec "${JAVA_HOME:?set it to a JDK 25}/bin/java" -Xmx1g --enable-native-access=ALL-UNNAMED \
  -cp "target/test-classes:target/classes:../core/target/classes:$(cat target/fuzz.classpath)" \
  com.code_intelligence.jazzer.Jazzer --target_class="$class" \
  --instrumentation_includes='dev.stepwell.data.**' --custom_hook_includes='dev.stepwell.data.**' \
  "target/fuzz/$corpus" "src/test/resources/fuzz/$corpus" \
  -max_total_time="$seconds" -max_len=65536 -timeout=10 -artifact_prefix="target/fuzz/$corpus-" "$@"
