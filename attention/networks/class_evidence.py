"""Where a class finds its evidence in a picture: Grad-CAM, its gradient written out through the classifier's head."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from attention.networks.classifier import Classifier, ClassifierTrace


@dataclass(frozen=True, eq=False)
class ClassEvidence:
    """What speaks for a class at every place of the last maps, and what speaks against it.

    score : float, the logit of the class
    bias : float, the part of it that no picture changes
    weights : (1024,), how much of the score a unit of each map brings, averaged over its pixels
    signed : (7, 7), evidence for (above 0) and against (below 0)
    """

    score: float
    bias: float
    weights: np.ndarray
    signed: np.ndarray

    @cached_property
    def map(self) -> np.ndarray:
        """(7, 7), the evidence for the class alone: what Grad-CAM shows"""
        return np.maximum(self.signed, 0)


def class_evidence(classifier: Classifier, trace: ClassifierTrace, index: int) -> ClassEvidence:
    """Grad-CAM of a class on the classifier's last maps.

    ``map = ReLU(Σ_c α_c X_c)`` with ``α_c`` the gradient of the class's logit with respect to map ``X_c``, averaged
    over its pixels: equations 1 and 2 of Selvaraju et al., "Grad-CAM" (ICCV 2017, arXiv 1610.02391). The head that the
    gradient goes through is ``logit = w · ReLU(V · mean(X)) + b``, so that ``α = Vᵀ (w · [V · mean(X) > 0]) / (H W)``,
    the same at every pixel. Because the head has no bias but its last, the signed map is more than a picture of the
    gradient: its numbers add up to the score less that bias.

    Parameters
    ----------
    classifier : Classifier
        The one that made `trace`.
    trace : ClassifierTrace
    index : int
        Of the class, as in ``classifier.labels``.

    Raises
    ------
    IndexError
        When there is no such class.
    """
    W, bias = classifier.weights.classes
    if not 0 <= index < len(W):
        raise IndexError(f"classes are counted from 0 to {len(W) - 1}, got {index}")
    X = trace.features
    open_units = W[index] * (trace.hidden > 0)  # ReLU's gradient is 1 where it let something through
    weights = open_units @ classifier.weights.widen / (X.shape[1] * X.shape[2])
    signed = np.tensordot(weights, X, axes=1)
    return ClassEvidence(float(trace.logits[index]), float(bias[index]), weights, signed)
