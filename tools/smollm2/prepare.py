"""Writes a folder of files to train and files to hold out, from GSM8K and from folders of prompts and completions.

    python tools/smollm2/prepare.py DATA OUT [ROWS_PER_FILE]

DATA holds `gsm8k/test.jsonl` (question, answer) and `t0-22/*.jsonl` (prompt, completion). Each row becomes a
conversation of two messages. In OUT, `train/` holds the first rows of each file, and `held-out/gsm8k.jsonl` and
`held-out/t0-22.jsonl` the rows after them.
"""

import json
import sys
from itertools import islice
from pathlib import Path

HELD_OUT_GSM8K = 100
HELD_OUT_EACH = 5


def rows(file):
    with open(file, encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if "question" in row:
                yield row["question"], row["answer"]
            else:
                # Written out in the text: learnt as it stands, it would be answered as it stands.
                yield row["prompt"], row["completion"].removesuffix("<|endoftext|>")


def write(file, pairs):
    file.parent.mkdir(parents=True, exist_ok=True)
    with open(file, "a", encoding="utf-8") as out:
        for prompt, answer in pairs:
            if prompt.strip() and answer.strip():
                messages = [{"role": "user", "content": prompt}, {"role": "assistant", "content": answer}]
                out.write(json.dumps({"messages": messages}, ensure_ascii=False) + "\n")


data, out = Path(sys.argv[1]), Path(sys.argv[2])
if out.exists():
    sys.exit(f"{out} exists: name a folder to be made")
rows_per_file = int(sys.argv[3]) if len(sys.argv) > 3 else 10**9
files = [(data / "gsm8k/test.jsonl", "gsm8k", HELD_OUT_GSM8K)]
files += [(file, "t0-22", HELD_OUT_EACH) for file in sorted((data / "t0-22").glob("*.jsonl"))]
for source, held_out, count in files:
    all_rows = list(rows(source))
    name = "gsm8k" if held_out == "gsm8k" else source.stem
    write(out / "train" / f"{name}.jsonl", islice(all_rows, min(rows_per_file, len(all_rows) - count)))
    write(out / "held-out" / f"{held_out}.jsonl", all_rows[-count:])
