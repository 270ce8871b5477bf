"""Trained networks as NumPy forward passes, built on the engine's own attention."""

from attention.networks.encoder import Encoder, load_encoder
from attention.networks.encoder_trace import EncoderTrace

__all__ = ["Encoder", "EncoderTrace", "load_encoder"]
