"""Trained networks as NumPy forward passes, built on the engine's own attention."""

from attention.networks.class_evidence import ClassEvidence, class_evidence
from attention.networks.classifier import Classifier, ClassifierTrace, load_classifier
from attention.networks.detector import Detector, DetectorTrace, load_detector
from attention.networks.encoder import Encoder, load_encoder
from attention.networks.encoder_trace import EncoderTrace
from attention.networks.gates import GateTrace, VarianceSplit, split_variance
from attention.networks.promptable import Promptable, ReadPicture, load_promptable
from attention.networks.segmenter import Segmenter, SegmenterTrace, load_segmenter

__all__ = [
    "ClassEvidence",
    "Classifier",
    "ClassifierTrace",
    "Detector",
    "DetectorTrace",
    "Encoder",
    "EncoderTrace",
    "GateTrace",
    "Promptable",
    "ReadPicture",
    "Segmenter",
    "SegmenterTrace",
    "VarianceSplit",
    "class_evidence",
    "load_classifier",
    "load_detector",
    "load_encoder",
    "load_promptable",
    "load_segmenter",
    "split_variance",
]
