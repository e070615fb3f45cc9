"""Loads what Stepwell trained with Hugging Face's own code and lets it answer the demo's held-out puzzles.

    pip install torch transformers
    python bench/transformers_check.py stepwell-data

The base directory is that of a finished `./stepwell demo`. Exits non-zero unless transformers' LlamaForCausalLM, with
the tokenizer and chat template beside the weights, answers every one of them right and reads the trainer state.
"""

import json
import pathlib
import sys

from transformers import AutoTokenizer, LlamaForCausalLM, TrainerState

base = pathlib.Path(sys.argv[1])
model_dir = base / "current_model"
model = LlamaForCausalLM.from_pretrained(model_dir)
tokenizer = AutoTokenizer.from_pretrained(model_dir)
newest = max(model_dir.glob("checkpoint-*"), key=lambda path: int(path.name.split("-")[1]))
state = TrainerState.load_from_json(str(newest / "trainer_state.json"))
print(f"trainer state: step {state.global_step}, last entry {state.log_history[-1]}")

end_of_turn = tokenizer.convert_tokens_to_ids("<|im_end|>")
right = total = 0
for line in (base / "validation" / "syllo_held_out.jsonl").read_text(encoding="utf-8").splitlines():
    question, answer = json.loads(line)["messages"]
    prompt = tokenizer.apply_chat_template([question], add_generation_prompt=True, return_tensors="pt", return_dict=False)
    output = model.generate(prompt, max_new_tokens=16, do_sample=False, eos_token_id=end_of_turn, pad_token_id=0)
    text = tokenizer.decode(output[0][prompt.shape[1]:], skip_special_tokens=True)
    right += text.strip() == answer["content"]
    total += 1
print(f"exact match by transformers: {right} of {total}")
sys.exit(0 if right == total and total > 0 else 1)
