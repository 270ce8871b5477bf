"""Text encoders of the BERT family: a sentence in, every layer's attention and hidden states out."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from attention.dot_product import attend
from attention.networks.encoder_trace import EncoderTrace, check_head, key_mask
from attention.networks.encoder_weights import EncoderLayer, EncoderWeights, read_encoder_weights
from attention.networks.layers import gelu, layer_norm, linear
from attention.sources import SourceError
from attention.sources.tokenizer import Tokenizer
from attention.sources.tokens import Tokens


@dataclass(frozen=True, eq=False)
class Encoder:
    """A trained network, as `load_encoder` reads it. Immutable; several threads may call it at once."""

    tokenizer: Tokenizer
    weights: EncoderWeights = field(repr=False)

    def __call__(
        self,
        text: str,
        pair: str | None = None,
        *,
        without: Iterable[tuple[int, int]] = (),
        keys_ask: Iterable[tuple[int, int]] = (),
        mask_tokens: Iterable[int] = (),
        temperature: float = 1.0,
        scale: float | None = None,
    ) -> EncoderTrace:
        """Read a text, or a pair of texts, and keep what every layer computed.

        Parameters
        ----------
        text : str
            Cut where the network reads no further; see `Tokens.truncated_at`. An empty one is [CLS] [SEP].
        pair : str, optional
            A second text. The network then reads [CLS] text [SEP] pair [SEP] and is told which is which by the
            vectors of their segments, as in its training. The longer text is cut first.
        without : iterable of (layer, head)
            Heads to remove, counted from 1: what they found is replaced by zeros before the output projection
            W_O, and all later layers work with that.
        keys_ask : iterable of (layer, head)
            Heads whose queries are replaced by their own keys, Q = K, counted from 1: the scores become K Kᵀ, and
            all later layers work with what comes of it.
        mask_tokens : iterable of int
            Positions, counted from 0 ([CLS]), that no piece may attend to, in no head and no layer. The
            masked piece itself still asks, so its row remains; its column is 0.
        temperature : float
            Of the softmax, in all heads; above 0. Above 1 attention spreads, below 1 it sharpens.
        scale : float, optional
            Factor of the scores, in all heads; 1 / sqrt(d_k) where not given, and 1 leaves it out.

        Returns
        -------
        EncoderTrace

        Raises
        ------
        ValueError
            If there is no such head or position, the temperature is not above 0 or the scale not finite.

        References
        ----------
        Devlin et al., 2018, "BERT" (arXiv:1810.04805); numbers as in Hugging Face's BertModel and, with a
        projection of the word vectors, ElectraModel.
        """
        n_layers, heads = len(self.weights.layers), self.weights.heads
        without, keys_ask, mask_tokens = tuple(without), tuple(keys_ask), tuple(mask_tokens)
        for layer, head in (*without, *keys_ask):
            check_head(layer, head, n_layers, heads)
        tokens = self.tokenizer(text, pair)
        n, d_model = len(tokens), self.weights.d_model
        mask = key_mask(n, mask_tokens)

        hidden_states = np.empty((n_layers + 1, n, d_model), np.float32)
        QKV = np.empty((n_layers, n, 3 * d_model), np.float32)
        # Views: each (layers, heads, n, d_k).
        Q, K, V = QKV.reshape(n_layers, n, 3, heads, -1).transpose(2, 0, 3, 1, 4)
        # Stored key by query, as `attend` stores its weights, so that taking them over is a plain copy.
        weights = np.empty((n_layers, heads, n, n), np.float32).swapaxes(-1, -2)
        scale = 1 / math.sqrt(Q.shape[-1]) if scale is None else float(scale)

        hidden_states[0] = self._embed(tokens)
        for i, layer in enumerate(self.weights.layers):
            linear(hidden_states[i], *layer.query_key_value, out=QKV[i])
            asking = _of_layer(keys_ask, i)
            Q[i, asking] = K[i, asking]
            trace = attend(Q[i], K[i], V[i], mask=mask, scale=scale, temperature=temperature)
            weights[i] = trace.weights
            found = trace.output.transpose(1, 0, 2).copy()  # (n, heads, d_k)
            found[:, _of_layer(without, i)] = 0
            self._finish(layer, hidden_states[i], found.reshape(n, d_model), out=hidden_states[i + 1])

        for array in (Q, K, V, weights, hidden_states):
            array.flags.writeable = False
        changes = without, keys_ask, mask_tokens, float(temperature), scale
        return EncoderTrace(tokens, Q, K, V, weights, hidden_states, *changes)

    def _embed(self, tokens: Tokens) -> np.ndarray:
        """Word vectors with their positions and segments: (n, d_model)."""
        weights = self.weights
        vectors = weights.word_vectors[tokens.ids] + weights.position_vectors[: len(tokens)]
        if tokens.pair is not None:
            vectors[tokens.segments == 1] += weights.second_segment
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


def _of_layer(heads: tuple[tuple[int, int], ...], i: int) -> list[int]:
    """Those of the heads that are in layer i; here both are counted from 0."""
    return [head - 1 for layer, head in heads if layer == i + 1]


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
