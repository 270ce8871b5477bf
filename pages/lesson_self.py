"""Lesson: where Q, K and V come from."""

from pages.lessons.frame import show
from pages.lessons.self import LESSON

show(LESSON)
