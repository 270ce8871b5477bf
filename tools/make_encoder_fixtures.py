"""Make tests/vectors/encoder-*.npz with transformers, from the networks in assets/models.

    pip install torch==2.13.0 transformers==5.23.0 tokenizers
    python -m tools.make_encoder_fixtures

The float16 files are loaded as float32. Each text has, under its number: text; ids; heads, a list of (layer,
head) counted from 1; rows, the positions that are kept; weights (heads, rows, n) and the last hidden states
(rows, d).
"""

from pathlib import Path

import numpy as np
import tokenizers
import torch
import transformers

ROOT = Path(__file__).parents[1]
LIMIT = 512

ENGLISH = [
    "The Law will never be perfect, but its application should be just - this is what we are missing, in my opinion.",
    "The animal didn't cross the street because it was too tired.",
    "Thinking Machines",
    "",
    "I ❤️ naïve cafés 👍🏽😂, don't you? <b>Yes</b>",
    "The quick brown fox jumps over the lazy dog, and nobody knows why it does so. " * 40,
]
CHINESE = [
    "我吃了100个包子",
    "小猫没有过马路，因为它太累了。",
    "我用 Python 写代码😂👍，你呢？",
    "",
    "今天天气很好，我们去公园散步，然后回家吃饭。" * 30,
]


def main() -> None:
    bert = transformers.BertModel, {"add_pooling_layer": False}
    make("all-minilm-l6-v2", *bert, ENGLISH, [(1, 3), (4, 2), (6, 12)])
    make("simbert-tiny-zh", transformers.ElectraModel, {}, CHINESE, [(1, 3), (3, 4), (4, 12)])


def make(name: str, model_class: type, options: dict, texts: list[str], heads: list[tuple[int, int]]) -> None:
    folder = ROOT / "assets/models" / name
    tokenizer = tokenizers.Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(LIMIT)
    model = model_class.from_pretrained(
        folder, local_files_only=True, dtype=torch.float32, attn_implementation="eager", **options
    ).eval()

    arrays = {}
    for number, text in enumerate(texts):
        ids = tokenizer.encode(text).ids
        with torch.inference_mode():
            result = model(torch.tensor([ids]), output_attentions=True)
        rows = np.arange(0, len(ids), 1 if len(ids) < 64 else 64)  # of a long text only some
        chosen = {
            "text": np.array(text),
            "ids": np.array(ids),
            "heads": np.array(heads),
            "rows": rows,
            "weights": np.stack([result.attentions[i - 1][0, j - 1, rows].numpy() for i, j in heads]),
            "hidden": result.last_hidden_state[0, rows].numpy(),
        }
        arrays |= {f"{number}/{key}": value for key, value in chosen.items()}
    np.savez_compressed(ROOT / "tests/vectors" / f"encoder-{name}.npz", **arrays)


if __name__ == "__main__":
    main()
