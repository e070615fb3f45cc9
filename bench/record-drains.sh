#!/usr/bin/env bash
# Records real drains of a real daemon, for bench/eta.sh to replay:
#   bench/record-drains.sh DATA OUT [NAME...]
# DATA is a folder with t0-22, gsm8k, syllo and formats (see docs/benchmarks.md), OUT the folder for the recordings,
# NAME one of those below; all of them unless some are named. In the environment, SIZE=2 takes models with which a drain
# lasts minutes on two processors that do nothing else, SIZE=3 such with which it lasts three times as long; those of
# SIZE=1 are for a machine that is busy. QUIET=M waits before each for M minutes at most until other processes take less
# than a tenth of the machine.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
(($# >= 2)) || { sed -n '2,8s/^# //p' "${BASH_SOURCE[0]}" >&2; exit 2; }
DATA="$(realpath "$1")"
mkdir -p "$2"
OUT="$(realpath "$2")"
readonly DATA OUT
shift 2
scratch="$(mktemp -d)"
daemon='' disturber=''
finish() {
  undisturbed
  [[ -z "$daemon" ]] || kill "$daemon" 2>/dev/null || true
  rm -rf "$scratch"
}
trap finish EXIT

mvn -q -B -ntp -P '!checks' -Dmaven.test.skip=true package >&2
touch app/target/stepwell/.built
./stepwell --version >&2
export STEPWELL_MAIN=dev.stepwell.bench.eta.RecordDrain STEPWELL_CLASSPATH=bench/target/classes
# Width, layers, heads.
model() {
  printf '"model": {"hidden_size": %d, "intermediate_size": %d, "num_hidden_layers": %d, "num_attention_heads": %d, "num_key_value_heads": %d}' \
    "$1" "$(($1 * 3))" "$2" "$3" "$(($3 / 2))"
}
case "${SIZE:-1}" in
  1) SMALL="$(model 64 2 4)" MIDDLE="$(model 128 4 4)" LARGE="$(model 256 6 8)" ;;
  2) SMALL="$(model 256 6 4)" MIDDLE="$(model 320 6 4)" LARGE="$(model 512 8 8)" ;;
  3) SMALL="$(model 384 8 4)" MIDDLE="$(model 448 8 4)" LARGE="$(model 640 10 8)" ;;
  *) printf 'SIZE=%s: 1, 2 or 3\n' "$SIZE" >&2; exit 2 ;;
esac
readonly SMALL MIDDLE LARGE

# A new base directory with the configuration $1; `what` is said in the recording.
place() {
  base="$scratch/$name"
  tape="$OUT/$name.drain"
  mkdir -p "$base/inbox"
  printf '{"web": {"port": 0}, "poll_interval": 1, "duplicates": "train", %s}\n' "$1" >"$base/config.json"
  {
    printf '# %s\n' "$2"
    printf '# %s; %s processors, %s, %s\n' "${1//\"/}" "$(nproc)" \
      "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1)" "$(date -u +%F)"
  } >"$tape"
}

# Files into the inbox. `rows FILE FROM COUNT NAME`: COUNT rows of FILE from the one numbered FROM.
rows() { sed -n "$2,$(($2 + $3 - 1))p" "$DATA/$1" >"$scratch/part"; mv "$scratch/part" "$base/inbox/$4"; }
gsm8k() {
  sed -n "$1,$(($1 + $2 - 1))p" "$DATA/gsm8k/test.jsonl" |
    jq -c '{messages: [{role: "user", content: .question}, {role: "assistant", content: .answer}]}' >"$scratch/part"
  mv "$scratch/part" "$base/inbox/$3"
}
# Those of the 22 files of t0-22 whose place is FROM, FROM + STEP, ...: `t0 FROM STEP COUNT`.
t0() {
  local place=0 file
  for file in "$DATA"/t0-22/*.jsonl; do
    place=$((place + 1))
    if ((place >= $1 && (place - $1) % $2 == 0 && (place - $1) / $2 < $3)); then cp "$file" "$base/inbox/"; fi
  done
}

start() {
  ./stepwell "$base" "$tape" >"$scratch/out" 2>&1 &
  daemon=$!
}
# Until the daemon has ended by itself.
finished() {
  wait "$daemon" || { cat "$scratch/out" "$base"/logs/* >&2; exit 1; }
  daemon=''
  rm -rf "$base"
}
# Until the daemon ends or $1 steps are recorded.
steps() { while [[ "$(grep -c ' step ' "$tape")" -lt $1 ]] && kill -0 "$daemon" 2>/dev/null; do sleep 0.2; done; }
ask() { env -u STEPWELL_MAIN ./stepwell "$@" --base-dir "$base" >/dev/null; }

# So many processes that compute all the time, until `undisturbed`.
disturbed() {
  setsid bash -c 'for ((i = 0; i < '"$1"'; i++)); do (while :; do :; done) & done; wait' &
  disturber=$!
}
undisturbed() {
  [[ -z "$disturber" ]] || kill -- "-$disturber" 2>/dev/null || true
  disturber=''
}
# Disturbs and rests by turns of $1 and $2 seconds, until the daemon has ended.
by_turns() {
  while kill -0 "$daemon" 2>/dev/null; do
    disturbed 1
    nap "$1"
    undisturbed
    nap "$2"
  done
}
nap() { for ((i = 0; i < $1 * 5; i++)); do kill -0 "$daemon" 2>/dev/null || return 0; sleep 0.2; done; }

# The drains come in pairs, alike in kind and different in data and configuration: of each pair the estimator was tuned
# on one (a) and is judged by the other (b).

plain_a() {
  place "$MIDDLE, \"batch_size\": 8, \"eval_steps\": 10, \"save_steps\": 100" 'eleven files, rows of different lengths'
  t0 1 2 11
  start; finished
}
plain_b() {
  place "$SMALL, \"batch_size\": 4, \"epochs\": 2, \"eval_steps\": 50, \"save_steps\": 40" 'eleven files, two epochs'
  t0 2 2 11
  start; finished
}
lengths_a() {
  place "$MIDDLE, \"batch_size\": 4, \"eval_steps\": 25" 'files of 5 to 400 rows, short and long ones'
  gsm8k 1 20 01.jsonl; gsm8k 21 300 02.jsonl; rows formats/c4_demo.jsonl 1 60 03.jsonl
  rows t0-22/glue_qqp_same_thing.jsonl 1 200 04.jsonl; rows syllo/syllo_validation_20.jsonl 1 20 05.jsonl
  gsm8k 321 5 06.jsonl; rows formats/v1_sft_demo.jsonl 1 400 07.jsonl; rows t0-22/imdb_Sentiment_with_choices_.jsonl 1 100 08.jsonl
  start; finished
}
lengths_b() {
  place "$SMALL, \"batch_size\": 8, \"eval_steps\": 20, \"save_steps\": 30" 'files of 4 to 999 rows, short and long ones'
  rows t0-22/wiki_bio_who.jsonl 1 40 01.jsonl; rows t0-22/qasc_is_correct_2.jsonl 1 200 02.jsonl
  gsm8k 400 500 03.jsonl; rows formats/v1_sft_demo.jsonl 1 4 04.jsonl; rows syllo/syllo_validation_100.jsonl 1 100 05.jsonl
  cp "$DATA/formats/alpaca_en_demo.json" "$base/inbox/06.json"; rows formats/c4_demo.jsonl 61 200 07.jsonl
  start; finished
}
evals_a() {
  place "$MIDDLE, \"batch_size\": 8, \"eval_steps\": 10, \"num_eval_samples\": 4, \"save_steps\": 15" 'many previews and checkpoints'
  t0 1 3 8
  start; finished
}
evals_b() {
  place "$SMALL, \"batch_size\": 4, \"eval_steps\": 20, \"num_eval_samples\": 8, \"save_steps\": 25" 'many previews and checkpoints'
  gsm8k 1 250 01.jsonl; gsm8k 300 100 02.jsonl; gsm8k 400 150 03.jsonl; gsm8k 600 200 04.jsonl
  start; finished
}
pauses_a() {
  place "$MIDDLE, \"batch_size\": 8, \"save_steps\": 50" 'paused twice, for 20 and 40 seconds'
  t0 2 3 7
  start; steps 40; ask pause; sleep 20; ask resume; steps 120; ask pause; sleep 40; ask resume; finished
}
pauses_b() {
  place "$SMALL, \"batch_size\": 4, \"save_steps\": 60" 'paused three times, for 5, 60 and 15 seconds'
  t0 1 3 8
  # In the middle of files: what happens between two of them no trainer is told, so that it would not be recorded.
  start; steps 110; ask pause; sleep 5; ask resume; steps 210; ask pause; sleep 60; ask resume
  steps 330; ask pause; sleep 15; ask resume; finished
}
restart_a() {
  place "$MIDDLE, \"batch_size\": 8, \"save_steps\": 10" 'stopped at 40 % of the second file and started again, killed in the fourth'
  gsm8k 1 240 01.jsonl; gsm8k 241 400 02.jsonl; rows t0-22/samsum_To_sum_up_this_dialog.jsonl 1 200 03.jsonl
  gsm8k 700 400 04.jsonl; rows t0-22/wiki_bio_who.jsonl 1 200 05.jsonl
  start; steps 50; kill -TERM "$daemon"; wait "$daemon" || true
  start; steps 125; kill -KILL "$daemon"; wait "$daemon" || true
  start; finished
}
restart_b() {
  place "$SMALL, \"batch_size\": 4, \"save_steps\": 20" 'stopped at 90 % of a file of 300 steps and started again; two files behind it'
  gsm8k 1 1200 01.jsonl; rows t0-22/ropes_prompt_beginning.jsonl 1 200 02.jsonl; gsm8k 1201 119 03.jsonl
  start; steps 270; kill -TERM "$daemon"; wait "$daemon" || true
  start; finished
}
slow_a() {
  place "$MIDDLE, \"batch_size\": 8" 'another process keeps one processor busy from step 90 to step 170'
  t0 3 2 10
  start; steps 90; disturbed 1; steps 170; undisturbed; finished
}
slow_b() {
  place "$SMALL, \"batch_size\": 4, \"eval_steps\": 25" 'another process keeps one processor busy from step 250 to the end'
  t0 4 2 10
  start; steps 250; disturbed 1; finished; undisturbed
}
arrivals_a() {
  place "$MIDDLE, \"batch_size\": 8" 'three files at first, four more come in the second and the fourth'
  t0 1 5 3
  start; steps 30; t0 2 5 2; steps 80; t0 4 5 2; finished
}
arrivals_b() {
  place "$SMALL, \"batch_size\": 4, \"save_steps\": 30" 'two files at first, five more come one by one'
  gsm8k 1 300 01.jsonl; rows t0-22/gigaword_in_a_nutshell.jsonl 1 200 02.jsonl
  start; steps 60; rows formats/c4_demo.jsonl 1 100 03.jsonl; steps 110; gsm8k 301 100 04.jsonl; steps 150
  rows t0-22/yelp_review_full_on_a_scale.jsonl 1 200 05.jsonl; gsm8k 401 200 06.jsonl; steps 220; rows formats/v1_sft_demo.jsonl 1 300 07.jsonl
  finished
}
turns_a() {
  place "$MIDDLE, \"batch_size\": 8, \"eval_steps\": 20" 'another process keeps one processor busy for 12 of every 30 seconds'
  t0 1 2 11
  start; by_turns 12 18; finished
}
turns_b() {
  place "$SMALL, \"batch_size\": 4, \"eval_steps\": 20, \"save_steps\": 50" 'another process keeps one processor busy for 7 of every 12 seconds'
  t0 2 2 11
  start; by_turns 7 5; finished
}
single_a() {
  place "$SMALL, \"batch_size\": 4, \"eval_steps\": 50, \"save_steps\": 100" 'one file'
  gsm8k 1 1319 01.jsonl
  start; finished
}
single_b() {
  place "$MIDDLE, \"batch_size\": 8, \"eval_steps\": 20, \"save_steps\": 50" 'one file of an uneven kind'
  { cat "$DATA"/t0-22/{adv,com,dbp,imdb,q}*.jsonl; } >"$scratch/part"; mv "$scratch/part" "$base/inbox/01.jsonl"
  start; finished
}
large_a() {
  place "$LARGE, \"batch_size\": 4, \"gradient_accumulation\": 4, \"eval_steps\": 5, \"save_steps\": 10" 'few and slow steps'
  t0 1 4 6
  start; finished
}
large_b() {
  place "$LARGE, \"batch_size\": 4, \"gradient_accumulation\": 8, \"eval_steps\": 4, \"save_steps\": 8" 'few and slow steps'
  gsm8k 1 200 01.jsonl; rows t0-22/rotten_tomatoes_Reviewer_Sentiment_Feeling.jsonl 1 200 02.jsonl; gsm8k 201 320 03.jsonl
  rows formats/c4_demo.jsonl 1 64 04.jsonl
  start; finished
}

# Waits, $1 minutes at most, until for ten seconds less than a tenth of the machine was used.
quiet() {
  local before after
  for ((i = 0; i < $1 * 6; i++)); do
    before="$(awk '/^cpu / {print $2 + $3 + $4}' /proc/stat)"
    sleep 10
    after="$(awk '/^cpu / {print $2 + $3 + $4}' /proc/stat)"
    if ((after - before < $(nproc) * 100)); then return; fi
  done
}

if (($# == 0)); then
  set -- {plain,lengths,evals,pauses,restart,slow,arrivals,turns,single,large}_{a,b}
fi
for name in "$@"; do
  [[ -z "${QUIET:-}" ]] || quiet "$QUIET"
  "$name"
  printf '%s: %s steps\n' "$name" "$(grep -c ' step ' "$OUT/$name.drain")"
done
