"""Reads what a daemon wrote for TensorBoard by TensorBoard's own reader, and compares it with the daemon's history.

    python3 -m venv venv && venv/bin/pip install tensorboard
    venv/bin/python tools/tensorboard/check.py stepwell-data

Every scalar of every run has to be, to the bit of a 32-bit number, what history.db has for that step at that time;
every text has to come out of TensorBoard's renderer as headings and code and nothing else.
"""

import re
import sqlite3
import struct
import sys
from pathlib import Path

from tensorboard import plugin_util
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from tensorboard.util import tensor_util

COLUMNS = {
    "train/loss": "loss",
    "train/learning_rate": "learning_rate",
    "train/grad_norm": "gradient_norm",
    "train/tokens_per_sec": "tokens * 1e9 / nanos",
}
TAGS = re.compile(r"</?(p|strong|pre|code)>")
PASSED_OVER = {"train/epoch"}


def float32(value):
    return struct.unpack("f", struct.pack("f", float("nan") if value is None else value))[0]


def same(a, b):
    return a == b or (a != a and b != b)


def of_history(history, tag, step, at):
    if tag in COLUMNS:
        query = f"SELECT {COLUMNS[tag]} FROM step WHERE global_step = ? AND at = ?"
    elif tag == "eval/preview_accuracy_percent":
        query = "SELECT value FROM mark WHERE kind = 'preview' AND global_step = ? AND at = ?"
    else:
        sys.exit(f"{tag}: the history has nothing to compare with")
    return history.execute(query, (step, at)).fetchone()


def check_scalars(reader, history):
    compared = 0
    for tag in reader.Tags()["scalars"]:
        if tag in PASSED_OVER or tag.startswith(("eval/", "learnt_")) and tag != "eval/preview_accuracy_percent":
            continue
        for event in reader.Scalars(tag):
            at = int(event.wall_time * 1000 + 0.001)
            row = of_history(history, tag, event.step, at)
            if row is None:
                sys.exit(f"{tag}: step {event.step} at {at} is not in the history")
            if not same(float32(row[0]), event.value):
                sys.exit(f"{tag}: step {event.step} is {event.value}, in the history {row[0]}")
            compared += 1
    return compared


def check_texts(reader):
    shown = 0
    for tag in reader.Tags()["tensors"]:
        for event in reader.Tensors(tag):
            markdown = tensor_util.make_ndarray(event.tensor_proto).item().decode()
            html = plugin_util.markdown_to_safe_html(markdown)
            rest = TAGS.sub("", html)
            if "<" in rest:
                sys.exit(f"{tag}: step {event.step} shows more than text: {html}")
            shown += 1
    return shown


def main(base):
    history = sqlite3.connect(f"file:{base / 'history.db'}?mode=ro", uri=True)
    runs = sorted(p for p in (base / "logs" / "tensorboard").iterdir() if p.is_dir())
    steps = 0
    for run in runs:
        reader = EventAccumulator(str(run), size_guidance={"scalars": 0, "tensors": 0}).Reload()
        compared = check_scalars(reader, history)
        texts = check_texts(reader)
        steps += len(reader.Scalars("train/loss")) if "train/loss" in reader.Tags()["scalars"] else 0
        print(f"{run.name}: {compared} scalars as in the history, {texts} texts; tags: "
              + ", ".join(sorted(reader.Tags()["scalars"] + reader.Tags()["tensors"])))
    if not steps:
        sys.exit("nothing to compare")
    print(f"{len(runs)} runs, {steps} steps: all the same")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
