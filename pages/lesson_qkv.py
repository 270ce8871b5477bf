"""Lesson: from q, k and v to what a word takes away, on a line of time."""

from pages.lessons.frame import show
from pages.lessons.qkv import LESSON

show(LESSON)
