"""What the page shows first: the picture, and what the chosen network makes of it."""

from pages.shared.take_home import take_home
from pages.trained import off_classes
from pages.trained.off_view import View


def show_picture(view: View) -> None:
    """The picture, under the mask where the network draws one."""
    off_classes.show_picture(view)


def show_answer(view: View) -> None:
    """What the network says, now and in the other case."""
    off_classes.show_classes(view)


def take_answer_home(view: View) -> None:
    """All numbers, and the lines that reproduce the answer; a mask takes its own home."""
    asked = (view.picture, view.choice)  # an open page holds no trace
    take_home("attention-off", lambda: off_classes.arrays(View(*asked)), off_classes.python_lines(view), key="off_npz")
