"""All that a worker which cuts has imported; see ``engine.work.nursery``.

Nothing else is done here, and no thread is left: forks would not have it. ONNX Runtime leaves one
on import, for its telemetry, unless that is forbidden before. OpenCV's tables are filled meanwhile,
which needs no Python.
"""

from __future__ import annotations

import gc
import os
import threading

from engine.offline import forbid_other_hosts
from engine.work.machine import ALGEBRA_THREADS

forbid_other_hosts()
for variable in ALGEBRA_THREADS:
    os.environ.setdefault(variable, "1")  # NumPy reads them when it is imported

from engine.matting.defects.lab import fill_tables  # noqa: E402

tables = threading.Thread(target=fill_tables)
tables.start()

import onnxruntime  # noqa: E402, F401

import engine.work.cutting  # noqa: E402
import engine.work.workers  # noqa: E402, F401

tables.join()
gc.freeze()  # what is shared with the workers stays shared
