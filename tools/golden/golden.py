"""Makes the reference that Stepwell's own models are held against, with PyTorch, transformers and peft.

    pip install torch transformers peft safetensors
    python tools/golden/golden.py torch/src/test/resources/golden

Run tools/golden/ours.py afterwards: this makes the folder anew.

For each tiny random model: its folder as transformers saves it, an adapter as peft saves it, and
expected.safetensors with what the reference computes: logits, losses of training steps, gradients, greedy
continuations, with and without the adapter.
"""

import json
import shutil
import sys
from pathlib import Path

import torch
from peft import LoraConfig, PeftModel, get_peft_model
from safetensors.torch import save_file
from transformers import AutoModelForCausalLM, LlamaConfig, MistralConfig, Qwen2Config, Qwen3Config

STEPS = 10
LEARNING_RATE = 5e-3
WEIGHT_DECAY = 0.01
MAX_GRAD_NORM = 1.0
SIZE = dict(
    vocab_size=96,
    hidden_size=32,
    intermediate_size=48,
    num_hidden_layers=2,
    num_attention_heads=4,
    num_key_value_heads=2,
    max_position_embeddings=128,
    bos_token_id=None,
    eos_token_id=None,
    pad_token_id=None,
)
LINEAR = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]

CASES = {
    "llama": dict(config=LlamaConfig(**SIZE, tie_word_embeddings=False, rms_norm_eps=1e-5)),
    "llama3-scaled": dict(
        config=LlamaConfig(
            **SIZE,
            tie_word_embeddings=True,
            rope_parameters=dict(
                rope_type="llama3",
                rope_theta=500.0,
                factor=8.0,
                low_freq_factor=1.0,
                high_freq_factor=4.0,
                original_max_position_embeddings=32,
            ),
        ),
        lora=dict(use_rslora=True),
    ),
    "smollm2": dict(
        config=LlamaConfig(**SIZE, tie_word_embeddings=True, attention_bias=True, mlp_bias=True),
        dtype=torch.bfloat16,
        max_shard_size="20KB",
    ),
    "qwen2": dict(config=Qwen2Config(**SIZE, tie_word_embeddings=True), lora=dict(target_modules=["q_proj", "v_proj"])),
    "qwen3": dict(config=Qwen3Config(**SIZE, head_dim=16, tie_word_embeddings=True), dtype=torch.float16),
    "mistral": dict(config=MistralConfig(**SIZE, head_dim=8, sliding_window=7, tie_word_embeddings=False)),
}


def randomised(config, seed):
    """A model of which no weight is left at 0 or 1, where a mistake would not show."""
    torch.manual_seed(seed)
    model = AutoModelForCausalLM.from_config(config, attn_implementation="eager").float().eval()
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            parameter.normal_(1.0 if "norm" in name else 0.0, 0.15)
    return model


def loss_of(model, ids, targets):
    """Mean over the targets of -log p, in float32."""
    logits = model(ids).logits[:, :-1]
    wanted = targets[:, 1:]
    return torch.nn.functional.cross_entropy(logits[wanted], ids[:, 1:][wanted])


def trained(model, ids, targets):
    """Losses of STEPS steps of AdamW, decay on matrices only, after which the model is another."""
    parameters = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(
        [
            {"params": [p for p in parameters if p.ndim >= 2], "weight_decay": WEIGHT_DECAY},
            {"params": [p for p in parameters if p.ndim < 2], "weight_decay": 0.0},
        ],
        lr=LEARNING_RATE,
    )
    losses = []
    for _ in range(STEPS):
        optimizer.zero_grad()
        loss = loss_of(model, ids, targets)
        losses.append(loss.item())
        loss.backward()
        torch.nn.utils.clip_grad_norm_(parameters, MAX_GRAD_NORM)
        optimizer.step()
    return torch.tensor(losses)


def greedy(model, prompt):
    ids = prompt.clone()
    for _ in range(32):
        ids = torch.cat([ids, model(ids).logits[:, -1:].argmax(-1)], dim=1)
    return ids[0, prompt.shape[1] :]


def make(name, case, folder, seed):
    model = randomised(case["config"], seed)
    model.to(case.get("dtype", torch.float32)).save_pretrained(folder, max_shard_size=case.get("max_shard_size", "5GB"))

    def load():
        return AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32, attn_implementation="eager")

    generator = torch.Generator().manual_seed(seed)
    ids = torch.randint(0, SIZE["vocab_size"], (2, 20), generator=generator)
    targets = torch.zeros_like(ids, dtype=torch.bool)
    targets[0, 11:] = True
    targets[1, 5:9] = True
    prompt = ids[:1, :9]

    model = load().eval()
    expected = {"ids": ids, "targets": targets.long(), "prompt": prompt[0]}
    with torch.no_grad():
        expected["logits"] = model(ids).logits.contiguous()
        expected["greedy"] = greedy(model, prompt)
    expected["losses"] = trained(model, ids, targets)

    options = dict(r=4, lora_alpha=8, lora_dropout=0.0, target_modules=LINEAR, task_type="CAUSAL_LM")
    adapted = get_peft_model(load(), LoraConfig(**(options | case.get("lora", {}))))
    with torch.no_grad():
        for parameter in adapted.parameters():
            if parameter.requires_grad:
                parameter.normal_(0.0, 0.2, generator=generator)
    adapted.save_pretrained(folder / "adapter")
    adapted = PeftModel.from_pretrained(load(), folder / "adapter", is_trainable=True).eval()
    with torch.no_grad():
        expected["lora.logits"] = adapted(ids).logits.contiguous()
        expected["lora.greedy"] = greedy(adapted, prompt)
    loss_of(adapted, ids, targets).backward()
    for parameter_name, parameter in adapted.named_parameters():
        if parameter.requires_grad:
            expected["lora.gradient." + parameter_name.replace(".default", "")] = parameter.grad.clone()
    adapted.zero_grad()
    expected["lora.losses"] = trained(adapted, ids, targets)
    save_file({k: v.clone().contiguous() for k, v in expected.items()}, folder / "expected.safetensors")
    print(name, [round(x, 4) for x in expected["losses"].tolist()[::3]], [round(x, 4) for x in expected["lora.losses"].tolist()[::3]])


def main():
    target = Path(sys.argv[1])
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    torch.set_num_threads(1)
    for seed, (name, case) in enumerate(CASES.items()):
        make(name, case, target / name, seed)
    # What peft and transformers write for people is no reference.
    for file in target.rglob("README.md"):
        file.unlink()
    settings = dict(learning_rate=LEARNING_RATE, weight_decay=WEIGHT_DECAY, max_grad_norm=MAX_GRAD_NORM, steps=STEPS)
    (target / "settings.json").write_text(json.dumps(settings, indent=2) + "\n")


main()
