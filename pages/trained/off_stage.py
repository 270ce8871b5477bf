"""What the page shows first: the picture, and what the chosen network makes of it."""

from pages.shared.take_home import take_home
from pages.trained import off_classes, off_person
from pages.trained.off_view import View


def show_picture(view: View) -> None:
    """The picture, under the mask where the network draws one."""
    if view.choice.network == "classifier":
        off_classes.show_picture(view)
    else:
        off_person.show_mask(view)


def show_answer(view: View) -> None:
    """What the network says, now and in the other case."""
    if view.choice.network == "classifier":
        off_classes.show_classes(view)
    else:
        off_person.show_numbers(view)


def take_answer_home(view: View) -> None:
    """All numbers, and the lines that reproduce the answer; a mask has its own under it."""
    if view.choice.network == "classifier":
        asked = (view.picture, view.choice)  # an open page holds no trace
        lines = off_classes.python_lines(view)
        take_home("attention-off", lambda: off_classes.arrays(View(*asked)), lines, key="off_npz")
