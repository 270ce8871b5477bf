"""The layers that compute the gates of a network's blocks."""

from attention.images import SqueezeExcitationWeights
from attention.networks.classifier import Classifier
from attention.networks.gates import OneLayerWeights
from attention.networks.segmenter import Segmenter


def gate_weights(network: Classifier | Segmenter) -> list[SqueezeExcitationWeights | OneLayerWeights]:
    """Of every block, in their order."""
    weights = network.weights
    if isinstance(network, Classifier):
        return [block.gate for block in weights.blocks if block.gate is not None]
    encoder = [block.gate for block in weights.encoder if block.gate is not None]
    return [*encoder, weights.middle_gate, *(level.gate for level in weights.decoder)]
