"""The same training with transformers' Trainer and peft, for comparison: bench/adapter-speed.sh runs both.

    python bench/peft_trainer.py MODEL FILE.jsonl --steps 8 [--dtype f32|bf16] [--device cpu|cuda]

FILE holds conversations; they are rendered as ChatML and learnt at the assistant's tokens, as Stepwell does. Rows are
taken in the file's order. Prints one JSON object: tokens per second without padding, seconds per phase, most memory.
"""

import argparse
import json
import resource
import time
from collections import defaultdict
from contextlib import contextmanager

import torch
from peft import LoraConfig, get_peft_model
from torch.utils.data import SequentialSampler
from transformers import AutoModelForCausalLM, AutoTokenizer, Trainer, TrainerCallback, TrainingArguments

parser = argparse.ArgumentParser()
parser.add_argument("model")
parser.add_argument("file")
parser.add_argument("--steps", type=int, default=8)
parser.add_argument("--warmup-steps", type=int, default=2)
parser.add_argument("--batch-size", type=int, default=4)
parser.add_argument("--accumulation", type=int, default=4)
parser.add_argument("--max-length", type=int, default=384)
parser.add_argument("--rank", type=int, default=8)
parser.add_argument("--threads", type=int, default=2)
parser.add_argument("--dtype", choices=["f32", "bf16"], default="f32")
parser.add_argument("--device", choices=["cpu", "cuda"], default="cpu")
parser.add_argument("--checkpointing", action="store_true")
args = parser.parse_args()

torch.set_num_threads(args.threads)
tokenizer = AutoTokenizer.from_pretrained(args.model)
IGNORED = -100


def encode(text):
    return tokenizer(text, add_special_tokens=False).input_ids


def example(messages):
    ids, labels = [], []
    for message in messages:
        head = encode(f"<|im_start|>{message['role']}\n")
        body = encode(message["content"] + "<|im_end|>")
        learnt = message["role"] == "assistant"
        ids += head + body
        labels += [IGNORED] * len(head) + (body if learnt else [IGNORED] * len(body))
        after = encode("\n")
        ids += after
        labels += [IGNORED] * len(after)
    ids, labels = ids[:-1], labels[:-1]
    return {"input_ids": ids[-args.max_length :], "labels": labels[-args.max_length :]}


def collate(rows):
    length = max(len(row["input_ids"]) for row in rows)

    def padded(row, key, value):
        return row[key] + [value] * (length - len(row[key]))

    ids = torch.tensor([padded(row, "input_ids", tokenizer.pad_token_id or 0) for row in rows])
    labels = torch.tensor([padded(row, "labels", IGNORED) for row in rows])
    lengths = torch.tensor([[len(row["input_ids"])] for row in rows])
    return {"input_ids": ids, "labels": labels, "attention_mask": (torch.arange(length) < lengths).long()}


seconds = defaultdict(float)
tokens = 0


@contextmanager
def phase(name):
    started = time.perf_counter()
    yield
    seconds[name] += time.perf_counter() - started


class TimedTrainer(Trainer):
    def _get_train_sampler(self, *_):
        return SequentialSampler(self.train_dataset)

    def compute_loss(self, model, inputs, **kwargs):
        global tokens
        tokens += int(inputs["attention_mask"].sum())
        with phase("forward"):
            return super().compute_loss(model, inputs, **kwargs)

    def get_batch_samples(self, *more, **kwargs):
        with phase("data"):
            return super().get_batch_samples(*more, **kwargs)

    def create_optimizer(self, *more, **kwargs):
        optimizer = super().create_optimizer(*more, **kwargs)
        step = optimizer.step

        def timed(*a, **k):
            with phase("optimizer"):
                return step(*a, **k)

        optimizer.step = timed
        return optimizer


class Warm(TrainerCallback):
    """Forgets what the first steps took."""

    def on_step_end(self, _args, state, _control, **_):
        global tokens, started
        if state.global_step == args.warmup_steps:
            seconds.clear()
            tokens = 0
            started = time.perf_counter()


model = AutoModelForCausalLM.from_pretrained(
    args.model, dtype=torch.float32 if args.dtype == "f32" else torch.bfloat16
)
model = get_peft_model(
    model, LoraConfig(r=args.rank, lora_alpha=2 * args.rank, lora_dropout=0.05, target_modules="all-linear")
)
rows = [json.loads(line)["messages"] for line in open(args.file, encoding="utf-8")]
needed = (args.steps + args.warmup_steps) * args.batch_size * args.accumulation
data = [example(messages) for messages in rows[:needed]]
assert len(data) == needed, f"{args.file} has {len(data)} rows, {needed} are needed"
trainer = TimedTrainer(
    model=model,
    args=TrainingArguments(
        output_dir="unused",
        per_device_train_batch_size=args.batch_size,
        gradient_accumulation_steps=args.accumulation,
        max_steps=args.steps + args.warmup_steps,
        learning_rate=2e-4,
        lr_scheduler_type="constant_with_warmup",
        warmup_steps=5,
        weight_decay=0.01,
        max_grad_norm=1.0,
        use_cpu=args.device == "cpu",
        bf16=args.dtype == "bf16",
        gradient_checkpointing=args.checkpointing,
        save_strategy="no",
        logging_strategy="no",
        report_to=[],
        disable_tqdm=True,
    ),
    train_dataset=data,
    data_collator=collate,
    callbacks=[Warm()],
)
backward = trainer.accelerator.backward


def timed_backward(*more, **kwargs):
    with phase("backward"):
        backward(*more, **kwargs)


trainer.accelerator.backward = timed_backward
started = time.perf_counter()
result = trainer.train()
wall = time.perf_counter() - started
print(
    json.dumps(
        {
            "what": "transformers + peft",
            "device": args.device,
            "dtype": args.dtype,
            "checkpointing": args.checkpointing,
            "tokens_per_sec": round(tokens / wall, 1),
            "seconds": {name: round(took, 2) for name, took in seconds.items()} | {"all": round(wall, 2)},
            "peak_rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
            "train_loss": round(result.training_loss, 4),
        }
    )
)
