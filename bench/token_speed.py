"""From a file to tokens and labels with datasets and tokenizers, as trainer libraries do it; bench/token-speed.sh runs it.

    python bench/token_speed.py TOKENIZER_FOLDER FILE.jsonl...

Each file is read several times with an empty cache, with one process (whose encode_batch uses all cores) and with one
process for each core; the faster of both is printed. Loading the libraries is not counted.
"""

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

import datasets
from transformers import AutoTokenizer

ROUNDS = 3
NOT_LEARNT = -100
tokenizer = AutoTokenizer.from_pretrained(sys.argv[1])
datasets.disable_progress_bars()


def joined(prompts, answers):
    """Ids of prompts and answers, one behind the other, of which the answers are learnt."""
    backend = tokenizer.backend_tokenizer
    before = backend.encode_batch_fast(prompts, add_special_tokens=False)
    after = backend.encode_batch_fast(answers, add_special_tokens=False)
    return {
        "input_ids": [b.ids + a.ids for b, a in zip(before, after)],
        "labels": [[NOT_LEARNT] * len(b.ids) + a.ids for b, a in zip(before, after)],
    }


def completions(batch):
    return joined(batch["prompt"], [answer + tokenizer.eos_token for answer in batch["completion"]])


def conversations(batch):
    """Of one answer each, found as the rest behind what is written up to it."""
    whole = tokenizer.apply_chat_template(batch["messages"], tokenize=False)
    before = tokenizer.apply_chat_template(
        [messages[:-1] for messages in batch["messages"]], tokenize=False, add_generation_prompt=True
    )
    assert all(text.startswith(prefix) for text, prefix in zip(whole, before))
    return joined(before, [text[len(prefix):].removesuffix("\n") for text, prefix in zip(whole, before)])


def read(file, processes):
    with tempfile.TemporaryDirectory() as cache:
        began = time.perf_counter()
        rows = datasets.load_dataset("json", data_files=str(file), split="train", cache_dir=cache)
        convert = conversations if "messages" in rows.column_names else completions
        done = rows.map(convert, batched=True, remove_columns=rows.column_names, num_proc=processes)
        seconds = time.perf_counter() - began
        return seconds, len(done), sum(len(ids) for ids in done["input_ids"])


for file in map(Path, sys.argv[2:]):
    found = {}
    for processes in (None, os.cpu_count()):
        os.environ["TOKENIZERS_PARALLELISM"] = "true" if processes is None else "false"
        found[processes] = [read(file, processes) for _ in range(ROUNDS)]
    processes = min(found, key=lambda each: statistics.median(f[0] for f in found[each]))
    seconds = statistics.median(f[0] for f in found[processes])
    _, rows, tokens = found[processes][0]
    print(
        f"datasets  {file.name:28} {rows / seconds:8,.0f} rows/s {file.stat().st_size / 1e6 / seconds:6.2f} MB/s"
        f"  {rows:,} rows, {tokens:,} tokens, {processes or 1} process(es)",
        flush=True,
    )
