"""Model folders in Hugging Face's layout: settings from `config.json`, tensors from `model.safetensors`."""

import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from safetensors import SafetensorError, safe_open

from attention.sources import SourceError

FLOATS = ("F16", "F32")  # safetensors' names of the types that are read


def read_settings(folder: str | Path, expected: Mapping[str, type]) -> dict[str, object]:
    """The settings of a model.

    Parameters
    ----------
    folder : str or Path
        A folder with a ``config.json``.
    expected : mapping of str to type
        Settings that must be there, with their types. Numbers must be above 0.

    Returns
    -------
    dict
        All settings, those that were not expected too.

    Raises
    ------
    SourceError
        ``missing_file``, ``damaged_file`` or ``wrong_setting``; the message names the file.
    """
    path = Path(folder) / "config.json"
    try:
        settings = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise _missing(path) from error
    except (OSError, ValueError) as error:
        raise _damaged(path, error) from error
    if not isinstance(settings, dict):
        raise _damaged(path, "not a table of settings")
    for name, kind in expected.items():
        value = settings.get(name)
        if not isinstance(value, kind) or (kind in (int, float) and not value > 0):
            message = f"{path}: {name} is {value!r}, expected {kind.__name__}"
            raise SourceError("wrong_setting", message, file=str(path), setting=name)
    return settings


def read_weights(folder: str | Path, shapes: Mapping[str, tuple[int, ...]]) -> dict[str, np.ndarray]:
    """The tensors named in `shapes`, float16 widened to float32, read-only.

    Parameters
    ----------
    folder : str or Path
        A folder with a ``model.safetensors``.
    shapes : mapping of str to tuple of int
        Every tensor to read, with the shape it must have.

    Returns
    -------
    dict of str to float32 ndarray

    Raises
    ------
    SourceError
        ``missing_file``, ``damaged_file``, ``missing_tensor``, ``wrong_dtype`` or ``wrong_shape``; the
        message names the file and the tensor.
    """
    path = Path(folder) / "model.safetensors"
    try:
        with safe_open(path, framework="numpy") as file:
            found = set(file.keys())
            return {name: _read_tensor(path, file, name, shape, found) for name, shape in shapes.items()}
    except FileNotFoundError as error:
        raise _missing(path) from error
    except (OSError, SafetensorError) as error:
        raise _damaged(path, error) from error


def _read_tensor(path: Path, file: safe_open, name: str, shape: tuple[int, ...], found: set[str]) -> np.ndarray:
    if name not in found:
        raise SourceError("missing_tensor", f"{path}: no tensor {name}", file=str(path), tensor=name)
    header = file.get_slice(name)  # what the file says of the tensor; no number is read yet
    if header.get_dtype() not in FLOATS:
        message = f"{path}: {name} is {header.get_dtype()}, expected {' or '.join(FLOATS)}"
        raise SourceError("wrong_dtype", message, file=str(path), tensor=name)
    if tuple(header.get_shape()) != shape:
        message = f"{path}: {name} has shape {tuple(header.get_shape())}, expected {shape}"
        raise SourceError("wrong_shape", message, file=str(path), tensor=name)
    tensor = file.get_tensor(name).astype(np.float32)
    tensor.flags.writeable = False
    return tensor


def _missing(path: Path) -> SourceError:
    return SourceError("missing_file", f"{path}: no such file", file=str(path))


def _damaged(path: Path, why: object) -> SourceError:
    return SourceError("damaged_file", f"{path}: cannot be read ({why})", file=str(path))
