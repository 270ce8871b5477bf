"""Trained networks as NumPy forward passes, built on the engine's own attention."""
