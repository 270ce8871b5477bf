"""Trained networks as NumPy forward passes, built on the engine's own attention."""

from attention.networks.encoder import Encoder, EncoderTrace, load_encoder

__all__ = ["Encoder", "EncoderTrace", "load_encoder"]
