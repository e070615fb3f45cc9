#!/usr/bin/env bash
# From files to tokens, with Stepwell and with datasets and tokenizers:
#   bench/token-speed.sh MODEL PYTHON FILE.jsonl...
# MODEL is a folder with tokenizer.json and tokenizer_config.json, PYTHON an interpreter with datasets and transformers.
# Each file has prompts and completions, or conversations of one answer; rows are repeated until it has
# BYTES, 20 MB unless the environment says otherwise.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
(($# >= 3)) || { sed -n '2,6s/^# //p' "${BASH_SOURCE[0]}" >&2; exit 2; }
MODEL="$(realpath "$1")"
readonly MODEL PYTHON="$2" BYTES="${BYTES:-20000000}"
shift 2
scratch="$(mktemp -d)"
trap 'rm -rf "$scratch"' EXIT
files=()
for file in "$@"; do
  large="$scratch/$(basename "$file")"
  while [[ ! -f "$large" ]] || (($(stat -c %s "$large") < BYTES)); do cat "$file" >>"$large"; done
  files+=("$large")
done
mvn -q -B -ntp -P '!checks' -Dmaven.test.skip=true package >&2
touch app/target/stepwell/.built
mkdir "$scratch/base"
printf '{"max_length": 4096, "model": {"max_position_embeddings": 4096}}\n' >"$scratch/base/config.json"
STEPWELL_MAIN=dev.stepwell.bench.TokenSpeed STEPWELL_CLASSPATH=bench/target/classes \
  ./stepwell "$scratch/base" "$MODEL/tokenizer.json" "${files[@]}"
HF_HUB_OFFLINE=1 "$PYTHON" bench/token_speed.py "$MODEL" "${files[@]}"
