"""Lesson: why scores are divided by √d."""

from pages.lessons.frame import show
from pages.lessons.root import LESSON

show(LESSON)
