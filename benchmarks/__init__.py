"""Every speed claim of this project, measured beside its peer: `python -m benchmarks`.

The thread counts are fixed here, because BLAS reads them once, when NumPy is first imported.
"""

import os

for _variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_variable] = "1"
