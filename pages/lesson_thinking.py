"""Lesson: self-attention on "Thinking Machines" and on the law sentence."""

from pages.lessons.frame import show
from pages.lessons.thinking import LESSON

show(LESSON)
