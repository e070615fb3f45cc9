#!/usr/bin/env bash
# Runs an end-to-end benchmark as the launcher would run the product:
#   bench/end-to-end.sh FirstStep | ObserverCost | ResidentMemory [BASE_DIR] | PackingSpeed [BASE_DIR]
# The last two train what is in the inbox of BASE_DIR, by its config.json; without one, files of the demo.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
(($# == 1 || $# == 2)) || { sed -n '2,4s/^# //p' "${BASH_SOURCE[0]}" >&2; exit 2; }
mvn -q -B -ntp -P '!checks' -Dmaven.test.skip=true package
# As a user has it: built by the launcher, with its archive for a fast start.
rm -f app/target/stepwell/.built
./stepwell --version >&2
export STEPWELL_MAIN="dev.stepwell.bench.$1" STEPWELL_CLASSPATH="bench/target/classes"
exec ./stepwell "${@:2}"
