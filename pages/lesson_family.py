"""Lesson: the family of attention models, and what its cheaper members give away."""

from pages.lessons.family import LESSON
from pages.lessons.frame import show

show(LESSON)
