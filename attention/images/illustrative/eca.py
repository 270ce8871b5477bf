"""A hand-chosen kernel for efficient channel attention: lateral inhibition along the stack of channels."""

import numpy as np


def illustrative_eca_kernel(k: int = 3, *, strength: float = 10.0) -> np.ndarray:
    """A channel whose average exceeds that of its neighbours in the stack opens, one that is below them closes.

    The centre weighs `strength` and the k - 1 neighbours share -`strength`: lateral inhibition, as between the
    receptors of an eye (Hartline and Ratliff 1957). The kernel adds up to zero, so among equals a gate is 1/2;
    beyond both ends of the stack there are zeros, which gives the first and the last channel an advantage.

    Who is whose neighbour is the order of the stack. In the channel bank that order was chosen for readers, in
    groups of four; in a trained network it has no meaning of its own, and the channels arrange themselves for
    the kernel while both are learned together.

    Parameters
    ----------
    k : int
        Odd, at least 3. `eca_kernel_size` gives 3 for the 20 channels of the bank.
    strength : float
        How far the gates move from 1/2; 0 leaves all of them there.

    Returns
    -------
    (k,) float32 ndarray
        For `efficient_channel_attention`.

    Raises
    ------
    ValueError
        When k is even or below 3.
    """
    if k < 3 or k % 2 == 0:
        raise ValueError(f"k must be odd and at least 3, got {k}")
    kernel = np.full(k, -strength / (k - 1), np.float32)
    kernel[k // 2] = strength
    return kernel
