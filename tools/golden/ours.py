"""Loads adapters that Stepwell trained with peft, and keeps them with what peft computes with them.

    mvn -q test-compile -pl torch -am
    java -cp 'torch/target/test-classes:torch/target/classes:core/target/classes:app/target/stepwell/lib/*' \\
        dev.stepwell.torch.pretrained.AdapterForPeft OURS
    python tools/golden/ours.py OURS torch/src/test/resources/golden

The tests hold Stepwell to these logits, and hold what it writes to these files, byte for byte.
"""

import json
import shutil
import sys
from pathlib import Path

import torch
from peft import PeftModel
from safetensors.torch import load_file, save_file
from transformers import AutoModelForCausalLM

ours, golden = map(Path, sys.argv[1:])
torch.set_num_threads(1)
for adapter in sorted(ours.iterdir()):
    model = golden / adapter.name
    kept = model / "ours"
    shutil.rmtree(kept, ignore_errors=True)
    shutil.copytree(adapter, kept)
    config = json.loads((kept / "adapter_config.json").read_text())
    config["base_model_name_or_path"] = ".."  # Wherever it was trained.
    (kept / "adapter_config.json").write_text(json.dumps(config, indent=2) + "\n")

    base = AutoModelForCausalLM.from_pretrained(model, dtype=torch.float32, attn_implementation="eager")
    ids = load_file(model / "expected.safetensors")["ids"]
    with torch.no_grad():
        before = base(ids).logits
        adapted = PeftModel.from_pretrained(base, kept).eval()
        missing = [name for name in load_file(kept / "adapter_model.safetensors") if
                   name.replace(".weight", ".default.weight") not in adapted.state_dict()]
        assert not missing, missing
        after = adapted(ids).logits.contiguous()
    save_file({"logits": after}, kept / "expected.safetensors")
    print(adapter.name, f"changes logits by up to {(after - before).abs().max():.3f}")
