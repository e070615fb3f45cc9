#!/usr/bin/env bash
# Fine-tunes a model with Stepwell and with transformers and peft, on the same rows: speed, memory, phases.
#   bench/adapter-speed.sh MODEL FILE.jsonl [STEPS] [PYTHON]
# MODEL is a Hugging Face folder, FILE one of conversations (tools/smollm2/ has both). PYTHON is an interpreter with
# torch, transformers and peft; without one only Stepwell is measured. Batches of 4, 4 of them a step; LoRA of rank 8.
# DTYPES="f32 bf16" and CHECKPOINTING="false true" in the environment say what to compare, DEVICE=cuda where, and
# BATCH=32 the rows of a micro-batch.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
(($# >= 2)) || { sed -n '2,7s/^# //p' "${BASH_SOURCE[0]}" >&2; exit 2; }
MODEL="$(realpath "$1")"
readonly MODEL WARM_UP=2 DEVICE="${DEVICE:-cpu}" BATCH="${BATCH:-4}"
readonly ROWS_PER_STEP=$((4 * BATCH))
readonly STEPS="${3:-8}" PYTHON="${4:-}"
scratch="$(mktemp -d)"
trap 'jobs -p | xargs -r kill; rm -rf "$scratch"' EXIT
file="$scratch/rows.jsonl"
head -n $(((STEPS + WARM_UP) * ROWS_PER_STEP)) "$2" >"$file"
mvn -q -B -ntp -P '!checks' -Dmaven.test.skip=true package >&2
touch app/target/stepwell/.built

# Runs a command and, on a graphics card, says how much of its memory was taken at most, whoever took it.
measured() {
  if [[ "$DEVICE" == cpu ]]; then
    "$@"
    return
  fi
  nvidia-smi --query-gpu=memory.used --format=csv,noheader,nounits -lms 250 >"$scratch/memory" &
  local watcher=$!
  "$@"
  kill "$watcher"
  printf '{"device_memory_mb": %s}\n' "$(sort -n "$scratch/memory" | tail -1)"
}

transformers() {
  (cd "$scratch" && "$PYTHON" "$OLDPWD/bench/peft_trainer.py" "$@" 2>/dev/null | tail -1)
}

for dtype in ${DTYPES:-f32}; do
  for checkpointing in ${CHECKPOINTING:-false}; do
    base="$scratch/$dtype-$checkpointing"
    mkdir "$base"
    printf '{"model_path": "%s", "method": "lora", "lora": {"rank": 8, "alpha": 16, "dropout": 0.05},
      "device": "%s", "batch_size": %d, "gradient_accumulation": 4, "max_length": 384, "learning_rate": 0.0002, "warmup_steps": 5,
      "eval_steps": 0, "save_steps": 1000000, "dtype": "%s",
      "gradient_checkpointing": %s}\n' "$MODEL" "$DEVICE" "$BATCH" "$dtype" "$checkpointing" >"$base/config.json"
    STEPWELL_MAIN=dev.stepwell.bench.AdapterSpeed STEPWELL_CLASSPATH=bench/target/classes \
      measured ./stepwell "$base" "$file" "$WARM_UP"
    if [[ -n "$PYTHON" ]]; then
      options=(--steps "$STEPS" --warmup-steps "$WARM_UP" --dtype "$dtype" --device "$DEVICE" --batch-size "$BATCH")
      [[ "$checkpointing" == false ]] || options+=(--checkpointing)
      measured transformers "$MODEL" "$file" "${options[@]}"
    fi
  done
done
