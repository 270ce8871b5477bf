"""The lines of Python that reproduce one number on a page."""

from collections.abc import Mapping, Sequence

from attention.walkthrough import Walkthrough

_STAGES = ("scores", "scaled", "weights", "output")


def road_lines(
    road: Walkthrough,
    cell: tuple[str, int, int],
    words: Sequence[str],
    asking: Sequence[str],
    *,
    seed: int | None,
) -> str:
    """Python that prints the number in `cell` of the road from X to Z.

    Parameters
    ----------
    road : Walkthrough
    cell : (name, row, column)
    words, asking : sequence of str
    seed : int or None
        None for the matrices of `illustrated_transformer`.
    """
    d_model, d_k = road.W_Q.shape
    from_walkthrough = ["illustrated_transformer"] if seed is None else ["draw_projections", "draw_words"]
    if road.cross and seed is None:
        from_walkthrough = ["draw_words", *from_walkthrough]
    lines = []
    if seed is None:
        lines.append("X, (W_Q, W_K, W_V) = illustrated_transformer()")
    else:
        lines.append(f"X = draw_words({list(words)!r}, d_model={d_model}, seed={seed})")
        lines.append(f"W_Q, W_K, W_V = draw_projections(d_model={d_model}, d_k={d_k}, seed={seed})")
    if road.cross:
        lines.append(f"Y = draw_words({list(asking)!r}, d_model={d_model}, seed={seed or 0})")
    lines += _changes(road, ("X", "Y", "W_Q", "W_K", "W_V"))
    lines.append(f"Q, K, V = {'Y' if road.cross else 'X'} @ W_Q, X @ W_K, X @ W_V")
    lines += _changes(road, ("Q", "K", "V"))
    lines.append("trace = attend(Q, K, V)")
    name, row, column = cell
    engine = ["attend"]
    if any(target in _STAGES for target, _, _ in road.overwritten):
        engine.append("softmax")
        for stage, made in zip(
            _STAGES, ("trace.scores.copy()", "scores * trace.scale", "softmax(scaled)", "weights @ V"), strict=True
        ):
            lines += [f"{stage} = {made}", *_changes(road, (stage,))]
    elif name in _STAGES:
        name = f"trace.{name}"
    if name == "Y" and not road.cross:
        name = "X"
    return "\n".join(
        [
            f"from attention import {', '.join(engine)}",
            f"from attention.walkthrough import {', '.join(from_walkthrough)}",
            "",
            *lines,
            f"print({name}[{row}, {column}])",
        ]
    )


def picture_lines(
    file: str,
    names: Sequence[str],
    computed: Sequence[str],
    *,
    others: Mapping[str, Sequence[str]] | None = None,
    first: Sequence[str] = (),
    bank: bool = True,
) -> str:
    """Python from a picture's file to a number.

    Parameters
    ----------
    file : str
    names : from `attention.images`, besides `feature_maps`
    computed : lines that read `picture` and `channels` and print the number
    others : {module: names}, what else is imported
    first : imports from the standard library
    bank : whether the lines read `channels`, those made by hand
    """
    names = ["feature_maps", *names] if bank else list(names)
    imports = {
        **({"attention.images": names} if names else {}),
        "attention.sources.images": ["read_image"],
        **(others or {}),
    }
    return "\n".join(
        [
            *first,
            "from pathlib import Path",
            "",
            *(f"from {module} import {', '.join(sorted(imports[module]))}" for module in sorted(imports)),
            "",
            f"picture = read_image(Path({file!r}).read_bytes())",
            *(["channels = feature_maps(picture.rgb)"] if bank else []),
            *computed,
        ]
    )


def network_lines(
    file: str, network: str, folder: str, computed: Sequence[str], *, others: Mapping[str, Sequence[str]] | None = None
) -> str:
    """Python from a picture's file through a trained network to a number.

    Parameters
    ----------
    file : str
    network : its module in `attention.networks`
    folder : its folder in assets/models
    computed : lines that read `picture` and `network` and print the number
    others : {module: names}, what else is imported
    """
    load = f"load_{network}"
    return picture_lines(
        file,
        [],
        [f'network = {load}("assets/models/{folder}")', *computed],
        others={f"attention.networks.{network}": [load], **(others or {})},
        bank=False,
    )


def gate_lines(file: str, off: Sequence[int], instead: str, donor: str = "") -> list[str]:
    """Python that makes `gates` of what stands in the place of a `network`'s own, for the picture of a file.

    Parameters
    ----------
    file : str
    off : the blocks that do without their own gates, counted from 1
    instead : what they use: "ones", the "mean" of their own, those of the other samples on "average", or of an "other"
    donor : that sample's code
    """
    numbers = list(off)
    if not numbers:
        return ["gates = {}"]
    if instead == "ones":
        return [f"gates = dict.fromkeys({numbers}, 1.0)"]
    if instead == "mean":
        own = "blocks = network(picture.rgb).blocks"
        return [own, f"gates = {{i: float(blocks[i - 1].own.mean()) for i in {numbers}}}"]
    chosen = f"path.stem == {donor!r}" if donor else f"path.read_bytes() != Path({file!r}).read_bytes()"
    return [
        f'files = [path for path in sorted(Path("assets/images").glob("*.[jp][pn]g")) if {chosen}]',
        "others = [network(read_image(path.read_bytes()).rgb).blocks for path in files]",
        f"gates = {{i: sum(blocks[i - 1].own for blocks in others) / len(others) for i in {numbers}}}",
    ]


def _changes(road: Walkthrough, names: Sequence[str]) -> list[str]:
    return [
        f"{name}[{row}, {column}] = {value!r}"
        for (name, row, column), value in road.overwritten.items()
        if name in names
    ]
