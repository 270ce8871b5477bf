"""Lesson: a mixture of everything, or one glimpse."""

from pages.lessons.frame import show
from pages.lessons.hard import LESSON

show(LESSON)
