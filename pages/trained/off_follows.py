"""How much of the gates is fixed, and how much follows the picture: measured over the samples."""

from dataclasses import astuple

import numpy as np
import streamlit as st

from attention.networks.gates import VarianceSplit, split_variance
from figures.numbers import percent
from figures.palette import MATRIX
from figures.stacked_shares import WIDTH, stacked_shares
from pages.shared.networks import sample_gates
from pages.shared.picture_source import SAMPLES
from pages.shared.take_home import take_home
from pages.shared.texts import t
from pages.trained.off_left import show_left
from pages.trained.off_view import FOLDERS, View

PARTS = ("channel", "picture", "both")


def show_follows(view: View) -> None:
    """A bar a block, in three parts, and what they mean."""
    gates = [np.stack(block) for block in zip(*sample_gates(view.network).values(), strict=True)]  # (pictures, C) each
    splits = [split_variance(block) for block in gates]
    st.subheader(t("attention_off.follows.title"), anchor=False)
    st.markdown(t("attention_off.follows.about", count=len(gates[0])))
    theme = st.context.theme.type or "light"
    drawing = stacked_shares(
        [t("attention_off.blocks.block", number=number) for number in view.choice.blocks],
        [t(f"attention_off.follows.{part}") for part in PARTS],
        [[getattr(split, part) for part in PARTS] for split in splits],
        color=MATRIX[theme]["X"],
        accent=MATRIX[theme]["Z"],
    )
    said = finding(gates, splits)
    st.image(drawing, width=WIDTH, alt=said)
    st.markdown(said)
    st.caption(t("attention_off.follows.honest"))
    tables = {f"gates_block{number}": block for number, block in enumerate(gates, 1)}
    shares = {f"shares_block{number}": astuple(split) for number, split in enumerate(splits, 1)}
    lines = python_lines(view.choice.network)
    take_home("what-is-fixed", lambda: {**tables, **shares, "pictures": list(SAMPLES)}, lines, key="follows_npz")
    show_left(view)


def python_lines(network: str) -> str:
    """Python that prints how much is fixed in every block."""
    return "\n".join(
        [
            "from pathlib import Path",
            "",
            "from attention.networks.gates import split_variance",
            f"from attention.networks.{network} import load_{network}",
            "from attention.sources.images import read_image",
            "",
            f'network = load_{network}("assets/models/{FOLDERS[network]}")',
            'files = sorted(Path("assets/images").glob("*.[jp][pn]g"))',
            "gates = [[block.own for block in network(read_image(file.read_bytes()).rgb).blocks] for file in files]",
            "for block in zip(*gates):",
            "    print(split_variance(block).channel)",
        ]
    )


def finding(gates: list[np.ndarray], splits: list[VarianceSplit]) -> str:
    """How much is fixed in all blocks together, and which block follows the picture most and least."""
    sizes = np.array([block.var() * block.size for block in gates])
    fixed = sum(split.channel * size for split, size in zip(splits, sizes, strict=True)) / sizes.sum()
    follows = [split.both for split in splits]
    most, least = int(np.argmax(follows)), int(np.argmin(follows))
    return t(
        "attention_off.follows.finding",
        fixed=percent(float(fixed)),
        most=most + 1,
        follows=percent(follows[most]),
        least=least + 1,
        least_follows=percent(follows[least]),
    )
