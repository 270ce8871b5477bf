"""What the channel page says in sentences, and in Python."""

import math

import numpy as np
import streamlit as st

from attention.images import eca_kernel_size
from figures.mask_facts import mask_facts
from figures.reproduce import picture_lines
from pages.pictures.channel_view import View
from pages.shared.texts import t

HARDLY = 0.75  # levels of 255: less is no change that anybody sees
COLOURS = ("red", "green", "blue")


def about(view: View) -> None:
    """What the chosen mechanism does."""
    channels, mechanism = len(view.names), view.choice.mechanism
    st.markdown(
        t(
            f"channel.about.{mechanism}{'_extent' if view.by_place else ''}",
            channels=channels,
            exact=f"{(math.log2(channels) + 1) / 2:.2f}",
            k=eca_kernel_size(channels),
            window=2 * view.choice.number - 1,
        )
    )


def gates_sentence(view: View) -> str:
    """Which channels count most and least, and which the reader has pulled."""
    gates = view.applied_means
    order = np.argsort(-gates, kind="stable")

    def listed(indices) -> str:
        return t("channel.comma").join(f"{view.names[i]} {gates[i]:.2f}" for i in indices)

    if np.ptp(gates) < 0.005:
        return t("channel.rows.equal", gate=f"{gates.mean():.2f}")
    said = t("channel.rows.finding", most=listed(order[:3]), least=listed(order[:-4:-1]))
    pulled = [view.channels.names.index(name) for name in view.choice.pulled]
    return said + t("channel.rows.by_hand", channels=listed(pulled)) if pulled else said


def rebuilt_sentence(view: View) -> str:
    """What the gates changed most in the picture: which colour, which way, and where."""
    change = np.subtract(view.rebuilt.rgb, view.reference, dtype=np.int16)
    means = change.mean(axis=(0, 1))
    against = t(f"channel.rebuilt.{'before_pull' if view.choice.pulled else 'ungated'}")
    size = np.abs(change[::4, ::4]).mean(axis=-1)  # a sixteenth of the pixels says where
    if size.mean() < HARDLY:
        return t("channel.rebuilt.hardly", against=against)
    most = int(np.abs(means).argmax())
    facts = mask_facts(size)
    return t(
        f"channel.rebuilt.{'more' if means[most] > 0 else 'less'}",
        against=against,
        colour=t(f"channel.rebuilt.{COLOURS[most]}"),
        levels=f"{abs(means[most]):.0f}" if abs(means[most]) >= 1 else f"{abs(means[most]):.1f}",
        region=t(f"picture.region.{facts.region}"),
    )


def python_lines(view: View) -> str:
    """Python that prints the opened channel's gate, before it was pulled and as it stands."""
    mechanism, number = view.choice.mechanism, view.choice.number
    function, weights = {
        "se": ("squeeze_excitation", f"illustrative_se_weights(channels.names, reduction={number})"),
        "cbam": ("channel_attention", f"illustrative_channel_weights(channels.names, reduction={number})"),
        "eca": ("efficient_channel_attention", f"illustrative_eca_kernel({number})"),
        "ge": ("gather_excite", f"extent={number}"),
    }[mechanism]
    names = [function] if mechanism == "ge" else [function, weights.partition("(")[0]]
    printed = f"print(gates[c]{'.mean()' if mechanism == 'ge' else ''})"
    pulled = [f"gates[channels.names.index({name!r})] = {value}" for name, value in view.choice.pulled.items()]
    return picture_lines(
        view.picture.file,
        names,
        [
            "X = channels.maps",
            f"gates = {function}(X, {weights}).gates.copy()",
            f"c = channels.names.index({view.code!r})",
            printed,
            *(["", "# pulled by hand", *pulled, printed] if pulled else []),
            "",
            "# the picture that the gated channels give back",
            "rebuilt = rebuild(X, gates, fit_decoder(X, picture.rgb))",
            "print(rebuilt.share.mean())",
        ],
        others={"attention.images.rebuild": ["fit_decoder", "rebuild"]},
    )


def arrays(view: View) -> dict[str, np.ndarray]:
    """Every stage, by name."""
    stages = {"rgb": view.picture.rgb, "names": np.array(view.channels.names), "channels": view.maps}
    stages |= {f"squeezed_{path}": values for path, values in view.squeezed.items()}
    stages |= {f"hidden_{path}": values for path, values in view.hidden.items()}
    if view.hidden:
        weights = view.weights
        stages |= {"W1": weights.W1, "b1": weights.b1, "W2": weights.W2, "b2": weights.b2}
    elif view.weights is not None:
        stages["kernel"] = view.weights
    else:
        stages["gathered"] = view.trace.gathered
    if hasattr(view.trace, "logits"):
        stages["logits"] = view.trace.logits
    return stages | {
        "gates": view.gates,
        "pulled": np.array([view.choice.pulled.get(name, np.nan) for name in view.channels.names]),
        "gates_applied": view.applied,
        "decoder_D": view.decoder.D,
        "decoder_b": view.decoder.b,
        "rebuilt": view.rebuilt.rgb,
        "share": view.rebuilt.share,
    }
