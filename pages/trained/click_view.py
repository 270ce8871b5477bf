"""One view of the page of clicks: what the network answered, whose attention is looked at, and what is said of it."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from attention import AttentionTrace, attend
from attention.networks.promptable import OWN_TOKENS, PATCH, PromptTrace
from figures.click_facts import AttentionFacts, attention_facts
from figures.numbers import percent
from figures.overlays import jpeg_url
from pages.shared.compute import of_picture
from pages.shared.networks import read_by_promptable
from pages.shared.picture_source import OpenPicture
from pages.shared.texts import t
from pages.trained.click_choice import Clicks, Settings

NOTHING = 127  # the grey of what is not the picture: with it the last row and column of patches are whole


@dataclass(frozen=True, eq=False)
class ClickView:
    """The answer to some clicks on a picture, and what of it is looked at."""

    picture: OpenPicture
    clicks: Clicks
    settings: Settings
    trace: PromptTrace

    @property
    def proposal(self) -> int:
        """Which of the four masks is shown."""
        return self.trace.best if self.settings.proposal is None else self.settings.proposal

    @cached_property
    def mask(self) -> np.ndarray:
        """(H, W) bool ndarray: the object."""
        return self.trace.logits(self.proposal) > 0

    @property
    def patches(self) -> tuple[int, int]:
        """Rows and columns of patches in which there is something of the picture."""
        return self.trace.frame.patches

    @property
    def id(self) -> str:
        """Which reading of which picture it answers."""
        return reading_id(self.picture, self.trace.frame.size)

    @property
    def asks(self) -> int | None:
        """The click whose token is looked at: the last one; None where there is only a box."""
        return len(self.clicks.points) - 1 if self.clicks.points else None

    @property
    def token(self) -> int:
        """Whose attention is shown, as an index into `trace.tokens`."""
        if self.settings.token == "mask":
            return self.mask_token
        return self.click_token

    @property
    def mask_token(self) -> int:
        return OWN_TOKENS.index(f"mask_{self.proposal}")

    @property
    def click_token(self) -> int:
        """The last click's; of a box alone, its first corner's."""
        return len(OWN_TOKENS) + (self.asks or 0)

    @property
    def click_patch(self) -> tuple[int, int] | None:
        """(row, column) of the patch in which the last click lies."""
        if self.asks is None:
            return None
        row, column = self.trace.frame.shares(self.trace.points[self.asks])[0] * (self.trace.frame.size // PATCH)
        return int(row), int(column)

    def weights(self, token: int, look: int, head: int | None) -> np.ndarray:
        """(g, g) ndarray: what a token looks at over the whole square, in one head or on the mean of all."""
        heads = self.trace.to_picture[look, :, token]
        return heads.mean(axis=0) if head is None else heads[head]

    @property
    def shown(self) -> np.ndarray:
        """(rows, columns) ndarray: the attention that is shown, on the patches of the picture."""
        rows, columns = self.patches
        return self.weights(self.token, self.settings.look, self.settings.head)[:rows, :columns]

    def facts(self, token: int, look: int, head: int | None = None) -> AttentionFacts:
        logits = self.trace.masks[self.proposal]
        return attention_facts(self.weights(token, look, head), logits, self.patches, self.click_patch)

    @cached_property
    def shown_facts(self) -> AttentionFacts:
        return self.facts(self.token, self.settings.look, self.settings.head)

    def one_head(self, head: int) -> AttentionTrace:
        """Every stage of one head's attention in the look that is shown, of the token that asks."""
        trace = self.trace.decoded.token_to_image[self.settings.look]
        return attend(trace.Q[head][self.token, None], trace.K[head], trace.V[head])

    @property
    def who(self) -> str:
        """Whose attention it is, in a sentence."""
        if self.settings.token == "mask":
            return t("click.who.mask", number=self.proposal + 1)
        last = "last_" if len(self.clicks.points) > 1 else ""
        return t(f"click.who.{last}{self.trace.tokens[self.click_token]}")

    @property
    def head_name(self) -> str:
        head = self.settings.head
        return t("click.heads.mean") if head is None else t("click.heads.one", head=head + 1)

    @cached_property
    def framed(self) -> OpenPicture:
        """The picture with its last row and column of patches whole: what attention is drawn on."""
        return of_picture(self.picture, ("framed", self.trace.frame.size), lambda: _framed(self.picture, self.trace))


def reading_id(picture: OpenPicture, size: int) -> str:
    return f"{picture.digest}-{size}"


def open_view(picture: OpenPicture, size: int, clicks: Clicks, settings: Settings) -> ClickView:
    """Ask the network; its longer side reads `size` pixels."""
    points = [(y, x) for x, y, _ in clicks.points]
    labels = [wanted for _, _, wanted in clicks.points]
    box = None
    if clicks.box:
        left, top, right, bottom = clicks.box
        box = (top, left, bottom, right)
    trace = read_by_promptable(picture, size).attend(points, labels, box)
    return ClickView(picture, clicks, settings, trace)


def _framed(picture: OpenPicture, trace: PromptTrace) -> OpenPicture:
    frame = trace.frame
    scale = max(frame.shape) / frame.size
    height, width = (
        max(side, round(cells * PATCH * scale)) for side, cells in zip(frame.shape, frame.patches, strict=True)
    )
    rgb = np.full((height, width, 3), NOTHING, np.uint8)
    rgb[: frame.shape[0], : frame.shape[1]] = picture.rgb
    return replace(picture, rgb=rgb, url=jpeg_url(rgb))


def finding(view: ClickView) -> str:
    """Where the click's token looks first, and where it and the mask's token look at the end."""
    first, last = view.facts(view.click_token, 0), view.facts(view.click_token, 2)
    of_mask = view.facts(view.mask_token, 2)
    if not first.area:
        return t("click.finding.nothing")
    values = {"last": percent(last.on_object), "area": percent(first.area), "mask": percent(of_mask.on_object)}
    if first.near is None:
        return t("click.finding.box", first=percent(first.on_object), **values)
    second = view.facts(view.click_token, 1)
    clicks = "last_click" if len(view.clicks.points) > 1 else "click"
    return t(f"click.finding.{clicks}", first=percent(first.near), second=percent(second.near), **values)


def shown_sentence(view: ClickView) -> str:
    """The map that is shown, in words."""
    facts = view.shown_facts
    row, column = facts.strongest
    said = t(
        "click.map.sentence",
        who=view.who,
        look=t(f"click.look.{view.settings.look + 1}"),
        head=view.head_name,
        on=percent(facts.on_object),
        area=percent(facts.area),
        most=percent(facts.most),
        column=column + 1,
        row=row + 1,
    )
    return said + t("click.map.beyond", share=percent(facts.beyond)) if facts.beyond >= 0.005 else said
