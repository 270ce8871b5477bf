"""Text encoders of the BERT family: a sentence in, every layer's attention and hidden states out."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from attention.dot_product import attend
from attention.networks.encoder_weights import EncoderLayer, EncoderWeights, read_encoder_weights
from attention.networks.layers import gelu, layer_norm, linear
from attention.sources import SourceError
from attention.sources.tokens import Tokenizer, Tokens
from attention.trace import AttentionTrace


@dataclass(frozen=True, eq=False)
class EncoderTrace:
    """What an `Encoder` computed for one text. Layers and heads are counted from 1, token positions from 0.

    All arrays are float32 and read-only.

    Attributes
    ----------
    tokens : Tokens
        The n word pieces, [CLS] and [SEP] included.
    Q, K, V : (layers, heads, n, d_k) ndarray
        With their biases, before the scaling by 1 / sqrt(d_k).
    weights : (layers, heads, n, n) ndarray
        Row: the piece that asks; column: the piece it looks at. Those of a removed head are given too.
    hidden_states : (layers + 1, n, d_model) ndarray
        The word vectors that enter the first layer, then what each layer makes of them.
    without : tuple of (layer, head)
        Heads that were removed.
    mask_tokens : tuple of int
        Positions that nobody may attend to.
    temperature : float
    """

    tokens: Tokens
    Q: np.ndarray = field(repr=False)
    K: np.ndarray = field(repr=False)
    V: np.ndarray = field(repr=False)
    weights: np.ndarray = field(repr=False)
    hidden_states: np.ndarray = field(repr=False)
    without: tuple[tuple[int, int], ...]
    mask_tokens: tuple[int, ...]
    temperature: float

    @property
    def text(self) -> str:
        return self.tokens.text

    @property
    def ids(self) -> np.ndarray:
        """(n,) int64 ndarray."""
        return self.tokens.ids

    @property
    def offsets(self) -> tuple[tuple[int, int], ...]:
        """First character of each piece and the one after its last."""
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
        _check_head(layer, head, self.layers, self.heads)
        at = layer - 1, head - 1
        mask = _mask(len(self.tokens), self.mask_tokens)
        return attend(self.Q[at], self.K[at], self.V[at], mask=mask, temperature=self.temperature)


@dataclass(frozen=True, eq=False)
class Encoder:
    """A trained network, as `load_encoder` reads it. Immutable; several threads may call it at once."""

    tokenizer: Tokenizer
    weights: EncoderWeights = field(repr=False)

    def __call__(
        self,
        text: str,
        *,
        without: Iterable[tuple[int, int]] = (),
        mask_tokens: Iterable[int] = (),
        temperature: float = 1.0,
    ) -> EncoderTrace:
        """Read `text` and keep what every layer computed.

        Parameters
        ----------
        text : str
            Cut where the network reads no further; see `Tokens.truncated_at`. An empty one is [CLS] [SEP].
        without : iterable of (layer, head)
            Heads to remove, counted from 1: what they found is replaced by zeros before the output projection
            W_O, and all later layers work with that.
        mask_tokens : iterable of int
            Positions, counted from 0 ([CLS]), that no piece may attend to, in no head and no layer. The
            masked piece itself still asks, so its row remains; its column is 0.
        temperature : float
            Of the softmax, in all heads; above 0. Above 1 attention spreads, below 1 it sharpens.

        Returns
        -------
        EncoderTrace

        Raises
        ------
        ValueError
            If there is no such head or position, or the temperature is not above 0.

        References
        ----------
        Devlin et al., 2018, "BERT" (arXiv:1810.04805); numbers as in Hugging Face's BertModel and, with a
        projection of the word vectors, ElectraModel.
        """
        n_layers, heads = len(self.weights.layers), self.weights.heads
        without, mask_tokens = tuple(without), tuple(mask_tokens)
        for layer, head in without:
            _check_head(layer, head, n_layers, heads)
        tokens = self.tokenizer(text)
        n, d_model = len(tokens), self.weights.d_model
        mask = _mask(n, mask_tokens)

        hidden_states = np.empty((n_layers + 1, n, d_model), np.float32)
        QKV = np.empty((n_layers, n, 3 * d_model), np.float32)
        # Views: each (layers, heads, n, d_k).
        Q, K, V = QKV.reshape(n_layers, n, 3, heads, -1).transpose(2, 0, 3, 1, 4)
        # Stored key by query, as `attend` stores its weights, so that taking them over is a plain copy.
        weights = np.empty((n_layers, heads, n, n), np.float32).swapaxes(-1, -2)

        hidden_states[0] = self._embed(tokens.ids)
        for i, layer in enumerate(self.weights.layers):
            linear(hidden_states[i], *layer.query_key_value, out=QKV[i])
            trace = attend(Q[i], K[i], V[i], mask=mask, temperature=temperature)
            weights[i] = trace.weights
            found = trace.output.transpose(1, 0, 2).copy()  # (n, heads, d_k)
            found[:, [head - 1 for number, head in without if number == i + 1]] = 0
            self._finish(layer, hidden_states[i], found.reshape(n, d_model), out=hidden_states[i + 1])

        for array in (Q, K, V, weights, hidden_states):
            array.flags.writeable = False
        return EncoderTrace(tokens, Q, K, V, weights, hidden_states, without, mask_tokens, float(temperature))

    def _embed(self, ids: np.ndarray) -> np.ndarray:
        """Word vectors with their positions: (n, d_model)."""
        weights = self.weights
        vectors = weights.word_vectors[ids] + weights.position_vectors[: len(ids)]
        layer_norm(vectors, *weights.embedding_norm, weights.epsilon, out=vectors)
        return vectors if weights.projection is None else linear(vectors, *weights.projection)

    def _finish(self, layer: EncoderLayer, entered: np.ndarray, found: np.ndarray, out: np.ndarray) -> None:
        """From what entered the layer and what its heads found to what leaves it: all (n, d_model)."""
        epsilon = self.weights.epsilon
        attended = linear(found, *layer.output)
        attended += entered
        layer_norm(attended, *layer.output_norm, epsilon, out=attended)
        inner = linear(attended, *layer.inner)  # (n, d_inner)
        gelu(inner, out=inner)
        linear(inner, *layer.outer, out=out)  # (n, d_model)
        out += attended
        layer_norm(out, *layer.outer_norm, epsilon, out=out)


def load_encoder(folder: str | Path) -> Encoder:
    """Read a network of the BERT family from a folder in Hugging Face's layout.

    Parameters
    ----------
    folder : str or Path
        With config.json, tokenizer.json and model.safetensors, such as assets/models/all-minilm-l6-v2.

    Raises
    ------
    SourceError
        If a file is missing, damaged or does not fit the others; the message names it.
    """
    weights = read_encoder_weights(folder)
    tokenizer = Tokenizer(folder, limit=len(weights.position_vectors))
    if tokenizer.vocabulary_size > len(weights.word_vectors):
        path = Path(folder) / "tokenizer.json"
        message = f"{path}: {tokenizer.vocabulary_size} pieces, but {len(weights.word_vectors)} word vectors"
        raise SourceError("wrong_shape", message, file=str(path))
    return Encoder(tokenizer, weights)


def _mask(n: int, mask_tokens: tuple[int, ...]) -> np.ndarray | None:
    """(n,) boolean mask over the keys, True = may be attended to; None where nothing is masked."""
    if not mask_tokens:
        return None
    for position in mask_tokens:
        if not 0 <= position < n:
            raise ValueError(f"mask_tokens has position {position}, but there are {n} tokens, counted from 0")
    mask = np.ones(n, dtype=bool)
    mask[list(mask_tokens)] = False
    return mask


def _check_head(layer: int, head: int, layers: int, heads: int) -> None:
    if not (1 <= layer <= layers and 1 <= head <= heads):
        raise ValueError(f"no layer {layer} head {head}: layers are 1 to {layers}, heads 1 to {heads}")
