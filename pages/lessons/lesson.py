"""What a lesson is: one idea, one thing to touch, one question."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pages.shared.texts import t


@dataclass(frozen=True)
class Answer:
    """What the page computes once the reader has committed.

    right : the option that is true
    values : what fills the placeholders of ``predict.truth`` and of the reasons
    """

    right: str
    values: Mapping[str, object]


@dataclass(frozen=True)
class Lesson:
    """One idea, one thing to touch, one question.

    name : as in `pages.lessons.path.LESSONS`
    toy : places what is touched; it runs alone when it is
    moves : {code: {key in the session: what a click on "try this" sets it to}}
    options : the codes of what can be predicted
    answer : computes which of them is true, from the engine
    picture : the toy's present state for the worksheet, an SVG
    keeps_arrows : whether the arrow keys step the toy, so that on a projector they do not turn to another lesson
    """

    name: str
    toy: Callable[[], None]
    moves: Mapping[str, Mapping[str, object]]
    options: tuple[str, ...]
    answer: Callable[[], Answer]
    picture: Callable[[], str]
    keeps_arrows: bool = False

    def t(self, key: str, **values: object) -> str:
        """A text of this lesson."""
        return t(f"lesson_{self.name}.{key}", **values)
