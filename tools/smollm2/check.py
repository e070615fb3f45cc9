"""What a model that Stepwell trained has learnt, as transformers and peft see it.

    pip install torch transformers peft
    python tools/smollm2/check.py BASE_MODEL ADAPTER_OR_MERGED_MODEL HELD_OUT.jsonl [ROWS]

Prints the mean loss in nats of the assistant's tokens, without and with what was trained, for the first rows of a file
of conversations (tools/smollm2/prepare.py makes some).
"""

import json
import sys
from itertools import islice
from pathlib import Path

import torch
from peft import PeftModel
from transformers import AutoModelForCausalLM, AutoTokenizer

MAX_LENGTH = 512

base_folder, other, file = sys.argv[1:4]
rows = int(sys.argv[4]) if len(sys.argv) > 4 else 100
tokenizer = AutoTokenizer.from_pretrained(base_folder)


def encode(text):
    return tokenizer(text, add_special_tokens=False).input_ids


def example(messages):
    """Ids of the conversation in ChatML, and which of them are to be predicted."""
    ids, learnt = [], []
    for message in messages:
        parts = [
            (f"<|im_start|>{message['role']}\n", False),
            (message["content"] + "<|im_end|>", message["role"] == "assistant"),
            ("\n", False),
        ]
        for text, wanted in parts:
            encoded = encode(text)
            ids += encoded
            learnt += [wanted] * len(encoded)
    return torch.tensor([ids[-MAX_LENGTH:]]), torch.tensor(learnt[-MAX_LENGTH:])


@torch.no_grad()
def mean_loss(model):
    total, count = 0.0, 0
    with open(file, encoding="utf-8") as lines:
        for row in map(json.loads, islice(lines, rows)):
            ids, learnt = example(row["messages"])
            wanted = learnt[1:]
            logits = model(ids).logits[0, :-1][wanted]
            total += torch.nn.functional.cross_entropy(logits, ids[0, 1:][wanted], reduction="sum").item()
            count += int(wanted.sum())
    return total / count


def load(folder):
    return AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32).eval()


base = load(base_folder)
print(f"without: {mean_loss(base):.4f}")
adapted = PeftModel.from_pretrained(base, other) if (Path(other) / "adapter_config.json").exists() else load(other)
print(f"with:    {mean_loss(adapted):.4f}")
