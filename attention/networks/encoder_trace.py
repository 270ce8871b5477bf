"""What a text encoder computed: every layer's attention and hidden states, and any head's stages."""

from dataclasses import dataclass, field

import numpy as np

from attention.dot_product import attend
from attention.sources.tokens import Tokens
from attention.trace import AttentionTrace


@dataclass(frozen=True, eq=False)
class EncoderTrace:
    """What an `Encoder` computed for a text or a pair. Layers and heads are counted from 1, token positions from 0.

    All arrays are float32 and read-only.

    Attributes
    ----------
    tokens : Tokens
        The n word pieces, [CLS] and [SEP] included; `tokens.segments` tells the two texts of a pair apart.
    Q, K, V : (layers, heads, n, d_k) ndarray
        With their biases, before the scaling. Q is K in the heads of `keys_ask`.
    weights : (layers, heads, n, n) ndarray
        Row: the piece that asks; column: the piece it looks at. Those of a removed head are given too.
    hidden_states : (layers + 1, n, d_model) ndarray
        The word vectors that enter the first layer, then what each layer makes of them.
    without : tuple of (layer, head)
        Heads that were removed.
    keys_ask : tuple of (layer, head)
        Heads whose keys asked in the queries' place.
    mask_tokens : tuple of int
        Positions that nobody may attend to.
    temperature : float
    scale : float
        Factor of the scores: 1 / sqrt(d_k) unless another one was given.
    """

    tokens: Tokens
    Q: np.ndarray = field(repr=False)
    K: np.ndarray = field(repr=False)
    V: np.ndarray = field(repr=False)
    weights: np.ndarray = field(repr=False)
    hidden_states: np.ndarray = field(repr=False)
    without: tuple[tuple[int, int], ...]
    keys_ask: tuple[tuple[int, int], ...]
    mask_tokens: tuple[int, ...]
    temperature: float
    scale: float

    @property
    def text(self) -> str:
        return self.tokens.text

    @property
    def pair(self) -> str | None:
        """The second text, or None."""
        return self.tokens.pair

    @property
    def ids(self) -> np.ndarray:
        """(n,) int64 ndarray."""
        return self.tokens.ids

    @property
    def offsets(self) -> tuple[tuple[int, int], ...]:
        """First character of each piece and the one after its last, in the text that it is from."""
        return self.tokens.offsets

    @property
    def layers(self) -> int:
        return self.weights.shape[0]

    @property
    def heads(self) -> int:
        return self.weights.shape[1]

    def head(self, layer: int, head: int) -> AttentionTrace:
        """Every stage of one head's attention, computed again from its Q, K and V.

        Parameters
        ----------
        layer, head : int
            Counted from 1.

        Returns
        -------
        AttentionTrace
            Of arrays (n, d_k) and (n, n).

        Raises
        ------
        ValueError
            If there is no such layer or head.
        """
        check_head(layer, head, self.layers, self.heads)
        at = layer - 1, head - 1
        mask = key_mask(len(self.tokens), self.mask_tokens)
        Q, K, V = self.Q[at], self.K[at], self.V[at]
        return attend(Q, K, V, mask=mask, scale=self.scale, temperature=self.temperature)


def key_mask(n: int, mask_tokens: tuple[int, ...]) -> np.ndarray | None:
    """(n,) boolean mask over the keys, True = may be attended to; None where nothing is masked."""
    if not mask_tokens:
        return None
    for position in mask_tokens:
        if not 0 <= position < n:
            raise ValueError(f"mask_tokens has position {position}, but there are {n} tokens, counted from 0")
    mask = np.ones(n, dtype=bool)
    mask[list(mask_tokens)] = False
    return mask


def check_head(layer: int, head: int, layers: int, heads: int) -> None:
    """Raise a ValueError unless there is such a layer and head, counted from 1."""
    if not (1 <= layer <= layers and 1 <= head <= heads):
        raise ValueError(f"no layer {layer} head {head}: layers are 1 to {layers}, heads 1 to {heads}")
