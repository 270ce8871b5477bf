"""The folder of a trained network, as assets/models keeps them."""

import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import safetensors.numpy


def write_network(
    folder: Path,
    tensors: Mapping[str, np.ndarray],
    config: Mapping[str, object],
    licence: bytes,
    notice: str,
    *,
    marked: bool = True,
) -> None:
    """Write model.safetensors, config.json, LICENSE and NOTICE; the folder is made where there is none.

    A marked file says that its tensors lie as in torch, which Hugging Face's readers ask for.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "model.safetensors").write_bytes(
        safetensors.numpy.save(dict(tensors), metadata={"format": "pt"} if marked else None)
    )
    (folder / "config.json").write_text(json.dumps(config, indent=2) + "\n")
    (folder / "LICENSE").write_bytes(licence)
    (folder / "NOTICE").write_text(notice)
