"""A network's squeeze-and-excitation blocks along its line, with their gates (drawn by assets/components/blocks)."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np

from figures.packed import pack

MOST_ACROSS = 6  # blocks in one row, where there is room


@dataclass(frozen=True, eq=False)
class Block:
    """One block as it is drawn.

    number : int
        Counted from 1.
    own, used : (C,) ndarray
        The gates that it computes while all blocks are on, and those that multiply its channels now; from 0 to 1.
    off : bool
        Whether `used` are set from outside.
    note : str
        The lines under its strip. Shown as text, never as HTML.
    """

    number: int
    own: np.ndarray
    used: np.ndarray
    off: bool
    note: str


@dataclass(frozen=True)
class BlocksText:
    """The words around the blocks, in the reader's language. All of it is shown as text, never as HTML.

    Parameters
    ----------
    block, turn, strip : str
        Templates with ``{number}``: a block's name, what its switch and its strip are called for screen readers.
    branch : str
        What lies between the network's line and the gates.
    hover, hover_off : str
        Templates of the numbers at the pointer, with ``{channel}``, ``{own}`` and ``{used}``.
    legend : (str, str, str)
        What the bars are: own gates, gates used instead, and the dots for own gates that are not used. Only what is
        drawn is named.
    keys : str
        What the keyboard does on a strip.
    columns : (str, str, str, str)
        The heads of the table to take home: block, channel, own gate, gate used.
    sentence : str
        The finding in words.
    """

    block: str
    turn: str
    strip: str
    branch: str
    hover: str
    hover_off: str
    legend: tuple[str, str, str]
    keys: str
    columns: tuple[str, str, str, str]
    sentence: str


def blocks_payload(
    blocks: Sequence[Block],
    text: BlocksText,
    *,
    name: str,
    by_size: bool,
    chosen: tuple[int, int] | None = None,
    moved: bool = False,
) -> dict:
    """Everything the drawing needs, as plain JSON types.

    Parameters
    ----------
    blocks : sequence of Block
    text : BlocksText
    name : str
        The file name (without ending) of what the reader takes home.
    by_size : bool
        Whether a strip begins with the largest of the block's own gates, instead of with its first channel.
    chosen : (number, channel), optional
        The opened channel, counted from 0, of a block.
    moved : bool
        Whether own gates are drawn as dots in blocks that are on, too: those after one that is off compute others.

    Raises
    ------
    ValueError
        When a block's gates are not two vectors of one length with numbers from 0 to 1.
    """
    for block in blocks:
        gates = np.stack([block.own, block.used]) if block.own.shape == block.used.shape else np.empty(0)
        if gates.ndim != 2 or not gates.size or not (gates.min() >= 0 and gates.max() <= 1):
            raise ValueError(f"block {block.number} needs own and used gates from 0 to 1, one a channel")
    return {
        "blocks": [
            {
                "number": block.number,
                "channels": len(block.own),
                "own": pack(block.own),
                "used": pack(block.used),
                "off": block.off,
                "note": block.note,
            }
            for block in blocks
        ],
        "across": -(-len(blocks) // -(-len(blocks) // MOST_ACROSS)),  # rows of equal length
        "sorted": by_size,
        "chosen": None if chosen is None else list(chosen),
        "moved": moved,
        "name": name,
        "text": asdict(text) | {"legend": list(text.legend), "columns": list(text.columns)},
    }
