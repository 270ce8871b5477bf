"""BertViz's head_view as the peer: its page for a text of n pieces, opened in the Chromium that opens ours.

Its attention is random, in the shape of the English network's: (6 layers, 12 heads, n, n). Its page loads three scripts
from the web; here they come from packages that `npm pack` fetches once into .cache/npm.
"""

import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.browser import ROOT, measured, visit
from benchmarks.timing import INSTALL_TORCH, load_torch

if TYPE_CHECKING:
    from playwright.sync_api import Browser

LAYERS, HEADS = 6, 12
LARGEST, SLOWEST = 200e6, 60.0  # bytes of HTML and seconds of the length before, beyond which it is not attempted
PATIENCE = 300  # seconds until its lines count as never drawn
INSTALL_BERTVIZ = f"{INSTALL_TORCH} ipython && pip install --no-deps bertviz==1.4.1"
PACKAGES = ROOT / ".cache" / "npm"
# What BertViz 1.4.1 asks for: the package, its version and the file in it. It asks for jQuery 2.0.0, which was never
# published on npm; 2.1.0 is the next release, and BertViz only fills a list of layers with it.
SCRIPTS = {
    "require.min.js": ("requirejs", "2.3.6", "require.js"),
    "d3.min.js": ("d3", "5.7.0", "dist/d3.min.js"),
    "jquery.min.js": ("jquery", "2.1.0", "dist/jquery.min.js"),
}


@dataclass(frozen=True)
class Opening:
    """BertViz's page for `n` pieces: the bytes of its HTML and the seconds until drawn, None if it was not opened."""

    n: int
    bytes: float
    seconds: float | None

    def at(self, n: int) -> "Opening":
        """This page, or what is known from it of another length: its bytes grow as n squared."""
        return self if n == self.n else Opening(n, self.bytes * (n / self.n) ** 2, None)

    def lets_follow(self, n: int) -> bool:
        """Whether the page for the longer text of `n` pieces can be expected to open."""
        return self.seconds <= SLOWEST and self.at(n).bytes <= LARGEST


def load_head_view() -> Callable | None:
    """BertViz's head_view, or None where it or torch is not installed."""
    if load_torch() is None:
        return None
    try:
        from bertviz import head_view
    except ModuleNotFoundError:
        return None
    return head_view


def load_scripts(folder: Path = PACKAGES) -> dict[str, str] | None:
    """The text of each script by the name BertViz asks for, or None where npm is needed and not installed."""
    texts = {}
    for asked, (package, version, file) in SCRIPTS.items():
        archive = folder / f"{package}-{version}.tgz"
        if not archive.exists():
            if shutil.which("npm") is None:
                return None
            folder.mkdir(parents=True, exist_ok=True)
            subprocess.run(["npm", "pack", f"{package}@{version}"], cwd=folder, check=True, capture_output=True)
        with tarfile.open(archive) as files:
            texts[asked] = files.extractfile(f"package/{file}").read().decode()
    return texts


def write_page(head_view: Callable, words: Sequence[str]) -> str:
    """The HTML of head_view for these n words: about 44 bytes for each of its (6, 12, n, n) weights."""
    torch, n = load_torch(), len(words)
    chance = torch.Generator().manual_seed(n)
    attention = [torch.randn(1, HEADS, n, n, generator=chance).softmax(-1) for _ in range(LAYERS)]
    return head_view(attention, list(words), html_action="return").data


def open_page(browser: "Browser", html: str, scripts: Mapping[str, str], n: int) -> float:
    """Seconds from the start of the navigation until each head has a line from each of the n words to each."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "head_view.html")
        file.write_text(html, encoding="utf-8")
        with visit(browser, file.as_uri(), scripts) as page:
            page.add_init_script(f"measureLines({HEADS * n * n}, {PATIENCE})")
            page.goto(file.as_uri(), wait_until="commit")
            return measured(page)[1]
