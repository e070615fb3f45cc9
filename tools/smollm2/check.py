"""Loads an adapter that Stepwell trained with peft, and prints what it changes.

    pip install torch transformers peft
    python tools/smollm2/check.py BASE_MODEL ADAPTER_OR_MERGED_MODEL FILE.jsonl

Prints the mean loss in nats of each completion's tokens and the end of turn, without and with the adapter, for the
first rows of a file of prompts and completions.
"""

import json
import sys
from itertools import islice
from pathlib import Path

import torch
from peft import PeftModel
from transformers import AutoModelForCausalLM, AutoTokenizer

ROWS = 12
MAX_LENGTH = 384

base_folder, other, file = sys.argv[1:]
tokenizer = AutoTokenizer.from_pretrained(base_folder)
end_of_turn = tokenizer.convert_tokens_to_ids("<|im_end|>")


def encode(text):
    return tokenizer(text, add_special_tokens=False).input_ids


@torch.no_grad()
def mean_loss(model):
    total, count = 0.0, 0
    with open(file) as lines:
        for row in map(json.loads, islice(lines, ROWS)):
            answer = encode(row["completion"]) + [end_of_turn]
            prompt = encode(row["prompt"])[-(MAX_LENGTH - len(answer)) :]
            logits = model(torch.tensor([prompt + answer])).logits[0, len(prompt) - 1 : -1]
            total += torch.nn.functional.cross_entropy(logits, torch.tensor(answer), reduction="sum").item()
            count += len(answer)
    return total / count


def load(folder):
    return AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32).eval()


base = load(base_folder)
print(f"without: {mean_loss(base):.6f}")
adapted = PeftModel.from_pretrained(base, other) if (Path(other) / "adapter_config.json").exists() else load(other)
print(f"with:    {mean_loss(adapted):.6f}")
