"""Lesson: attention over channels, over places, over both."""

from pages.lessons.forms import LESSON
from pages.lessons.frame import show

show(LESSON)
