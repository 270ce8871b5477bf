"""What all tests share: one thread for each product, as on the server, and no deadlines."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # read when NumPy is first imported; the workers fill all cores

from hypothesis import settings

# No test asserts how long something takes, so property tests do not either.
settings.register_profile("untimed", parent=settings.default, deadline=None)
settings.load_profile("untimed")
