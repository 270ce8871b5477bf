"""What the pages share: texts, the state behind the address, widgets, caches and the components.

A server computes for many readers at once, each in a thread of its own. With one thread for each product they do
not wait for each other. BLAS reads this once, when NumPy is first imported, which in the server comes later.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
