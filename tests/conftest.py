"""What all tests share: no test asserts how long something takes, so property tests have no deadline either."""

from hypothesis import settings

settings.register_profile("untimed", parent=settings.default, deadline=None)
settings.load_profile("untimed")
