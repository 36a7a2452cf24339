"""All that a worker which cuts has imported; see ``engine.work.nursery``.

Nothing else is done here, and no thread is started: forks would not have it. ONNX Runtime starts
one on import, for its telemetry, unless it is forbidden before.
"""

from __future__ import annotations

import gc
import os

from engine.offline import forbid_other_hosts
from engine.work.machine import ALGEBRA_THREADS

forbid_other_hosts()
for variable in ALGEBRA_THREADS:
    os.environ.setdefault(variable, "1")

import onnxruntime  # noqa: E402, F401 - NumPy reads the variables when it is imported

import engine.work.cutting  # noqa: E402
import engine.work.workers  # noqa: E402, F401

gc.freeze()  # what is shared with the workers stays shared
