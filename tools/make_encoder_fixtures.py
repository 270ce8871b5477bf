"""Make tests/vectors/encoder-*.npz with transformers, from the networks in assets/models.

    pip install torch==2.13.0 transformers==5.23.0 tokenizers
    python -m tools.make_encoder_fixtures

The float16 files are loaded as float32. Each case has, under its number: text; pair, only where there is a second
text; ids; without, the (layer, head) that are removed; heads, those that are kept, both counted from 1; rows, the
positions that are kept; weights (heads, rows, n) and the last hidden states (rows, d).
"""

import contextlib
from pathlib import Path
from typing import NamedTuple

import numpy as np
import tokenizers
import torch
import transformers

ROOT = Path(__file__).parents[1]
LIMIT = 512
LAW = "The Law will never be perfect, but its application should be just - this is what we are missing, in my opinion."


class Case(NamedTuple):
    text: str
    pair: str | None = None
    without: tuple[tuple[int, int], ...] = ()


ENGLISH = [
    Case(LAW),
    Case("The animal didn't cross the street because it was too tired."),
    Case("Thinking Machines"),
    Case(""),
    Case("I ❤️ naïve cafés 👍🏽😂, don't you? <b>Yes</b>"),
    Case("The quick brown fox jumps over the lazy dog, and nobody knows why it does so. " * 40),
    Case("The cat chased the mouse.", "It was hungry and didn't wait."),
    Case("", "Thinking Machines"),
    Case("Why? " * 20, "The quick brown fox jumps over the lazy dog, and nobody knows why it does so. " * 40),
    Case("The animal didn't cross the street because it was too tired.", without=((1, 3), (4, 2), (5, 12))),
    Case("The cat chased the mouse.", "It was hungry.", without=((2, 9),)),
]
CHINESE = [
    Case("我吃了100个包子"),
    Case("小猫没有过马路，因为它太累了。"),
    Case("我用 Python 写代码😂👍，你呢？"),
    Case(""),
    Case("今天天气很好，我们去公园散步，然后回家吃饭。" * 30),
    Case("小猫追老鼠。", "因为它饿了，所以没有等。"),
    Case("", "我吃了100个包子"),
    Case("今天天气很好，我们去公园散步，然后回家吃饭。" * 30, "为什么？" * 70),
    Case("小猫没有过马路，因为它太累了。", without=((1, 3), (3, 4))),
    Case("小猫追老鼠。", "因为它饿了。", without=((2, 7),)),
]


def main() -> None:
    bert = transformers.BertModel, {"add_pooling_layer": False}
    make("all-minilm-l6-v2", *bert, ENGLISH, [(1, 3), (4, 2), (6, 12)])
    make("simbert-tiny-zh", transformers.ElectraModel, {}, CHINESE, [(1, 3), (3, 4), (4, 12)])


def make(name: str, model_class: type, options: dict, cases: list[Case], heads: list[tuple[int, int]]) -> None:
    folder = ROOT / "assets/models" / name
    tokenizer = tokenizers.Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(LIMIT)
    model = model_class.from_pretrained(
        folder, local_files_only=True, dtype=torch.float32, attn_implementation="eager", **options
    ).eval()

    arrays = {}
    for number, (text, pair, without) in enumerate(cases):
        encoding = tokenizer.encode(text, pair)
        ids = encoding.ids
        with torch.inference_mode(), removed(model, without):
            segments = torch.tensor([encoding.type_ids])
            result = model(torch.tensor([ids]), token_type_ids=segments, output_attentions=True)
        rows = np.arange(0, len(ids), 1 if len(ids) < 64 else 64)  # of a long text only some
        chosen = {
            "text": np.array(text),
            "ids": np.array(ids),
            "without": np.array(without, dtype=np.int64).reshape(-1, 2),
            "heads": np.array(heads),
            "rows": rows,
            "weights": np.stack([result.attentions[i - 1][0, j - 1, rows].numpy() for i, j in heads]),
            "hidden": result.last_hidden_state[0, rows].numpy(),
        }
        if pair is not None:
            chosen["pair"] = np.array(pair)
        arrays |= {f"{number}/{key}": value for key, value in chosen.items()}
    np.savez_compressed(ROOT / "tests/vectors" / f"encoder-{name}.npz", **arrays)


@contextlib.contextmanager
def removed(model: torch.nn.Module, without: tuple[tuple[int, int], ...]):
    """Inside, what the heads `without` found is zero where it enters the output projection of their layer."""
    d_k = model.config.hidden_size // model.config.num_attention_heads

    def zero(head):
        def hook(module, inputs):
            found = inputs[0].clone()
            found[..., (head - 1) * d_k : head * d_k] = 0
            return (found,)

        return hook

    with contextlib.ExitStack() as hooks:
        for layer, head in without:
            dense = model.encoder.layer[layer - 1].attention.output.dense
            hooks.enter_context(dense.register_forward_pre_hook(zero(head)))
        yield


if __name__ == "__main__":
    main()
