"""The lines of Python that reproduce what the page about detection shows."""

from collections.abc import Sequence


def box_lines(file: str, score: float, iou: float, off: Sequence[int] = (), instead: str = "ones") -> str:
    """Python that prints the boxes of a picture's file: class, score, and the corners in pixels.

    Parameters
    ----------
    file : str
    score, iou : float
        The thresholds.
    off : sequence of int
        The blocks that do without their own gates, counted from 1.
    instead : str
        What they use: "ones", the "mean" of their own gates, or those of the other samples on "average".
    """
    numbers = tuple(off)
    gates = {
        "ones": [f"gates = dict.fromkeys({numbers}, 1.0)"],
        "mean": [
            "blocks = detector(picture.rgb).blocks",
            f"gates = {{number: float(blocks[number - 1].own.mean()) for number in {numbers}}}",
        ],
        "average": [
            'samples = [path.read_bytes() for path in sorted(Path("assets/images").glob("*.[jp][pn]g"))]',
            f"others = [data for data in samples if data != Path({file!r}).read_bytes()]",
            "blocks = [detector(read_image(data).rgb).blocks for data in others]",
            f"gates = {{i: sum(each[i - 1].own for each in blocks) / len(blocks) for i in {numbers}}}",
        ],
    }
    return _lines(
        file,
        ["from attention.networks.detections import candidates, suppress"],
        [
            *(gates[instead] if off else []),
            f"trace = detector(picture.rgb{', gates=gates' if off else ''})",
            f"found = candidates(trace.strides, {score:g})",
            f"for step in suppress(found.boxes, found.scores, {iou:g}, classes=found.classes):",
            "    print(trace.labels[found.classes[step.kept]], found.scores[step.kept], found.boxes[step.kept])",
        ],
    )


def score_lines(file: str, grid: int, kind: int, cell: tuple[int, int]) -> str:
    """Python that prints the score of one cell: on which of the grids, for which class, at which row and column."""
    row, column = cell
    return _lines(
        file, [], ["trace = detector(picture.rgb)", f"print(trace.strides[{grid}].scores[{kind}, {row}, {column}])"]
    )


def side_lines(file: str, grid: int, side: int, cell: tuple[int, int]) -> str:
    """Python that prints how far one side of a cell's box is: in cells, and its weights over the distances."""
    at = f"{side}, :, {cell[0]}, {cell[1]}"
    return _lines(
        file,
        [],
        [
            "trace = detector(picture.rgb)",
            f"weights = trace.strides[{grid}].bins[{at}]",
            "print(sum(i * weight for i, weight in enumerate(weights)))",
        ],
    )


def _lines(file: str, imports: Sequence[str], computed: Sequence[str]) -> str:
    return "\n".join(
        [
            "from pathlib import Path",
            "",
            *imports,
            "from attention.networks.detector import load_detector",
            "from attention.sources.images import read_image",
            "",
            'detector = load_detector("assets/models/picodet")',
            f"picture = read_image(Path({file!r}).read_bytes())",
            *computed,
        ]
    )
