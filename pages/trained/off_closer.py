"""What the page shows on demand: one channel and its gate, how fixed the gates are, the evidence for a class."""

from pages.shared.controls import choice
from pages.trained.off_channel import show_channel
from pages.trained.off_follows import show_follows
from pages.trained.off_view import View


def look_closer(view: View, unit: tuple[int, int]) -> None:
    """One of the closer looks."""
    looks = {"channel": lambda: show_channel(view, unit), "follows": lambda: show_follows(view)}
    looks[choice("closer", tuple(looks), "channel", texts="attention_off.closer")]()
