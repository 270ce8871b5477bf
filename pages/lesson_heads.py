"""Lesson: several heads, where words stand, and who may look at whom."""

from pages.lessons.frame import show
from pages.lessons.heads import LESSON

show(LESSON)
