"""Lesson: let the network decide where to look."""

from pages.lessons.frame import show
from pages.lessons.learn import LESSON

show(LESSON)
