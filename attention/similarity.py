"""How alike the vectors of words are."""

import numpy as np


def cosine_similarity(vectors: np.ndarray, index: int) -> np.ndarray:
    """Cosine of the angle between one vector and every vector beside it.

    Parameters
    ----------
    vectors : (..., n, d) ndarray
        For example the hidden states of an encoder: a row of n word vectors for each layer.
    index : int
        Which of the n is compared with all, itself included.

    Returns
    -------
    (..., n) ndarray of float64
        From -1 to 1; 0 where one of the two is all zeros.

    Raises
    ------
    ValueError
        If there is no such vector.
    """
    n = vectors.shape[-2]
    if not 0 <= index < n:
        raise ValueError(f"index is {index}, but there are {n} vectors, counted from 0")
    vectors = vectors.astype(np.float64)
    lengths = np.sqrt(np.vecdot(vectors, vectors))  # (..., n)
    products = np.vecdot(vectors, vectors[..., index, None, :])
    scale = lengths * lengths[..., index, None]
    return np.divide(products, scale, out=np.zeros_like(products), where=scale > 0).clip(-1, 1)
