"""The graph of a TensorFlow Lite file: its operators in their order, its constants as arrays.

pip install tflite==2.18.0    # reads the file's tables
"""

from dataclasses import dataclass

import numpy as np
import tflite

_DTYPES = {tflite.TensorType.FLOAT32: "<f4", tflite.TensorType.FLOAT16: "<f2", tflite.TensorType.INT32: "<i4"}
_KINDS = {code: name for name, code in vars(tflite.BuiltinOperator).items() if isinstance(code, int)}


@dataclass(frozen=True)
class Operator:
    """One step of a graph.

    kind : TensorFlow Lite's name, such as ``CONV_2D``; of custom operators their own
    inputs, outputs : numbers of tensors
    stride : of convolutions, else 1
    """

    kind: str
    inputs: tuple[int, ...]
    outputs: tuple[int, ...]
    stride: int


@dataclass(frozen=True)
class Graph:
    """operators : those that compute; constants : by the number of the tensor, halves as they are stored"""

    operators: tuple[Operator, ...]
    constants: dict[int, np.ndarray]
    inputs: tuple[int, ...]
    outputs: tuple[int, ...]


def read_graph(data: bytes) -> Graph:
    """Read the only subgraph of a file; ValueError where an option is set that the readers here do not follow."""
    model = tflite.Model.GetRootAsModel(data, 0)
    graph = model.Subgraphs(0)
    constants = {}
    for number in range(graph.TensorsLength()):
        tensor = graph.Tensors(number)
        buffer = model.Buffers(tensor.Buffer())
        if buffer.DataLength():
            values = np.frombuffer(buffer.DataAsNumpy().tobytes(), _DTYPES[tensor.Type()])
            constants[number] = values.reshape(tuple(tensor.ShapeAsNumpy()))
    operators = []
    for operator in map(graph.Operators, range(graph.OperatorsLength())):
        code = model.OperatorCodes(operator.OpcodeIndex())
        kind = _KINDS[max(code.BuiltinCode(), code.DeprecatedBuiltinCode())]
        inputs, outputs = tuple(operator.InputsAsNumpy().tolist()), tuple(operator.OutputsAsNumpy().tolist())
        if kind == "DEQUANTIZE":  # halves widened to floats
            constants[outputs[0]] = constants[inputs[0]]
            continue
        kind = code.CustomCode().decode() if kind == "CUSTOM" else kind
        operators.append(Operator(kind, inputs, outputs, _stride(kind, operator)))
    return Graph(
        tuple(operators), constants, tuple(graph.InputsAsNumpy().tolist()), tuple(graph.OutputsAsNumpy().tolist())
    )


def _stride(kind: str, operator: tflite.Operator) -> int:
    names = {"CONV_2D": "Conv2DOptions", "DEPTHWISE_CONV_2D": "DepthwiseConv2DOptions"}
    if kind == "RESIZE_BILINEAR":
        options = _options(operator, "ResizeBilinearOptions")
        if options.AlignCorners() or not options.HalfPixelCenters():
            raise ValueError("only half-pixel resizing is read")
    if kind not in names:
        return 1
    options = _options(operator, names[kind])
    if options.FusedActivationFunction() or options.StrideH() != options.StrideW():
        raise ValueError("only square strides without a fused activation are read")
    return options.StrideH()


def _options(operator: tflite.Operator, kind: str) -> object:
    table = operator.BuiltinOptions()
    options = getattr(tflite, kind)()
    options.Init(table.Bytes, table.Pos)
    return options
