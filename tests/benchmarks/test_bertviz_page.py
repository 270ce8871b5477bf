"""The peer's page: which lengths are opened, and where its scripts come from. BertViz itself is not needed."""

import subprocess
import sys
import tarfile
from io import BytesIO

import pytest

from benchmarks import bertviz_page
from benchmarks.bertviz_page import SCRIPTS, Opening, load_head_view, load_scripts


def pack(folder, package, version, file):
    with tarfile.open(folder / f"{package}-{version}.tgz", "w:gz") as archive:
        text = f"/* {package} */".encode()
        entry = tarfile.TarInfo(f"package/{file}")
        entry.size = len(text)
        archive.addfile(entry, BytesIO(text))


def test_another_length_is_extrapolated_as_n_squared_and_not_timed():
    opened = Opening(128, bytes=52e6, seconds=6.0)
    assert opened.at(128) is opened
    assert opened.at(512) == Opening(512, bytes=16 * 52e6, seconds=None)


@pytest.mark.parametrize(
    ("html", "seconds", "follows"),
    [(3e6, 1.0, True), (3e6, 61.0, False), (13e6, 1.0, False)],  # four times the pieces, sixteen times the bytes
)
def test_a_page_that_cannot_be_expected_to_open_is_not_attempted(html, seconds, follows):
    assert Opening(32, html, seconds).lets_follow(128) is follows


def test_scripts_are_read_from_the_packages_that_are_there(tmp_path, monkeypatch):
    monkeypatch.setattr(bertviz_page.shutil, "which", lambda _: None)
    for package, version, file in SCRIPTS.values():
        pack(tmp_path, package, version, file)
    assert load_scripts(tmp_path) == {asked: f"/* {package} */" for asked, (package, _, _) in SCRIPTS.items()}


def test_a_missing_package_is_fetched_once(tmp_path, monkeypatch):
    fetched = []

    def run(command, *, cwd, **_):
        fetched.append(command)
        asked = next(parts for parts in SCRIPTS.values() if command[2] == f"{parts[0]}@{parts[1]}")
        pack(cwd, *asked)

    monkeypatch.setattr(bertviz_page.shutil, "which", lambda _: "npm")
    monkeypatch.setattr(subprocess, "run", run)
    first = load_scripts(tmp_path / "npm")
    assert load_scripts(tmp_path / "npm") == first
    assert fetched == [["npm", "pack", f"{package}@{version}"] for package, version, _ in SCRIPTS.values()]


def test_without_npm_there_are_no_scripts(tmp_path, monkeypatch):
    monkeypatch.setattr(bertviz_page.shutil, "which", lambda _: None)
    assert load_scripts(tmp_path) is None


@pytest.mark.parametrize("absent", ["torch", "bertviz"])
def test_an_absent_peer_is_none(monkeypatch, absent):
    monkeypatch.setattr(bertviz_page, "load_torch", lambda: None if absent == "torch" else object())
    monkeypatch.setitem(sys.modules, "bertviz", None)
    assert load_head_view() is None
