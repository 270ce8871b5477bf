"""What a head has learned about distance alone: the number that is added to every score, as a map."""

import numpy as np

from figures.maps import MapText, map_payload
from figures.numbers import signed
from pages.shared.components import attention_map
from pages.shared.texts import t, template
from pages.trained.window_grid import source
from pages.trained.window_state import WindowView


def distance_bias(view: WindowView) -> None:
    """The map of the head's relative-position bias, its pinned cell the distance of the opened pair."""
    biases, head = view.trace.distance_bias, view.choice.head
    bias = biases.mean(axis=0) if head is None else biases[head]
    end = float(np.abs(bias).max())
    most, least = (np.unravel_index(at, bias.shape) for at in (bias.argmax(), bias.argmin()))
    labels = [str(apart) for apart in range(view.trace.window)]
    attention_map(
        map_payload(
            bias,
            labels,
            labels,
            MapText(
                row_title=t("windows.bias.row_title"),
                column_title=t("windows.bias.column_title"),
                low=t("windows.bias.low", value=signed(-end, 1)),
                high=t("windows.bias.high", value=signed(end, 1)),
                sentence=t(
                    f"windows.bias.finding{'_mean' if head is None else ''}",
                    head=view.head_name,
                    most=signed(float(bias[most]), 2),
                    most_rows=int(most[0]),
                    most_columns=int(most[1]),
                    least=signed(float(bias[least]), 2),
                    least_rows=int(least[0]),
                    least_columns=int(least[1]),
                ),
                hover=template("windows.bias.hover"),
                name=f"distance-bias-{view.trace.block}",
                source=source(view),
            ),
            chosen=view.apart,
            scale="diverging",
            cell=(6, 30),
        ),
        key="window_bias",
    )
