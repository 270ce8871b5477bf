"""Lesson: what attention is."""

from pages.lessons.frame import show
from pages.lessons.what import LESSON

show(LESSON)
