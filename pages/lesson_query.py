"""Lesson: why Q and K are two matrices, not one."""

from pages.lessons.frame import show
from pages.lessons.query import LESSON

show(LESSON)
