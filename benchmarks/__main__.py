"""`python -m benchmarks` runs every benchmark, `python -m benchmarks attend` one of them."""

import argparse
import importlib
import pkgutil
import platform

import numpy as np

import benchmarks
from benchmarks.timing import INSTALL_TORCH, load_torch, table


def names() -> list[str]:
    """The benchmark modules of this folder: those whose file defines `run`."""
    modules = (m.name for m in pkgutil.iter_modules(benchmarks.__path__) if m.name not in ("__main__", "timing"))
    return sorted(name for name in modules if hasattr(importlib.import_module(f"benchmarks.{name}"), "run"))


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("which", nargs="*", metavar="name", help=f"one or more of: {', '.join(names())}")
    which = parser.parse_args().which or names()
    if unknown := sorted(set(which) - set(names())):
        parser.error(f"no benchmark named {', '.join(unknown)}; there are {', '.join(names())}")

    torch = load_torch()
    peer = f"torch {torch.__version__}" if torch else "no torch"
    print(f"Python {platform.python_version()}, NumPy {np.__version__}, {peer}; one thread")
    if torch is None:
        print("The peer, torch, is not installed: only our own times follow. For the ratios run")
        print(f"    {INSTALL_TORCH}")
    timed, tables = [], []
    for name in which:
        print(f"running {name} ...", flush=True)
        module = importlib.import_module(f"benchmarks.{name}")
        rows = module.run()
        if not hasattr(module, "table"):
            timed += rows
        elif rows:  # it measures more than times, and tells it itself
            tables.append(module.table(rows))
    if timed:
        note = "ratio: our time / the peer's, median over interleaved pairs (smallest-largest beside it)"
        tables.insert(0, f"{table(timed)}\n\n{note}")
    print("", *tables, sep="\n\n")


if __name__ == "__main__":
    main()
